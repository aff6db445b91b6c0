package muster.kernels;

/** The public door: checks lengths and domains, then calls the back end. */
public final class Kernels {
    private static final RunKernels BACKEND = new ScalarKernels();

    private Kernels() {}

    /**
     * What one job costs in time, money and energy on each candidate fleet; see {@link RunKernels#run}.
     *
     * @param tokens tokens to train on, &gt; 0
     * @param tokensPerSecond shape [candidates], &gt; 0, tokens/s
     * @param rentMicroUsdPerHour shape [candidates], &ge; 0, micro-dollars per hour
     * @param energyMicroUsdPerHour shape [candidates], &ge; 0, micro-dollars per hour
     * @param watts shape [candidates], &ge; 0, W
     * @param seconds shape [candidates], output, s
     * @param rentMicroUsd shape [candidates], output, micro-dollars, not rounded
     * @param energyMicroUsd shape [candidates], output, micro-dollars, not rounded
     * @param joules shape [candidates], output, J
     * @throws IllegalArgumentException if lengths differ or a value is outside its domain
     */
    public static void run(
            double tokens,
            double[] tokensPerSecond,
            double[] rentMicroUsdPerHour,
            double[] energyMicroUsdPerHour,
            double[] watts,
            double[] seconds,
            double[] rentMicroUsd,
            double[] energyMicroUsd,
            double[] joules) {
        int length = tokensPerSecond.length;
        requireLength("rentMicroUsdPerHour", rentMicroUsdPerHour, length);
        requireLength("energyMicroUsdPerHour", energyMicroUsdPerHour, length);
        requireLength("watts", watts, length);
        requireLength("seconds", seconds, length);
        requireLength("rentMicroUsd", rentMicroUsd, length);
        requireLength("energyMicroUsd", energyMicroUsd, length);
        requireLength("joules", joules, length);
        if (!(tokens > 0.0 && tokens < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("tokens (%s) must be positive and finite.".formatted(tokens));
        }
        for (int i = 0; i < length; i++) {
            requireDomain("tokensPerSecond", tokensPerSecond[i] > 0.0, tokensPerSecond[i], i);
            requireDomain("rentMicroUsdPerHour", rentMicroUsdPerHour[i] >= 0.0, rentMicroUsdPerHour[i], i);
            requireDomain("energyMicroUsdPerHour", energyMicroUsdPerHour[i] >= 0.0, energyMicroUsdPerHour[i], i);
            requireDomain("watts", watts[i] >= 0.0, watts[i], i);
        }
        BACKEND.run(
                tokens,
                tokensPerSecond,
                rentMicroUsdPerHour,
                energyMicroUsdPerHour,
                watts,
                seconds,
                rentMicroUsd,
                energyMicroUsd,
                joules);
    }

    private static void requireLength(String column, double[] values, int length) {
        if (values.length != length) {
            throw new IllegalArgumentException(
                    "Column %s has %d elements where the first has %d.".formatted(column, values.length, length));
        }
    }

    private static void requireDomain(String column, boolean inside, double value, int index) {
        if (!inside || value == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException(
                    "Column %s holds %s at index %d, outside its domain.".formatted(column, value, index));
        }
    }
}
