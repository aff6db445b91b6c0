package muster.planner.domain;

/** Number formats of a training run's matrix multiplies; {@code key} is the name in files. */
public enum Precision {
    FP32("fp32"),
    TF32("tf32"),
    FP16("fp16"),
    BF16("bf16"),
    FP8("fp8"),
    MXFP8("mxfp8"),
    NVFP4("nvfp4");

    private final String key;

    Precision(String key) {
        this.key = key;
    }

    public String key() {
        return key;
    }
}
