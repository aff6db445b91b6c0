package muster.planner.claims;

import java.math.BigDecimal;
import java.math.MathContext;
import muster.planner.domain.BaseUnit;
import muster.planner.domain.Interval;

/** The units that answers are in where they differ from base units: days for times, years for periods. */
final class Reported {
    private static final double SECONDS_PER_DAY = 86_400;
    private static final double SECONDS_PER_YEAR = 365 * SECONDS_PER_DAY;

    private Reported() {}

    static Interval of(String path, BaseUnit unit, Interval value) {
        if (unit != BaseUnit.SECONDS) {
            return value;
        }
        return value.times(1 / (path.endsWith("period") ? SECONDS_PER_YEAR : SECONDS_PER_DAY));
    }

    /** {@return the number with at most four digits and no zeros at its end} */
    static String plain(double value) {
        return BigDecimal.valueOf(value)
                .round(new MathContext(4))
                .stripTrailingZeros()
                .toPlainString();
    }

    static String unit(String path, BaseUnit unit) {
        if (unit == BaseUnit.SECONDS) {
            return path.endsWith("period") ? "y" : "d";
        }
        boolean percent = unit == BaseUnit.FRACTION && (path.endsWith("percent") || path.equals("mfu"));
        return percent ? "%" : unit.symbol();
    }
}
