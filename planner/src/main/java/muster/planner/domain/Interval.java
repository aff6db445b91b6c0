package muster.planner.domain;

/**
 * All numbers from {@code low} to {@code high}, both included; none where low exceeds high. Numbers here are at least 0,
 * as hours, dollars and FLOP are; {@code high} may be infinite.
 */
public record Interval(double low, double high) {
    public static final Interval ANY = new Interval(0, Double.POSITIVE_INFINITY);

    /** Ends nearer than this are one number: what double arithmetic loses over a few operations. */
    private static final double NOISE = 1e-9;

    /** What a sum of a few terms is off by, as a share of it. */
    private static final double ROUNDING = 1e-14;

    public Interval {
        if (Double.isNaN(low) || Double.isNaN(high) || low < 0 || low == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("No interval from %s to %s.".formatted(low, high));
        }
    }

    public static Interval exactly(double value) {
        return new Interval(value, value);
    }

    public static Interval atLeast(double low) {
        return new Interval(low, Double.POSITIVE_INFINITY);
    }

    public static Interval atMost(double high) {
        return new Interval(0, high);
    }

    public boolean isEmpty() {
        return low > high * (1 + NOISE) + Double.MIN_NORMAL;
    }

    /** {@return whether it says nothing} */
    public boolean isAny() {
        return low == 0 && high == Double.POSITIVE_INFINITY;
    }

    public boolean isPoint() {
        return low == high;
    }

    /** {@return whether both ends are known: above 0 and finite, or exactly 0} */
    public boolean isKnown() {
        return high < Double.POSITIVE_INFINITY && (low > 0 || high == 0);
    }

    public boolean meets(Interval other) {
        return !intersect(other).isEmpty();
    }

    public Interval intersect(Interval other) {
        return new Interval(Math.max(low, other.low), Math.min(high, other.high));
    }

    public Interval plus(Interval other) {
        return new Interval(low + other.low, high + other.high);
    }

    /**
     * {@return what is left of a sum when this much of it is taken away; never below 0} Where little is left of much, it is
     * as uncertain as the last digits of what it is the difference of.
     */
    public Interval minus(Interval other) {
        double least = other.high == Double.POSITIVE_INFINITY ? 0 : low - other.high - cancelled(low, other.high);
        double most = high == Double.POSITIVE_INFINITY ? high : high - other.low + cancelled(high, other.low);
        return new Interval(Math.max(0, least), Math.max(0, most));
    }

    private static double cancelled(double minuend, double subtrahend) {
        double noise = ROUNDING * (minuend + subtrahend);
        return noise > NOISE / 10 * Math.abs(minuend - subtrahend) ? noise : 0;
    }

    public Interval times(Interval other) {
        return new Interval(product(low, other.low), product(high, other.high));
    }

    public Interval times(double factor) {
        return times(exactly(factor));
    }

    public Interval over(Interval other) {
        return new Interval(quotient(low, other.high), quotient(high, other.low));
    }

    /** {@return wider by this share of either end} */
    public Interval widened(double fraction) {
        return new Interval(low * (1 - fraction), high * (1 + fraction));
    }

    /** Nothing of anything is nothing, however much there may be of it. */
    private static double product(double one, double other) {
        return one == 0 || other == 0 ? 0 : one * other;
    }

    private static double quotient(double dividend, double divisor) {
        if (dividend == 0 || divisor == Double.POSITIVE_INFINITY) {
            return 0;
        }
        return divisor == 0 ? Double.POSITIVE_INFINITY : dividend / divisor;
    }
}
