package muster.planner.domain;

/** In which order a pipeline's stages work on microbatches. */
public enum Schedule {
    /** One forward, one backward (Narayanan et al. 2021, arXiv:2104.04473, section 2.2). */
    ONE_FORWARD_ONE_BACKWARD("1f1b"),
    /** The same with several chunks of layers per stage (arXiv:2104.04473, section 2.2.2). */
    INTERLEAVED("interleaved"),
    /** Weight gradients fill the gaps (Qi et al. 2023, arXiv:2401.10241). */
    ZERO_BUBBLE("zero-bubble"),
    /** Two directions at once on doubled weights (DeepSeek-V3, arXiv:2412.19437, section 3.2.1). */
    DUAL_PIPE("dualpipe");

    private final String key;

    Schedule(String key) {
        this.key = key;
    }

    public String key() {
        return key;
    }
}
