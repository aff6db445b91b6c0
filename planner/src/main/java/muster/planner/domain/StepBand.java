package muster.planner.domain;

/**
 * Between which step times the real one is expected.
 *
 * <p>The performance model is not yet fitted to measurements, so that no error of its own is known. Until it is, the band
 * is a judgement: published runs of one model on one generation differ by about a quarter with tuning alone, and by more
 * where the software's efficiencies are borrowed from another stack or generation.
 *
 * @param halfWidthPercent of the estimated step time, to either side
 */
public record StepBand(double lowSeconds, double highSeconds, double halfWidthPercent) {
    /** Said wherever a band is shown. */
    public static final String BASIS = "not yet fitted to measurements";

    private static final double OWN_PERCENT = 25;
    private static final double BORROWED_PERCENT = 40;

    public static StepBand of(double stepSeconds, Stack.Reached efficiency) {
        double percent = efficiency.own() ? OWN_PERCENT : BORROWED_PERCENT;
        return new StepBand(stepSeconds * (1 - percent / 100), stepSeconds * (1 + percent / 100), percent);
    }
}
