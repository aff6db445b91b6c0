package muster.kernels;

/**
 * What futures are counted against; infinite where there is no limit.
 *
 * @param deadlineSeconds a finish may be as late as that, s
 * @param budgetMicroUsd a cost may be as high as that, micro-dollars
 */
public record FutureLimits(double deadlineSeconds, double budgetMicroUsd) {
    public FutureLimits {
        deadlineSeconds = Checks.inside("deadlineSeconds", deadlineSeconds, 0.0, Double.POSITIVE_INFINITY);
        budgetMicroUsd = Checks.inside("budgetMicroUsd", budgetMicroUsd, 0.0, Double.POSITIVE_INFINITY);
    }
}
