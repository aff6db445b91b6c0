package muster.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Accuracy against references of 40 digits and more, in units of the last place of the exact value. */
class TranscendentalsTest {
    private static final MathContext DIGITS = new MathContext(45);

    @Test
    void expIsWithinOneUnit() {
        SplittableRandom random = new SplittableRandom(1);
        double worst = 0;
        for (int i = 0; i < 4_000; i++) {
            double x = i % 2 == 0 ? random.nextDouble(-1, 1) : random.nextDouble(-708, 708);
            worst = Math.max(worst, units(Transcendentals.exp(x), exp(new BigDecimal(x))));
        }
        assertThat(worst).isLessThan(1.0);
        assertThat(Transcendentals.exp(0.0)).isEqualTo(1.0);
        assertThat(Transcendentals.exp(-0.0)).isEqualTo(1.0);
        for (double end : new double[] {-Transcendentals.MAX_EXPONENT, Transcendentals.MAX_EXPONENT, 0x1p-60, 1e-300}) {
            assertThat(units(Transcendentals.exp(end), exp(new BigDecimal(end))))
                    .isLessThan(1.0);
        }
    }

    @Test
    void logIsWithinTwoUnits() {
        SplittableRandom random = new SplittableRandom(2);
        double worst = 0;
        for (int i = 0; i < 4_000; i++) {
            double x = switch (i % 3) {
                case 0 -> random.nextDouble(0.5, 2);
                case 1 -> 1.0 + random.nextDouble(-1e-3, 1e-3) * random.nextDouble();
                default -> Math.exp(random.nextDouble(-700, 700));
            };
            worst = Math.max(worst, units(Transcendentals.log(x), log(x)));
        }
        assertThat(worst).isLessThan(2.0);
        assertThat(Transcendentals.log(1.0)).isEqualTo(0.0);
        for (double end :
                new double[] {Double.MIN_NORMAL, Double.MAX_VALUE, 0x1p-53, Math.nextUp(1.0), Math.nextDown(1.0)}) {
            assertThat(units(Transcendentals.log(end), log(end))).isLessThan(2.0);
        }
    }

    /** Newton's method on a normal distribution of 60 digits (mpmath), rounded to double: p, its quantile. */
    private static final double[][] QUANTILES = {
        {0x1.0000000000000p-53, -0x1.06b48528cea52p+3},
        {0x1.0000000000000p-52, -0x1.04074bdbf8864p+3},
        {0x1.203af9ee75616p-50, -0x1.fc3f007789669p+2},
        {0x1.19799812dea11p-40, -0x1.c234fba57a32ap+2},
        {0x1.12e0be826d695p-30, -0x1.7fdc11f44b5a7p+2},
        {0x1.ad7f29abcaf48p-24, -0x1.4cc1f26b18706p+2},
        {0x1.e8a3fbb642ff1p-37, -0x1.aa1b1995dfbd4p+2},
        {0x1.4f8b588e368f1p-17, -0x1.10f3f8843a3d9p+2},
        {0x1.0624dd2f1a9fcp-10, -0x1.8b8cbb7204471p+1},
        {0x1.930be0ded288dp-7, -0x1.1fb23bc8e099ep+1},
        {0x1.999999999999ap-5, -0x1.a515209676abdp+0},
        {0x1.32ca57a786c22p-4, -0x1.70b374817af52p+0},
        {0x1.3333333333333p-4, -0x1.7085226d3e524p+0},
        {0x1.339c0ebedfa44p-4, -0x1.7056dc6686c9bp+0},
        {0x1.999999999999ap-4, -0x1.4813c36e26d32p+0},
        {0x1.0000000000000p-2, -0x1.5956b87528a49p-1},
        {0x1.3333333333333p-2, -0x1.0c7e39582c5fbp-1},
        {0x1.b333333333333p-2, -0x1.8350857f4d118p-3},
        {0x1.ccccccccccccdp-2, -0x1.015abc78e92d0p-3},
        {0x1.ffe5c91d14e3cp-2, -0x1.06d6ca8553fc0p-12},
        {0x1.0000035afe535p-1, 0x1.0d25ac5f0e9c8p-22},
        {0x1.199999999999ap-1, 0x1.015abc78e92d5p-3},
        {0x1.6666666666666p-1, 0x1.0c7e39582c5fap-1},
        {0x1.ccccccccccccdp-1, 0x1.4813c36e26d33p+0},
        {0x1.d98c7e28240b8p-1, 0x1.7056dc6686c9cp+0},
        {0x1.d99999999999ap-1, 0x1.7085226d3e525p+0},
        {0x1.d9a6b50b0f27cp-1, 0x1.70b374817af53p+0},
        {0x1.f333333333333p-1, 0x1.f5c0331eeff83p+0},
        {0x1.fae147ae147aep-1, 0x1.29c5c4630ff0ep+1},
        {0x1.fff2e48e8a71ep-1, 0x1.dc08bb712897ap+1},
        {0x1.ffffe00000000p-1, 0x1.30d5024a3fa4dp+2},
        {0x1.fffffffffe000p-1, 0x1.c30d8560989abp+2},
        {0x1.fffffffffffffp-1, 0x1.06b48528cea52p+3},
        {0x1.e759ff97b7508p-3, -0x1.6cfca6980a8fdp-1},
        {0x1.16a5368858d8dp-1, 0x1.c70ad79c964c1p-4},
        {0x1.7ad586f53dadep-2, -0x1.53f07deb179b9p-2},
        {0x1.353501de56e4ap-1, 0x1.0dd4bf40580b7p-2},
        {0x1.405e69652cae3p-1, 0x1.483b81b9c11adp-2},
        {0x1.0c67fd3611240p-4, -0x1.828bb0589db11p+0},
        {0x1.af7d1e8a85280p-7, -0x1.1c50f9e992377p+1},
        {0x1.acc8bf5e07e71p-1, 0x1.f7dd286b842e5p-1},
        {0x1.09941946801c6p-2, -0x1.4a69c57a01c39p-1},
        {0x1.dfe8e93116240p-3, -0x1.73065c97b99f9p-1},
        {0x1.fdc528ede5c0ep-1, 0x1.4fc5a306b16edp+1},
        {0x1.e18cc1c53ea1cp-2, -0x1.31979f70ff088p-4},
        {0x1.ac44ace32d283p-1, 0x1.f5c4f49824500p-1},
        {0x1.e7c922b2d54e4p-2, -0x1.e5dadeb305eddp-5},
        {0x1.4733f0771afc7p-1, 0x1.6c8328c59648cp-2},
    };

    @Test
    void inverseNormalIsWithinSixUnits() {
        for (double[] row : QUANTILES) {
            assertThat(Math.abs(Transcendentals.inverseNormal(row[0]) - row[1]))
                    .as("at %s", row[0])
                    .isLessThanOrEqualTo(6 * Math.ulp(row[1]));
        }
        assertThat(Transcendentals.inverseNormal(0.5)).isEqualTo(0.0);
    }

    @Test
    void inverseNormalRisesAcrossItsPieces() {
        double previous = Double.NEGATIVE_INFINITY;
        for (double p = 0x1p-50; p < 1; p += p < 1e-9 ? p / 64 : 1e-4) {
            double z = Transcendentals.inverseNormal(p);
            assertThat(z).isGreaterThan(previous);
            previous = z;
        }
    }

    private static double units(double value, BigDecimal exact) {
        return new BigDecimal(value)
                .subtract(exact)
                .abs()
                .divide(new BigDecimal(Math.ulp(exact.doubleValue())), DIGITS)
                .doubleValue();
    }

    /** By the power series of x / 2^k, then squared k times. */
    private static BigDecimal exp(BigDecimal x) {
        int halvings = 14;
        MathContext wide = new MathContext(60);
        BigDecimal small = x.divide(BigDecimal.valueOf(1L << halvings), wide);
        BigDecimal sum = BigDecimal.ONE;
        BigDecimal term = BigDecimal.ONE;
        for (int n = 1; n < 40; n++) {
            term = term.multiply(small, wide).divide(BigDecimal.valueOf(n), wide);
            sum = sum.add(term, wide);
        }
        for (int k = 0; k < halvings; k++) {
            sum = sum.multiply(sum, wide);
        }
        return sum;
    }

    /** By Halley's method from the library's value: each step triples its 16 digits. */
    private static BigDecimal log(double x) {
        BigDecimal exact = new BigDecimal(x);
        BigDecimal y = new BigDecimal(StrictMath.log(x));
        for (int step = 0; step < 2; step++) {
            BigDecimal power = exp(y);
            y = y.add(exact.subtract(power).multiply(BigDecimal.TWO).divide(exact.add(power), new MathContext(60)));
        }
        return y;
    }
}
