package muster.planner.domain;

/**
 * Model FLOP/s over the peak of the GPUs (Chowdhery et al. 2022, arXiv:2204.02311, appendix B). The model's FLOP count
 * causal attention and nothing that is computed twice; the peak is the dense one of 16 bits, also for runs in 8 bits.
 */
public final class ModelFlopUtilisation {
    private ModelFlopUtilisation() {}

    /** {@return 0 to 100, over peaks where the rate is impossible} */
    public static double percent(Job job, Gpu gpu, double tokensPerSecondPerGpu) {
        return 100 * tokensPerSecondPerGpu * flopsPerToken(job) / peakFlopsPerSecond(gpu);
    }

    /** {@return model FLOP of one token that the job's rate counts: forward and backward, or its sample's forward pass} */
    public static double flopsPerToken(Job job) {
        return switch (job.work()) {
            case Work.Training training ->
                job.model()
                        .architecture()
                        .trainingFlops(training.sequenceTokens().asInt(), Attention.Mask.CAUSAL);
            case Work.Generation generation -> flopsPerToken(job.model().architecture(), generation);
        };
    }

    /** Prompts pass every layer but not the head, which is needed where a token is written. */
    private static double flopsPerToken(Architecture architecture, Work.Generation work) {
        double prompt = work.promptTokens().value();
        double output = work.meanOutputTokens().value();
        int sample = (int) Math.min(prompt + output, Integer.MAX_VALUE);
        double all = (prompt + output) * architecture.forwardFlops(sample, Attention.Mask.CAUSAL);
        return (all - prompt * architecture.headFlops()) / output;
    }

    /** {@return the rate that counts as 100 %, FLOP/s} */
    public static double peakFlopsPerSecond(Gpu gpu) {
        return gpu.flopsPerSecond().get(gpu.wideFormat()).value();
    }

    /** {@return the basis in words, which belongs beside every percentage} */
    public static String basis(Job job, Gpu gpu) {
        return gpu.wideFormat().key()
                + switch (job.work()) {
                    case Work.Training training -> " dense peak, causal attention, no recomputation counted";
                    case Work.Generation generation ->
                        " dense peak, one forward pass over prompt and output, causal attention";
                };
    }
}
