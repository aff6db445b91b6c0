package muster.planner.domain;

/**
 * Between which step times the real one is expected.
 *
 * <p>The performance model is not yet fitted to measurements, so that no error of its own is known. Until it is, the band
 * is a judgement: most of a stack's efficiencies and overlaps are assumptions, which a quarter to either side allows to be
 * wrong together; where they are borrowed from another stack or generation, there is one doubt more (docs/decisions.md).
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
