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

    /** {@return model FLOP of one token, forward and backward} */
    public static double flopsPerToken(Job job) {
        return job.model().architecture().trainingFlops(job.sequenceTokens().asInt(), Attention.Mask.CAUSAL);
    }

    /** {@return the rate that counts as 100 %, FLOP/s} */
    public static double peakFlopsPerSecond(Gpu gpu) {
        return gpu.flopsPerSecond().get(gpu.wideFormat()).value();
    }

    /** {@return the basis in words, which belongs beside every percentage} */
    public static String basis(Gpu gpu) {
        return gpu.wideFormat().key() + " dense peak, causal attention, no recomputation counted";
    }
}
