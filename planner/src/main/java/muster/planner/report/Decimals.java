package muster.planner.report;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers of the JSON: exact where the plan counts in whole small units, else the shortest that reads back the same. */
final class Decimals {
    private Decimals() {}

    /** {@return the shortest decimal that reads back as this double} */
    static BigDecimal shortest(double value) {
        return stripped(new BigDecimal(Double.toString(value)));
    }

    /** {@return dollars, exact} */
    static BigDecimal usd(long microUsd) {
        return stripped(BigDecimal.valueOf(microUsd, 6));
    }

    /** {@return dollars, to the micro-dollar in which plans count} */
    static BigDecimal usd(double usd) {
        return stripped(new BigDecimal(Double.toString(usd)).setScale(6, RoundingMode.HALF_EVEN));
    }

    /** {@return thousandths as units: W from mW, kg from g} */
    static BigDecimal thousandths(long value) {
        return stripped(BigDecimal.valueOf(value, 3));
    }

    /** {@return days of 24 hours} */
    static BigDecimal days(long micros) {
        return shortest(micros / 86_400e6);
    }

    /** {@return the difference of two decimals, without the noise of binary subtraction} */
    static BigDecimal difference(double minuend, double subtrahend) {
        return stripped(shortest(minuend).subtract(shortest(subtrahend)));
    }

    /** {@return the same value without trailing zeros and exponent} */
    static BigDecimal plain(BigDecimal value) {
        return stripped(value);
    }

    private static BigDecimal stripped(BigDecimal value) {
        // A positive exponent left over (5E+6) would be printed as such by some readers of the tree.
        BigDecimal shortest = value.stripTrailingZeros();
        return shortest.scale() < 0 ? shortest.setScale(0) : shortest;
    }
}
