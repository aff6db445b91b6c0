package muster.kernels;

/**
 * Exponential, logarithm and inverse normal distribution from +, -, *, /, sqrt, fma and the bits of doubles alone, so that
 * every back end can repeat them to the bit. A fused multiply-add stands exactly where {@code fma} is written.
 */
final class Transcendentals {
    /** Below and above, {@link #exp} would leave the normal doubles. */
    static final double MAX_EXPONENT = 708.0;

    private static final double LOG2_E = 0x1.71547652b82fep0;

    /** ln 2 in two parts; the first has 32 trailing zero bits, so that its whole multiples are exact. */
    private static final double LN2_HIGH = 0x1.62e42feep-1;

    private static final double LN2_LOW = 0x1.a39ef35793c76p-33;

    /** 1.5 * 2^52: added and taken away it rounds to a whole number, and its low bits hold that number. */
    private static final double ROUNDER = 0x1.8p52;

    /** 1 / n! for n = 13 down to 2. */
    private static final double[] EXP = {
        1.0 / 6_227_020_800.0,
        1.0 / 479_001_600.0,
        1.0 / 39_916_800.0,
        1.0 / 3_628_800.0,
        1.0 / 362_880.0,
        1.0 / 40_320.0,
        1.0 / 5_040.0,
        1.0 / 720.0,
        1.0 / 120.0,
        1.0 / 24.0,
        1.0 / 6.0,
        1.0 / 2.0,
    };

    private static final double SQRT_HALF = 0x1.6a09e667f3bcdp-1;

    private Transcendentals() {}

    /**
     * e^x: x = k ln 2 + r with |r| at most ln 2 / 2, the Taylor polynomial of degree 13 in r by Horner's rule, and k added
     * to the exponent.
     *
     * @param x from -{@value #MAX_EXPONENT} to {@value #MAX_EXPONENT}
     */
    static double exp(double x) {
        double rounded = Math.fma(x, LOG2_E, ROUNDER);
        double k = rounded - ROUNDER;
        double r = Math.fma(k, -LN2_LOW, Math.fma(k, -LN2_HIGH, x));
        double p = EXP[0];
        for (int n = 1; n < EXP.length; n++) {
            p = Math.fma(p, r, EXP[n]);
        }
        p = Math.fma(r * r, p, r) + 1.0;
        return Double.longBitsToDouble(Double.doubleToLongBits(p) + (Double.doubleToLongBits(rounded) << 52));
    }

    /**
     * ln x: x = 2^k m with m from sqrt(1/2) to sqrt(2), s = (m - 1) / (m + 1) and ln m = 2 artanh s by its series to s^21.
     *
     * @param x positive, finite and normal
     */
    static double log(double x) {
        long bits = Double.doubleToLongBits(x);
        // Down to the next multiple of 2^52 from sqrt(1/2) on.
        long offset = bits - Double.doubleToLongBits(SQRT_HALF);
        long exponent = offset >> 52;
        double m = Double.longBitsToDouble(bits - (exponent << 52));
        // A whole number below 2^31, so that its sum with the rounder is exact.
        double k = Double.longBitsToDouble(Double.doubleToLongBits(ROUNDER) + exponent) - ROUNDER;
        double f = m - 1.0;
        double s = f / (m + 1.0);
        double z = s * s;
        double p = 1.0 / 21.0;
        p = Math.fma(p, z, 1.0 / 19.0);
        p = Math.fma(p, z, 1.0 / 17.0);
        p = Math.fma(p, z, 1.0 / 15.0);
        p = Math.fma(p, z, 1.0 / 13.0);
        p = Math.fma(p, z, 1.0 / 11.0);
        p = Math.fma(p, z, 1.0 / 9.0);
        p = Math.fma(p, z, 1.0 / 7.0);
        p = Math.fma(p, z, 1.0 / 5.0);
        p = Math.fma(p, z, 1.0 / 3.0);
        // ln m = f - s (f - 2 z p): the correction is small beside f, which is exact.
        double correction = s * Math.fma(-2.0 * z, p, f);
        return Math.fma(k, LN2_HIGH, f - Math.fma(k, -LN2_LOW, correction));
    }

    /**
     * The standard normal quantile, by Wichura's algorithm AS241, PPND16 (1988, doi:10.2307/2347330), whose rational
     * functions are good to about 1e-16.
     *
     * @param p strictly between 0 and 1
     */
    static double inverseNormal(double p) {
        double q = p - 0.5;
        if (Math.abs(q) <= 0.425) {
            double r = 0.180625 - q * q;
            return q * (horner(CENTRE, r) / horner(CENTRE_DENOMINATOR, r));
        }
        double r = Math.sqrt(-log(q < 0.0 ? p : 1.0 - p));
        double z = r <= 5.0
                ? horner(MIDDLE, r - 1.6) / horner(MIDDLE_DENOMINATOR, r - 1.6)
                : horner(TAIL, r - 5.0) / horner(TAIL_DENOMINATOR, r - 5.0);
        return q < 0.0 ? -z : z;
    }

    private static double horner(double[] coefficients, double x) {
        double sum = coefficients[0];
        for (int n = 1; n < coefficients.length; n++) {
            sum = Math.fma(sum, x, coefficients[n]);
        }
        return sum;
    }

    // Of AS241, highest power first.

    private static final double[] CENTRE = {
        2.5090809287301226727e3,
        3.3430575583588128105e4,
        6.7265770927008700853e4,
        4.5921953931549871457e4,
        1.3731693765509461125e4,
        1.9715909503065514427e3,
        1.3314166789178437745e2,
        3.3871328727963666080e0,
    };
    private static final double[] CENTRE_DENOMINATOR = {
        5.2264952788528545610e3,
        2.8729085735721942674e4,
        3.9307895800092710610e4,
        2.1213794301586595867e4,
        5.3941960214247511077e3,
        6.8718700749205790830e2,
        4.2313330701600911252e1,
        1.0,
    };
    private static final double[] MIDDLE = {
        7.74545014278341407640e-4,
        2.27238449892691845833e-2,
        2.41780725177450611770e-1,
        1.27045825245236838258e0,
        3.64784832476320460504e0,
        5.76949722146069140550e0,
        4.63033784615654529590e0,
        1.42343711074968357734e0,
    };
    private static final double[] MIDDLE_DENOMINATOR = {
        1.05075007164441684324e-9,
        5.47593808499534494600e-4,
        1.51986665636164571966e-2,
        1.48103976427480074590e-1,
        6.89767334985100004550e-1,
        1.67638483018380384940e0,
        2.05319162663775882187e0,
        1.0,
    };
    private static final double[] TAIL = {
        2.01033439929228813265e-7,
        2.71155556874348757815e-5,
        1.24266094738807843860e-3,
        2.65321895265761230930e-2,
        2.96560571828504891230e-1,
        1.78482653991729133580e0,
        5.46378491116411436990e0,
        6.65790464350110377720e0,
    };
    private static final double[] TAIL_DENOMINATOR = {
        2.04426310338993978564e-15,
        1.42151175831644588870e-7,
        1.84631831751005468180e-5,
        7.86869131145613259100e-4,
        1.48753612908506148525e-2,
        1.36929880922735805310e-1,
        5.99832206555887937690e-1,
        1.0,
    };
}
