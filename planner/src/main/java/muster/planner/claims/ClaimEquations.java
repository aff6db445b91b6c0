package muster.planner.claims;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import muster.planner.domain.Architecture;
import muster.planner.domain.Attention;
import muster.planner.domain.Claim;
import muster.planner.domain.Figure;
import muster.planner.domain.Gpu;
import muster.planner.domain.Interval;
import muster.planner.domain.Precision;
import muster.planner.domain.Yardsticks;

/**
 * The equations of a claim, numbered as in docs/claims.md, and what is fixed in them: the arithmetic of the model, the
 * peaks of the GPU, and that nothing exceeds its peak.
 */
final class ClaimEquations {
    static final String FLOP_COUNT = "model: docs/model.md#parameters-and-flop-of-a-model";
    /** The figure of {@link LeastArithmetic}, in all. */
    static final String LEAST_FLOP = "leastFlop";

    private static final String PERCENT_OF_PEAK = "percentOfPeak";
    private static final double SECONDS_PER_HOUR = 3_600;

    private final Claim claim;
    private final Yardsticks yardsticks;
    private final EquationList equations = new EquationList();
    private final Map<String, Interval> fixed = new LinkedHashMap<>();
    private final Map<String, Interval> bounds = new LinkedHashMap<>();
    private final Map<String, String> fixedSources = new LinkedHashMap<>();

    private Propagation propagation;

    private ClaimEquations(Claim claim, Yardsticks yardsticks) {
        this.claim = claim;
        this.yardsticks = yardsticks;
    }

    static ClaimEquations of(Claim claim, Yardsticks yardsticks) {
        ClaimEquations built = new ClaimEquations(claim, yardsticks);
        built.hoursAndMoney();
        built.arithmetic();
        built.peak();
        FleetEquations.add(claim, yardsticks, built.equations, built.fixed, built.fixedSources);
        built.shares();
        built.propagation = new Propagation(built.equations.all());
        return built;
    }

    List<Equation> equations() {
        return equations.all();
    }

    Propagation propagation() {
        return propagation;
    }

    /** What nobody has to state, by variable. */
    Map<String, Interval> fixed() {
        return fixed;
    }

    /** The same, and what nothing can exceed. */
    Map<String, Interval> fixedAndBounds() {
        Map<String, Interval> all = new LinkedHashMap<>(fixed);
        all.putAll(bounds);
        return all;
    }

    /** Where a fixed value comes from. */
    Optional<String> fixedSource(String variable) {
        return Optional.ofNullable(fixedSources.get(variable));
    }

    // ---- hours and money, (1) to (7)

    private void hoursAndMoney() {
        List<String> phases = claim.phases();
        if (!phases.isEmpty()) {
            equations.sum(
                    "gpuHours",
                    "GPU-hours = Σ GPU-hours of phases",
                    "gpuHours",
                    phases.stream()
                            .map(phase -> Claim.phasePath(phase, "gpuHours"))
                            .toList());
            if (phases.stream().anyMatch(phase -> stated(Claim.phasePath(phase, "cost")))) {
                equations.sum(
                        "cost of phases",
                        "cost = Σ cost of phases",
                        "cost",
                        phases.stream()
                                .map(phase -> Claim.phasePath(phase, "cost"))
                                .toList());
            }
            if (stated("tokens") && phases.stream().allMatch(phase -> stated(Claim.phasePath(phase, "tokens")))) {
                equations.sum(
                        "tokens",
                        "tokens = Σ tokens of phases",
                        "tokens",
                        phases.stream()
                                .map(phase -> Claim.phasePath(phase, "tokens"))
                                .toList());
            }
        }
        equations.product("cost", "cost = GPU-hours × price", "cost", 1, List.of("gpuHours", "price"), List.of());
        equations.product(
                "days",
                "GPU-hours = GPUs × days × 24 h",
                "gpuHours",
                1 / SECONDS_PER_HOUR,
                List.of("gpus", "days"),
                List.of());
        for (String phase : phases) {
            if (stated(Claim.phasePath(phase, "cost"))) {
                equations.product(
                        "cost of " + phase,
                        "cost = GPU-hours × price",
                        Claim.phasePath(phase, "cost"),
                        1,
                        List.of(Claim.phasePath(phase, "gpuHours"), "price"),
                        List.of());
            }
            if (stated(Claim.phasePath(phase, "days"))) {
                String gpus = stated(Claim.phasePath(phase, "gpus")) ? Claim.phasePath(phase, "gpus") : "gpus";
                equations.product(
                        "days of " + phase,
                        "GPU-hours = GPUs × days × 24 h",
                        Claim.phasePath(phase, "gpuHours"),
                        1 / SECONDS_PER_HOUR,
                        List.of(gpus, Claim.phasePath(phase, "days")),
                        List.of());
            }
        }
    }

    // ---- arithmetic, (8) to (14), and its bounds; figures of the basis phase

    private void arithmetic() {
        String hours = claim.basisPath("gpuHours");
        String tokens = claim.basisPath("tokens");
        equations.product(
                "tokens per second",
                "tokens/s/GPU = tokens / (GPU-hours × 3600)",
                claim.ratePath(),
                1 / SECONDS_PER_HOUR,
                List.of(tokens),
                List.of(hours));
        modelArithmetic(tokens);
        equations.product(
                "flop", "FLOP = FLOP per token × tokens", "flop", 1, List.of("flopPerToken", tokens), List.of());
        equations.product(
                "6nd",
                "FLOP = 6 × active parameters × tokens",
                "flop6nd",
                6,
                List.of("activeParameters", tokens),
                List.of());
        claim.gpu().ifPresent(gpu -> utilisation(gpu, hours));
    }

    private void modelArithmetic(String tokens) {
        claim.subject().model().ifPresent(model -> {
            Architecture shape = model.architecture();
            claim.findOfBasis("sequence")
                    .filter(found -> found.nominal().isKnown())
                    .ifPresent(sequence -> {
                        fix("flopPerToken", perToken(shape, sequence.nominal(), Attention.Mask.CAUSAL), FLOP_COUNT);
                        fix("flopPerTokenFull", perToken(shape, sequence.nominal(), Attention.Mask.FULL), FLOP_COUNT);
                        equations.product(
                                "flop, full attention",
                                "FLOP = FLOP per token with the full attention matrix × tokens",
                                "flopFull",
                                1,
                                List.of("flopPerTokenFull", tokens),
                                List.of());
                    });
            Figure active = model.figures().get("activeParameters");
            if (active != null && !stated("activeParameters")) {
                fix("activeParameters", active.value(), active.origin().source());
            }
        });
    }

    /** Longer sequences take more. */
    private static Interval perToken(Architecture shape, Interval sequence, Attention.Mask mask) {
        return new Interval(
                shape.trainingFlops((int) sequence.low(), mask), shape.trainingFlops((int) sequence.high(), mask));
    }

    private void utilisation(Gpu gpu, String hours) {
        Precision wide = gpu.wideFormat();
        if (!gpu.supports(wide)) {
            return;
        }
        Figure peak = gpu.flopsPerSecond().get(wide);
        String source = "gpus.%s.flops.%s: %s"
                .formatted(gpu.name(), wide.key(), peak.origin().source());
        String formula = "MFU = FLOP / (GPU-hours × 3600 × dense %s peak)".formatted(wide.key());
        mfu("mfuPercentBf16", formula + ", causal attention", "flop", hours, peak, source);
        mfu("mfuPercentBf16Full", formula + ", full attention matrix", "flopFull", hours, peak, source);
        mfu("mfuPercent6nd", formula + ", FLOP = 6ND", "flop6nd", hours, peak, source);
        claim.subject().precision().filter(gpu::supports).ifPresent(precision -> {
            Figure own = gpu.flopsPerSecond().get(precision);
            mfu(
                    "mfuPercentPeak",
                    "MFU = FLOP / (GPU-hours × 3600 × dense %s peak) ≤ 100 %%".formatted(precision.key()),
                    "flop",
                    hours,
                    own,
                    "gpus.%s.flops.%s: %s"
                            .formatted(gpu.name(), precision.key(), own.origin().source()));
        });
    }

    /** That nothing exceeds its peak: of the arithmetic that cannot be done without, in the hours and per second. */
    private void peak() {
        LeastArithmetic.Peak peak = LeastArithmetic.peak(claim, yardsticks);
        Optional<LeastArithmetic.PerToken> perToken = LeastArithmetic.perToken(claim);
        perToken.ifPresent(least -> fix("leastFlopPerToken", least.flop(), least.source()));
        if (perToken.isPresent()) {
            equations.product(
                    "least flop",
                    "FLOP ≥ " + perToken.get().formula(),
                    LEAST_FLOP,
                    1,
                    List.of("leastFlopPerToken", claim.basisPath("tokens")),
                    List.of());
            equations.product(
                    "least rate",
                    "FLOP/s/GPU ≥ tokens/s/GPU × FLOP per token",
                    "leastFlopPerSecond",
                    1,
                    List.of("leastFlopPerToken", claim.ratePath()),
                    List.of());
            bounds.put("leastFlopPerSecond", Interval.atMost(peak.flopsPerSecond()));
        } else if (stated("flop")) {
            equations.sum("least flop", "FLOP as stated", LEAST_FLOP, List.of("flop"));
        }
        equations.add(new Equation.Product(
                "percent of peak",
                "share of the peak = FLOP / (GPU-hours × 3600 × %s) ≤ 100 %%".formatted(peak.name()),
                List.of(peak.source()),
                PERCENT_OF_PEAK,
                Interval.exactly(100 / (SECONDS_PER_HOUR * peak.flopsPerSecond())),
                List.of(LEAST_FLOP),
                List.of(claim.basisPath("gpuHours"))));
        bounds.put(PERCENT_OF_PEAK, Interval.atMost(100));
    }

    private void mfu(String variable, String formula, String flop, String hours, Figure peak, String source) {
        equations.add(new Equation.Product(
                variable,
                formula,
                List.of(source),
                variable,
                Interval.exactly(100 / (SECONDS_PER_HOUR * peak.value())),
                List.of(flop),
                List.of(hours)));
    }

    // ---- parts of wholes, (22) and (23)

    private void shares() {
        for (Claim.Share share : claim.shares()) {
            String value = Claim.sharePath(share.name(), "value");
            share.of()
                    .filter(whole -> stated(Claim.sharePath(share.name(), "percent")))
                    .ifPresent(whole -> equations.product(
                            share.name(),
                            "percent = 100 × part / whole",
                            Claim.sharePath(share.name(), "percent"),
                            100,
                            List.of(value),
                            List.of(whole)));
            List<String> parts = claim.shares().stream()
                    .filter(part -> part.of().filter(value::equals).isPresent())
                    .map(part -> Claim.sharePath(part.name(), "value"))
                    .toList();
            if (share.partsAddUp() && !parts.isEmpty()) {
                equations.sum("parts of " + share.name(), "whole = Σ parts", value, parts);
            }
        }
    }

    // ---- building

    private boolean stated(String path) {
        return claim.figures().containsKey(path);
    }

    private void fix(String variable, double value, String source) {
        fix(variable, Interval.exactly(value), source);
    }

    private void fix(String variable, Interval value, String source) {
        fixed.put(variable, value);
        fixedSources.put(variable, source);
    }
}
