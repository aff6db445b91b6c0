package muster.planner.domain;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A training software stack: what it can do and how well it does it. Everything the performance model takes from
 * software is here.
 *
 * @param basis the stack whose efficiencies stand in on GPUs that this one was never measured on
 * @param precisions the formats it trains in
 * @param parallelisms the ways it spreads a model; data parallelism is always there
 * @param schedules the pipeline schedules it has; of no use without pipeline parallelism
 * @param zeroStages which of ZeRO's stages 0 to 3 it has (Rajbhandari et al. 2020, arXiv:1910.02054)
 * @param sequenceParallel whether norms and residuals are spread over tensor ranks (Korthikanti et al. 2022,
 *     arXiv:2205.05198)
 * @param expertOverTensor whether expert parallelism may also divide tensor ranks
 * @param efficiencies by GPU generation, or by GPU where one differs from its generation; never empty with its basis's
 * @param stateBytes what a parameter takes in training
 * @param exchange what a token takes on its way to experts and back
 * @param savedBytes by precision, B per element of a matrix's input kept for the backward pass
 * @param launchSeconds what starting a layer's kernels adds to one pass of one microbatch
 * @param reserveBytes memory that no tensor gets: context, communication buffers, fragmentation
 * @param releases which of its releases were measured, oldest first; empty where none has a name
 * @param habits how it runs what it runs
 * @param paces how fast other releases are, by release and GPU generation, relative to the efficiencies; empty where
 *     none was measured
 * @param release the release that is meant; empty means the one that the efficiencies are of
 * @param residuals how far the model was off on left-out runs, by GPU generation and kind ("hopper.dense")
 */
public record Stack(
        String name,
        String label,
        Optional<Stack> basis,
        Set<Precision> precisions,
        Set<Parallelism> parallelisms,
        Set<Schedule> schedules,
        Set<Integer> zeroStages,
        boolean sequenceParallel,
        boolean expertOverTensor,
        Map<String, Efficiency> efficiencies,
        Overlap overlap,
        StateBytes stateBytes,
        Exchange exchange,
        Map<Precision, Figure> savedBytes,
        Figure launchSeconds,
        Figure reserveBytes,
        List<Release> releases,
        Habits habits,
        Map<String, Map<String, Pace>> paces,
        String release,
        Map<String, Residuals> residuals,
        Map<String, Trait> traits)
        implements CatalogueEntry {
    /**
     * A release that somebody measured.
     *
     * @param name as measurements state it, such as 25.09
     * @param origin where it was measured; its date is the release's
     */
    public record Release(String name, Origin origin) {}

    /** Which share of each kind of communication runs behind arithmetic, 0 to 1, where there is enough of it. */
    public record Overlap(Figure tensor, Figure expert, Figure context, Figure pipeline, Figure data) {
        public Overlap {
            Stream.of(tensor, expert, context, pipeline, data).forEach(share -> {
                if (share.value() < 0 || share.value() > 1) {
                    throw new IllegalArgumentException(
                            "An overlap (%s) must be at least 0, at most 1.".formatted(share.value()));
                }
            });
        }
    }

    /**
     * B per parameter in a 16-bit or 8-bit run.
     *
     * @param weights the copy that matrices are multiplied with
     * @param gradients as they are summed up over microbatches
     * @param optimizer the rest: master weights and moments; what ZeRO shards first
     */
    public record StateBytes(Figure weights, Figure gradients, Figure optimizer) {
        /** FP32 weights are their own master copy: 4 B each for weights and gradients, and two moments. */
        private static final double WORD_BYTES = 4;

        public double weightBytes(Precision precision) {
            return isWide(precision) ? WORD_BYTES : weights.value();
        }

        public double gradientBytes(Precision precision) {
            return isWide(precision) ? WORD_BYTES : gradients.value();
        }

        public double optimizerBytes(Precision precision) {
            return isWide(precision) ? 2 * WORD_BYTES : optimizer.value();
        }
    }

    /**
     * @param dispatchBytes by precision, B per element on the way to an expert
     * @param combineBytes by precision, B per element on the way back
     * @param nodeLimit nodes that one token's experts may lie on; 0 where there is no limit
     * @param multiprocessors of each GPU, given to communication and lost to arithmetic
     */
    public record Exchange(
            Map<Precision, Figure> dispatchBytes,
            Map<Precision, Figure> combineBytes,
            Figure nodeLimit,
            Figure multiprocessors) {
        public Exchange {
            dispatchBytes = ordered(dispatchBytes);
            combineBytes = ordered(combineBytes);
        }

        public double dispatchBytes(Precision precision) {
            return bytesPerElement(dispatchBytes, precision);
        }

        public double combineBytes(Precision precision) {
            return bytesPerElement(combineBytes, precision);
        }
    }

    /**
     * How a stack runs what it runs.
     *
     * @param fusedAttention whether scores stay inside one kernel (arXiv:2205.14135) or pass through device memory
     * @param tensorFloat whether FP32 matrices are multiplied in TF32
     * @param evenStages whether layers are dealt out so that embedding and head count as work of the end stages
     * @param zeroStage the stage of ZeRO that it runs where nobody says otherwise
     * @param imbalance work of the busiest expert rank over the mean, at least 1; absent where nobody says
     */
    public record Habits(
            boolean fusedAttention,
            boolean tensorFloat,
            boolean evenStages,
            int zeroStage,
            Optional<Figure> imbalance) {
        /** Of routing that a loss or a bias balances. */
        private static final double DEFAULT_IMBALANCE = 1.15;

        public Habits {
            if (imbalance.filter(figure -> figure.value() < 1).isPresent()) {
                throw new IllegalArgumentException("The imbalance (%s) must be at least 1."
                        .formatted(imbalance.get().value()));
            }
        }

        public double imbalanceFactor() {
            return imbalance.map(Figure::value).orElse(DEFAULT_IMBALANCE);
        }
    }

    /**
     * Speed of a release relative to the stack's efficiencies, on one GPU generation.
     *
     * @param layers of all that a GPU does for a layer
     * @param mixtures of what a mixture of experts adds, on top of that
     */
    public record Pace(Figure layers, Figure mixtures) {
        public Pace {
            if (layers.value() <= 0 || mixtures.value() <= 0) {
                throw new IllegalArgumentException("A pace must be more than 0.");
            }
        }
    }

    /**
     * Measured over predicted step time of runs that were left out of the fit, less 100 %: between these two lie the
     * middle 80 %.
     *
     * @param rows how many runs; 0 where the band is a judgement
     */
    public record Residuals(double lowPercent, double highPercent, int rows) {
        public Residuals {
            if (!(lowPercent > -100 && lowPercent <= highPercent)) {
                throw new IllegalArgumentException(
                        "Residuals (%s to %s %%) must rise from above -100.".formatted(lowPercent, highPercent));
            }
        }

        /** {@return at least that wide to either side} */
        public Residuals widened(double percent) {
            return new Residuals(Math.min(lowPercent, -percent), Math.max(highPercent, percent), rows);
        }
    }

    /**
     * Efficiencies found for a GPU and precision.
     *
     * @param stack where they were stated: this stack, or one it is based on
     * @param key the GPU or generation that they were stated for
     * @param own false where they are borrowed, from another stack or another generation: less is known then
     */
    public record Reached(Efficiency efficiency, Figure matrix, String stack, String key, boolean own) {}

    /** Sets keep the order of their enums, so that nothing depends on hashes. */
    public Stack {
        precisions = Collections.unmodifiableSet(new TreeSet<>(precisions));
        parallelisms = Collections.unmodifiableSet(new TreeSet<>(parallelisms));
        schedules = Collections.unmodifiableSet(new TreeSet<>(schedules));
        zeroStages = Collections.unmodifiableSet(new TreeSet<>(zeroStages));
        efficiencies = Collections.unmodifiableMap(new LinkedHashMap<>(efficiencies));
        savedBytes = ordered(savedBytes);
        releases = List.copyOf(releases);
        paces = Collections.unmodifiableMap(new LinkedHashMap<>(paces));
        residuals = Collections.unmodifiableMap(new LinkedHashMap<>(residuals));
        traits = Collections.unmodifiableMap(new LinkedHashMap<>(traits));
    }

    /** {@return what the file says in words, and the date of each release} */
    @Override
    public Map<String, Trait> traits() {
        Map<String, Trait> all = new LinkedHashMap<>(traits);
        releases.forEach(release -> all.put(
                "releases." + release.name(), new Trait(List.of(release.origin().date()), release.origin())));
        return all;
    }

    /** {@return how far the model was off on such runs; absent where none was measured} */
    public Optional<Residuals> residuals(String generation, boolean mixture) {
        return Optional.ofNullable(residuals.get(generation + (mixture ? ".mixture" : ".dense")));
    }

    /** {@return the same stack as of that release} */
    public Stack at(String otherRelease) {
        return new Stack(
                name,
                label,
                basis,
                precisions,
                parallelisms,
                schedules,
                zeroStages,
                sequenceParallel,
                expertOverTensor,
                efficiencies,
                overlap,
                stateBytes,
                exchange,
                savedBytes,
                launchSeconds,
                reserveBytes,
                releases,
                habits,
                paces,
                otherRelease,
                residuals,
                traits);
    }

    /**
     * {@return the same stack with other constants}
     *
     * @param values by path, as {@link #figures()} names them; paths of efficiencies, overlaps and paces that are not
     *     there yet are added
     */
    public Stack with(Map<String, Double> values, Origin origin) {
        return new StackConstants(this, values, origin).changed();
    }

    /** {@return the same stack with other residuals} */
    public Stack with(Map<String, Residuals> other) {
        return new StackConstants(this, Map.of(), origin()).with(other);
    }

    private static Origin origin() {
        return new Origin("unchanged", "", Confidence.HIGH);
    }

    /** {@return the pace of the release on that GPU; absent where it is that of the efficiencies} */
    public Optional<Pace> pace(Gpu gpu) {
        return release.isEmpty()
                ? Optional.empty()
                : nearestRelease().flatMap(found -> Optional.ofNullable(found.get(gpu.generation())));
    }

    /** The release itself, else the last one before it; none where the release is later than all that are listed. */
    private Optional<Map<String, Pace>> nearestRelease() {
        Optional<String> last = paces.keySet().stream()
                .filter(known -> compareReleases(known, release) <= 0)
                .max(Stack::compareReleases);
        Optional<String> first = paces.keySet().stream().min(Stack::compareReleases);
        return last.or(() -> first).map(paces::get);
    }

    /** By the numbers in their names: 25.9 comes before 25.11. */
    static int compareReleases(String one, String other) {
        String[] a = one.split("\\D+");
        String[] b = other.split("\\D+");
        for (int i = 0; i < Math.max(a.length, b.length); i++) {
            long left = i < a.length && !a[i].isEmpty() ? Long.parseLong(a[i]) : 0;
            long right = i < b.length && !b[i].isEmpty() ? Long.parseLong(b[i]) : 0;
            if (left != right) {
                return Long.compare(left, right);
            }
        }
        return one.compareTo(other);
    }

    public double savedBytes(Precision precision) {
        return bytesPerElement(savedBytes, precision);
    }

    /**
     * {@return the efficiencies for this GPU: stated for it, or for its generation, by this stack, else by its basis, else
     * whatever this stack or its basis states first for the precision; nothing where none states the precision}
     */
    public Optional<Reached> efficiencyOn(Gpu gpu, Precision precision) {
        return stated(gpu, precision).or(() -> first(precision).map(Stack::borrowed));
    }

    private Optional<Reached> stated(Gpu gpu, Precision precision) {
        return stated(gpu.name(), precision)
                .or(() -> stated(gpu.generation(), precision))
                .or(() -> basis.flatMap(stack -> stack.stated(gpu, precision)).map(Stack::borrowed));
    }

    private Optional<Reached> stated(String key, Precision precision) {
        return Optional.ofNullable(efficiencies.get(key))
                .filter(efficiency -> efficiency.matrix().containsKey(precision))
                .map(efficiency -> new Reached(efficiency, efficiency.matrix().get(precision), name, key, true));
    }

    private Optional<Reached> first(Precision precision) {
        return efficiencies.keySet().stream()
                .flatMap(key -> stated(key, precision).stream())
                .findFirst()
                .or(() -> basis.flatMap(stack -> stack.first(precision)));
    }

    private static Reached borrowed(Reached found) {
        return new Reached(found.efficiency(), found.matrix(), found.stack(), found.key(), false);
    }

    /** What a format without a stated size takes: its own width, at least 2 B, since activations stay in 16 bits. */
    private static double bytesPerElement(Map<Precision, Figure> stated, Precision precision) {
        Figure figure = stated.get(precision);
        return figure != null ? figure.value() : isWide(precision) ? 4 : 2;
    }

    private static boolean isWide(Precision precision) {
        return precision == Precision.FP32 || precision == Precision.TF32;
    }

    private static Map<Precision, Figure> ordered(Map<Precision, Figure> figures) {
        Map<Precision, Figure> ordered = new LinkedHashMap<>();
        figures.keySet().stream().sorted().forEach(precision -> ordered.put(precision, figures.get(precision)));
        return Collections.unmodifiableMap(ordered);
    }

    @Override
    public Map<String, Figure> figures() {
        Map<String, Figure> figures = new LinkedHashMap<>();
        efficiencies.forEach((key, efficiency) -> figures.putAll(efficiency.figures("efficiency." + key + ".")));
        figures.put("overlap.tensor", overlap.tensor());
        figures.put("overlap.expert", overlap.expert());
        figures.put("overlap.context", overlap.context());
        figures.put("overlap.pipeline", overlap.pipeline());
        figures.put("overlap.data", overlap.data());
        figures.put("stateBytes.weights", stateBytes.weights());
        figures.put("stateBytes.gradients", stateBytes.gradients());
        figures.put("stateBytes.optimizer", stateBytes.optimizer());
        exchange.dispatchBytes().forEach((format, bytes) -> figures.put("dispatchBytes." + format.key(), bytes));
        exchange.combineBytes().forEach((format, bytes) -> figures.put("combineBytes." + format.key(), bytes));
        savedBytes.forEach((format, bytes) -> figures.put("savedBytes." + format.key(), bytes));
        figures.put("nodeLimit", exchange.nodeLimit());
        figures.put("communicationMultiprocessors", exchange.multiprocessors());
        figures.put("kernelLaunch", launchSeconds);
        figures.put("reserve", reserveBytes);
        habits.imbalance().ifPresent(factor -> figures.put("imbalance", factor));
        paces.forEach((key, ofRelease) -> ofRelease.forEach((generation, pace) -> {
            figures.put("paces." + key + "." + generation + ".layers", pace.layers());
            figures.put("paces." + key + "." + generation + ".mixtures", pace.mixtures());
        }));
        return figures;
    }
}
