package muster.planner.fit;

/**
 * One constant of a stack that a fit may change.
 *
 * @param path as {@link muster.planner.domain.Stack#figures()} names it
 * @param scale how the constant is moved
 * @param prior what it is believed to be before anything was measured
 * @param spread how firmly, on the scale's own axis
 */
record FitParameter(String path, Scale scale, double prior, double spread) {
    /** Shares stay between their bounds, times and paces above 0. */
    enum Scale {
        SHARE,
        POSITIVE
    }

    private static final double LEAST_SHARE = 0.02;
    private static final double MOST_SHARE = 0.97;

    double toAxis(double value) {
        if (scale == Scale.POSITIVE) {
            return Math.log(value);
        }
        double inside = Math.clamp((value - LEAST_SHARE) / (MOST_SHARE - LEAST_SHARE), 1e-6, 1 - 1e-6);
        return Math.log(inside / (1 - inside));
    }

    double fromAxis(double axis) {
        return scale == Scale.POSITIVE
                ? Math.exp(axis)
                : LEAST_SHARE + (MOST_SHARE - LEAST_SHARE) / (1 + Math.exp(-axis));
    }
}
