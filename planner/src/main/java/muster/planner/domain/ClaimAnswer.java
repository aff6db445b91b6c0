package muster.planner.domain;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What arithmetic and physics say to a claim.
 *
 * @param derived figures that follow from the stated ones, by the names of JSON; what does not follow is absent
 * @param stated of those, the ones that are stated themselves, by the same names
 * @param basisPhase the phase that figures per token are about; empty where the run has no phases
 * @param clashes sets of stated figures that cannot all be true
 * @param owning what the run's GPU costs when owned; empty where no price of it is known
 * @param atPrices what the hours cost at other prices
 * @param fleet what each kind of GPU in a fleet comes to, then each part of the fleet
 */
public record ClaimAnswer(
        Claim claim,
        Verdict verdict,
        List<Check> checks,
        Map<String, Interval> derived,
        Map<String, Stated> stated,
        String basisPhase,
        List<Clash> clashes,
        Optional<Owning> owning,
        List<PricedRun> atPrices,
        List<FleetShare> fleet) {
    public ClaimAnswer {
        checks = List.copyOf(checks);
        derived = Collections.unmodifiableMap(new LinkedHashMap<>(derived));
        stated = Collections.unmodifiableMap(new LinkedHashMap<>(stated));
        clashes = List.copyOf(clashes);
        atPrices = List.copyOf(atPrices);
        fleet = List.copyOf(fleet);
    }

    /** Each is worse than those before it, but for the last. */
    public enum Verdict {
        CONSISTENT("consistent", "holds"),
        /** Possible, but only as well as the best is known to do. */
        TIGHT("tight", "tight"),
        CONTRADICTED("contradicted", "contradicted"),
        UNDETERMINED("undetermined", "undetermined");

        private final String key;
        private final String ofCheck;

        Verdict(String key, String ofCheck) {
            this.key = key;
            this.ofCheck = ofCheck;
        }

        public String key() {
            return key;
        }

        /** The word for a single check. */
        public String ofCheck() {
            return ofCheck;
        }

        /** {@return the verdict over several: the worst; undetermined only where nothing was determined} */
        public static Verdict over(List<Verdict> verdicts) {
            return verdicts.stream()
                    .filter(verdict -> verdict != UNDETERMINED)
                    .max(Enum::compareTo)
                    .orElse(UNDETERMINED);
        }
    }

    /**
     * A figure as stated, beside what the others make of it.
     *
     * @param fits whether some value allowed by rounding is both
     */
    public record Stated(Interval nominal, boolean fits) {}

    /**
     * One stated figure against what follows from others.
     *
     * @param stated as written; empty where the figure is not stated
     * @param derived empty where it does not follow; an empty interval where nothing satisfies the others
     * @param unit of both, empty for counts
     * @param sources where the inputs come from
     * @param note why, or what is missing; may be empty
     * @param readings other ways to read the same figure, each with its own verdict
     * @param rounding what both may be, where that decides
     */
    public record Check(
            String name,
            Optional<Interval> stated,
            Optional<Interval> derived,
            String unit,
            Verdict verdict,
            String formula,
            List<String> sources,
            String note,
            List<Reading> readings,
            Optional<Rounding> rounding) {
        public Check {
            sources = List.copyOf(sources);
            readings = List.copyOf(readings);
        }

        /** A check without other readings, in which nothing depends on rounding. */
        public Check(
                String name,
                Optional<Interval> stated,
                Optional<Interval> derived,
                String unit,
                Verdict verdict,
                String formula,
                List<String> sources,
                String note) {
            this(name, stated, derived, unit, verdict, formula, sources, note, List.of(), Optional.empty());
        }

        /**
         * {@return by what share of the stated figure the derived one is above it (or below, if negative), in percent} 0 where
         * they have a value in common; between their nearest ends otherwise.
         */
        public Optional<Double> differencePercent() {
            if (stated.isEmpty() || derived.isEmpty() || derived.get().isEmpty()) {
                return Optional.empty();
            }
            Interval from = stated.get();
            Interval to = derived.get();
            if (from.meets(to)) {
                return Optional.of(0.0);
            }
            boolean above = to.low() > from.high();
            double base = above ? from.high() : from.low();
            return base == 0 ? Optional.empty() : Optional.of(100 * ((above ? to.low() : to.high()) - base) / base);
        }

        /** {@return whether the figures as written differ, and only their rounding lets the check hold} */
        public boolean holdsByRounding() {
            return verdict == Verdict.CONSISTENT
                    && rounding.isPresent()
                    && differencePercent().filter(percent -> percent != 0).isPresent();
        }
    }

    /** Every value that would be written as the stated figure is, and what the others make of it likewise. */
    public record Rounding(Interval stated, Interval derived) {}

    /** Another way to read a figure, such as a sum over one year in place of four. */
    public record Reading(String reading, Interval derived, String unit, Verdict verdict) {}

    /**
     * Stated figures that exclude each other.
     *
     * @param figures paths
     * @param smallest whether no smaller set of stated figures clashes; else none can be left out of this one
     */
    public record Clash(List<String> figures, boolean smallest) {
        public Clash {
            figures = List.copyOf(figures);
        }
    }

    /**
     * A kind of GPU in a fleet, or a named part of it.
     *
     * @param derived gpus, capexUsd, opexUsd, usdPerGpuHourOwned, runDays (in which all of it does the compared run's
     *     hours) and powerWatts, as far as they follow
     */
    public record FleetShare(String name, boolean part, Map<String, Interval> derived) {
        public FleetShare {
            derived = Collections.unmodifiableMap(new LinkedHashMap<>(derived));
        }
    }

    /** What the hours cost at a price. */
    public record PricedRun(String name, Interval usdPerGpuHour, Interval usd, Origin origin) {}

    /** A yardstick that went into a cost of owning: its key, its range as written, and where it comes from. */
    public record Input(String key, String range, String source) {}

    /**
     * What a GPU costs its owner in a year, part by part.
     *
     * @param usdPerGpuYear by part
     * @param topology the network that is counted
     * @param usdPerGpuHour when used all the time
     * @param usdPerGpuHourUsed at the utilisation
     * @param breakEvenFraction the share of the time above which owning is cheaper than the stated price; may exceed 1
     */
    public record Owning(
            String gpu,
            Map<String, Interval> usdPerGpuYear,
            String topology,
            Interval utilisationFraction,
            Interval usdPerGpuHour,
            Interval usdPerGpuHourUsed,
            Optional<Interval> breakEvenFraction,
            List<Input> sources) {
        public Owning {
            usdPerGpuYear = Collections.unmodifiableMap(new LinkedHashMap<>(usdPerGpuYear));
            sources = List.copyOf(sources);
        }
    }
}
