package muster.planner.report;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import muster.planner.domain.Job;
import muster.planner.domain.LayoutEstimates;
import muster.planner.domain.LayoutQuestion;
import muster.planner.domain.LayoutRules;
import muster.planner.domain.LayoutWish;
import muster.planner.domain.Parallelism;
import muster.planner.domain.Schedule;
import muster.planner.domain.Stack;
import muster.planner.domain.StepBand;

/** What a reader of an estimate should know, in sentences. */
final class EstimateNotes {
    private static final String BREAKS = ", which breaks this rule";

    private EstimateNotes() {}

    static List<String> of(LayoutQuestion question, LayoutEstimates estimates) {
        List<String> notes = new ArrayList<>(question.notes());
        if (estimates.candidates() == 0) {
            notes.add("No layout is legal; each has to keep these rules:");
            notes.addAll(rules(question));
            return notes;
        }
        Stack.Reached reached = question.efficiency();
        StepBand band = StepBand.of(
                estimates.best().getFirst().stepSeconds(),
                question.job(),
                question.node().gpu());
        notes.add("The band is about ± %s around each step time: %s."
                .formatted(Amounts.decimal(band.halfWidthPercent(), 0) + " %", band.basis()));
        if (!reached.own()) {
            notes.add(("Stack %s states no %s efficiencies for the GPU %s (%s); those of stack %s on %s stand in, which"
                            + " widens the band.")
                    .formatted(
                            question.job().stack().name(),
                            question.job().precision().key(),
                            question.node().gpu().name(),
                            question.node().gpu().generation(),
                            reached.stack(),
                            reached.key()));
        }
        return notes;
    }

    /** {@return the arithmetic that every layout keeps, with this question's numbers; broken rules say so} */
    static List<String> rules(LayoutQuestion question) {
        Job job = question.job();
        LayoutWish wish = question.wish();
        long gpus = question.gpus();
        int batch = job.training().batchSequences().asInt();
        int gpusPerNode = question.node().gpusPerNode().asInt();
        List<String> rules = new ArrayList<>();
        long fixed = product(wish.tensor(), wish.pipeline(), wish.data(), wish.context());
        Set<Parallelism> offered = job.stack().parallelisms();
        boolean allFixed = wish.data().isPresent()
                && (wish.tensor().isPresent() || !offered.contains(Parallelism.TENSOR))
                && (wish.pipeline().isPresent() || !offered.contains(Parallelism.PIPELINE))
                && (wish.context().isPresent() || !offered.contains(Parallelism.CONTEXT));
        rules.add("tp × pp × dp × cp must be nodes × GPUs per node, %s = %s × %s%s"
                .formatted(
                        Amounts.count(gpus),
                        Amounts.count(question.nodes().asInt()),
                        Amounts.count(gpusPerNode),
                        broken(
                                gpus % fixed != 0 || allFixed && fixed != gpus,
                                "what is fixed multiplies to " + Amounts.count(fixed))));
        long share = product(wish.data(), wish.microbatch());
        rules.add("dp × mbs must divide the batch, %s sequences%s"
                .formatted(
                        Amounts.count(batch),
                        broken(batch % share != 0, "what is fixed multiplies to " + Amounts.count(share))));
        rules.add(expertRule(job, wish));
        rules.add(tensorRule(question, gpusPerNode));
        rules.add(pipelineRule(job, wish));
        rules.add(contextRule(job, wish));
        int microbatch = wish.microbatch().orElse(1);
        rules.add("mbs must be a power of two up to %d".formatted(LayoutRules.MOST_MICROBATCH)
                + broken(!LayoutRules.allowsMicrobatch(microbatch), "it is fixed to " + microbatch));
        rules.add("zero must be a stage of the stack, %s%s"
                .formatted(
                        job.stack().zeroStages().stream().map(String::valueOf).collect(Collectors.joining(" or ")),
                        broken(
                                wish.zero().isPresent()
                                        && !job.stack()
                                                .zeroStages()
                                                .contains(wish.zero().getAsInt()),
                                "it is fixed to " + wish.zero().orElse(0))));
        return rules;
    }

    private static String expertRule(Job job, LayoutWish wish) {
        int experts = job.model().architecture().experts().count();
        int expert = wish.expert().orElse(1);
        if (experts == 0 || !job.stack().parallelisms().contains(Parallelism.EXPERT)) {
            return "ep must be 1: %s%s"
                    .formatted(
                            experts == 0 ? "the model has no experts" : "the stack has no expert parallelism",
                            broken(expert > 1, "it is fixed to " + expert));
        }
        boolean overTensor = job.stack().expertOverTensor();
        boolean ranksFixed = wish.data().isPresent()
                && (wish.context().isPresent() || !job.stack().parallelisms().contains(Parallelism.CONTEXT))
                && (wish.tensor().isPresent() || !overTensor);
        long ranks = product(wish.data(), wish.context(), overTensor ? wish.tensor() : OptionalInt.empty());
        boolean wrong =
                !LayoutRules.allowsExpert(job.model().architecture(), expert) || ranksFixed && ranks % expert != 0;
        return "ep must be a power of two that divides the %d experts and dp × cp%s%s"
                .formatted(experts, overTensor ? " × tp" : "", broken(wrong, "it is fixed to " + expert));
    }

    private static String contextRule(Job job, LayoutWish wish) {
        int ranks = wish.context().orElse(1);
        if (!job.stack().parallelisms().contains(Parallelism.CONTEXT)) {
            return "cp must be 1: the stack has no context parallelism" + broken(ranks > 1, "it is fixed to " + ranks);
        }
        int sequence = job.training().sequenceTokens().asInt();
        boolean wrong = !LayoutRules.allowsContext(sequence, ranks);
        return "cp must be 1, or a power of two up to %d of which twice divides the sequence of %s tokens and leaves each rank %d%s"
                .formatted(
                        LayoutRules.MOST_CONTEXT_RANKS,
                        Amounts.count(sequence),
                        LayoutRules.LEAST_TOKENS_PER_CONTEXT_RANK,
                        broken(wrong, "it is fixed to " + ranks));
    }

    private static String tensorRule(LayoutQuestion question, int gpusPerNode) {
        int ranks = question.wish().tensor().orElse(1);
        if (!question.job().stack().parallelisms().contains(Parallelism.TENSOR)) {
            return "tp must be 1: the stack has no tensor parallelism" + broken(ranks > 1, "it is fixed to " + ranks);
        }
        int heads = question.job().model().architecture().attention().heads();
        boolean wrong = !LayoutRules.allowsTensor(question.job().model().architecture(), gpusPerNode, ranks);
        return "tp must be a power of two up to a node's %d GPUs that divides the %d attention heads%s"
                .formatted(gpusPerNode, heads, broken(wrong, "it is fixed to " + ranks));
    }

    private static String pipelineRule(Job job, LayoutWish wish) {
        int stages = wish.pipeline().orElse(1);
        int chunks = wish.virtualPipeline().orElse(1);
        if (!job.stack().parallelisms().contains(Parallelism.PIPELINE)) {
            return "pp and vpp must be 1: the stack has no pipeline parallelism"
                    + broken(stages > 1 || chunks > 1, "they are fixed otherwise");
        }
        int layers = job.model().architecture().layers();
        boolean interleaved = job.stack().schedules().contains(Schedule.INTERLEAVED);
        return "pp × vpp must give each part some of the %d layers; vpp is %s%s"
                .formatted(
                        layers,
                        interleaved
                                ? "2 to %d with the interleaved schedule, where pp must divide the microbatches, else 1"
                                        .formatted(LayoutRules.MOST_CHUNKS)
                                : "1, as the stack does not interleave",
                        broken(
                                (long) stages * chunks > layers
                                        || !LayoutRules.allowsParts(job.model().architecture(), stages * chunks)
                                        || chunks > 1 && !interleaved
                                        || chunks > LayoutRules.MOST_CHUNKS,
                                "fixed are pp × vpp = %s".formatted(Amounts.count((long) stages * chunks))));
    }

    static boolean isBroken(String rule) {
        return rule.endsWith(BREAKS);
    }

    private static String broken(boolean isBroken, String how) {
        return isBroken ? "; here " + how + BREAKS : "";
    }

    private static long product(OptionalInt... factors) {
        long product = 1;
        for (OptionalInt factor : factors) {
            // Saturates, as such a product divides nothing anyway.
            product = Math.min(product * factor.orElse(1), Integer.MAX_VALUE * 1L << 20);
        }
        return product;
    }
}
