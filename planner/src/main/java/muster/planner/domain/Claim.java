package muster.planner.domain;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Figures that somebody stated, with their scope and sources. Figures stand under the paths that {@code --set} uses,
 * without their {@code stated}: {@code cost}, {@code phases.pretrain.gpuHours}, {@code fleet.h800.capexPerGpu}.
 *
 * @param name the file's stem
 * @param gpu what the run used; absent where unknown, and for fleets
 * @param node the server that the performance model counts with
 * @param phases names of the parts of a run, in order
 * @param parts named parts of the fleet
 * @param shares figures that are parts of others
 * @param prices what the hours would cost at other prices
 * @param compared a run whose GPU-hours are held against this fleet
 * @param notes remarks that no equation makes
 */
public record Claim(
        String name,
        String title,
        String file,
        Subject subject,
        Optional<Gpu> gpu,
        Optional<Node> node,
        Map<String, StatedFigure> figures,
        Optional<MfuBasis> mfuBasis,
        List<String> phases,
        List<FleetGpu> fleet,
        List<FleetPart> parts,
        List<Share> shares,
        List<OtherPrice> prices,
        Optional<Claim> compared,
        Scope scope,
        Source source,
        List<String> notes) {
    public Claim {
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
        phases = List.copyOf(phases);
        fleet = List.copyOf(fleet);
        parts = List.copyOf(parts);
        shares = List.copyOf(shares);
        prices = List.copyOf(prices);
        notes = List.copyOf(notes);
    }

    /** What was trained and how; each part only where stated. */
    public record Subject(Optional<Model> model, Optional<Precision> precision, Optional<Stack> stack) {}

    /** GPUs of one kind in a fleet, and a server that holds them, whose rating gives their power. */
    public record FleetGpu(Gpu gpu, Optional<Node> node) {}

    /** @param gpus names of the GPUs that belong to it */
    public record FleetPart(String name, List<String> gpus) {
        public FleetPart {
            gpus = List.copyOf(gpus);
        }
    }

    /**
     * A figure {@code figures.NAME.value} that is part of another.
     *
     * @param of path of the whole
     */
    public record Share(String name, Optional<String> of, boolean partsAddUp) {}

    /** A price that somebody else asks or asked for the same hours. */
    public record OtherPrice(String name, StatedFigure price) {}

    public record Scope(List<String> includes, List<String> excludes) {
        public Scope {
            includes = List.copyOf(includes);
            excludes = List.copyOf(excludes);
        }
    }

    /**
     * Who said so.
     *
     * @param url empty where there is none
     * @param quote the words, or empty
     */
    public record Source(String title, String url, String date, Confidence confidence, String quote) {}

    /** What a stated model FLOP utilisation counts, and over which peak. */
    public enum MfuBasis {
        /** Causal attention, over the dense 16-bit peak. */
        BF16("bf16", "mfuPercentBf16"),
        /** The full attention matrix, over the dense 16-bit peak. */
        BF16_FULL("bf16-full", "mfuPercentBf16Full"),
        /** Six FLOP per active parameter and token, over the dense 16-bit peak. */
        SIX_ND("6nd", "mfuPercent6nd"),
        /** Causal attention, over the dense peak of the run's own precision. */
        PEAK("peak", "mfuPercentPeak");

        private final String key;
        private final String variable;

        MfuBasis(String key, String variable) {
            this.key = key;
            this.variable = variable;
        }

        public String key() {
            return key;
        }

        /** The derived figure of the same basis. */
        public String variable() {
            return variable;
        }
    }

    /** {@return the path of a phase's figure} */
    public static String phasePath(String phase, String key) {
        return "phases." + phase + "." + key;
    }

    public static String fleetPath(String gpu, String key) {
        return "fleet." + gpu + "." + key;
    }

    public static String partPath(String part, String key) {
        return "parts." + part + "." + key;
    }

    public static String sharePath(String name, String key) {
        return "figures." + name + "." + key;
    }

    public Optional<StatedFigure> find(String path) {
        return Optional.ofNullable(figures.get(path));
    }

    /** {@return the first phase that states tokens; empty where only the whole run does} */
    public Optional<String> basisPhase() {
        return phases.stream()
                .filter(phase -> figures.containsKey(phasePath(phase, "tokens")))
                .findFirst();
    }

    /** {@return the path of a figure of the basis phase, or of the whole run} */
    public String basisPath(String key) {
        return basisPhase().map(phase -> phasePath(phase, key)).orElse(key);
    }

    /** {@return a figure of the basis phase, or where that does not state it, of the whole run} */
    public Optional<StatedFigure> findOfBasis(String key) {
        return find(basisPath(key)).or(() -> find(key));
    }

    /** {@return the path of the rate of tokens per GPU, which the basis phase or the whole run states} */
    public String ratePath() {
        String ofPhase = basisPath("rate");
        return figures.containsKey(ofPhase) ? ofPhase : "rate";
    }
}
