package muster.planner.domain;

import java.util.Optional;
import java.util.stream.Stream;

/** What a published measurement states; {@code key} is the word in files. */
public enum MeasuredKind {
    STEP_SECONDS("iter_s", "s"),
    TOKENS_PER_SECOND_PER_GPU("tokens_s_gpu", "tokens/s/GPU"),
    TERAFLOPS_PER_GPU("tflops_gpu", "TFLOP/s/GPU"),
    MFU_PERCENT("mfu_pct", "%");

    private final String key;
    private final String unit;

    MeasuredKind(String key, String unit) {
        this.key = key;
        this.unit = unit;
    }

    public String key() {
        return key;
    }

    public String unit() {
        return unit;
    }

    /** {@return whether the value counts FLOP, so that it says nothing without their basis} */
    public boolean countsFlops() {
        return this == TERAFLOPS_PER_GPU || this == MFU_PERCENT;
    }

    /** {@return the kind of that word; empty for those that are no rate of steps} */
    public static Optional<MeasuredKind> of(String key) {
        return Stream.of(values()).filter(kind -> kind.key.equals(key)).findFirst();
    }

    /**
     * {@return the measured value that belongs to a step time}
     *
     * @param flopsPerStep what the measurement counts, of all GPUs
     * @param peakFlopsPerSecond of one GPU
     */
    public double ofStep(
            double stepSeconds, double tokensPerStep, double flopsPerStep, double peakFlopsPerSecond, double gpus) {
        return switch (this) {
            case STEP_SECONDS -> stepSeconds;
            case TOKENS_PER_SECOND_PER_GPU -> tokensPerStep / stepSeconds / gpus;
            case TERAFLOPS_PER_GPU -> flopsPerStep / stepSeconds / gpus / 1e12;
            case MFU_PERCENT -> 100 * flopsPerStep / stepSeconds / gpus / peakFlopsPerSecond;
        };
    }
}
