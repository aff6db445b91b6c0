package muster.planner.domain;

/** Number formats of matrix multiplies; {@code key} is the name in files. */
public enum Precision {
    FP32("fp32", 4),
    TF32("tf32", 4),
    FP16("fp16", 2),
    BF16("bf16", 2),
    FP8("fp8", 1),
    /** A scale of 1 B for 32 numbers (OCP Microscaling Formats 1.0). */
    MXFP8("mxfp8", 1 + 1 / 32.0),
    /** A scale of 1 B for 16 numbers of half a byte. */
    NVFP4("nvfp4", 0.5 + 1 / 16.0);

    private final String key;
    private final double weightBytes;

    Precision(String key, double weightBytes) {
        this.key = key;
        this.weightBytes = weightBytes;
    }

    /** {@return B that a weight takes in memory where it is only read, scales of its block included} */
    public double weightBytes() {
        return weightBytes;
    }

    public String key() {
        return key;
    }
}
