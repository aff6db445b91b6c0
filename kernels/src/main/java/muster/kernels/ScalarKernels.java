package muster.kernels;

/** The reference: plain loops, the formulas in the order of {@link RunKernels}. */
final class ScalarKernels implements RunKernels {
    @Override
    public void run(
            double tokens,
            double[] tokensPerSecond,
            double[] rentMicroUsdPerHour,
            double[] energyMicroUsdPerHour,
            double[] watts,
            double[] seconds,
            double[] rentMicroUsd,
            double[] energyMicroUsd,
            double[] joules) {
        for (int i = 0; i < tokensPerSecond.length; i++) {
            double rate = tokensPerSecond[i];
            seconds[i] = tokens / rate;
            rentMicroUsd[i] = rentMicroUsdPerHour[i] / rate * tokens / 3600.0;
            energyMicroUsd[i] = energyMicroUsdPerHour[i] / rate * tokens / 3600.0;
            joules[i] = watts[i] / rate * tokens;
        }
    }
}
