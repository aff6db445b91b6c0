package muster.planner.check;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/** Collects broken rules; holds the three ways in which a stated value may be compared with a derived one. */
final class Violations {
    /** Doubles hold 16 digits and a plan's figures take a dozen operations. */
    private static final BigDecimal DOUBLE_TOLERANCE = new BigDecimal("1e-9");

    /** Above 1e15 units, half a unit no longer survives the double arithmetic of planning. */
    private static final BigDecimal INTEGER_TOLERANCE = new BigDecimal("1e-15");

    /** More than a long and a double hold, so that the difference shows. */
    private static final MathContext SHOWN_DIGITS = new MathContext(20);

    private final List<String> sentences = new ArrayList<>();

    void add(String format, Object... values) {
        sentences.add(format.formatted(values));
    }

    boolean any() {
        return !sentences.isEmpty();
    }

    List<String> sentences() {
        return List.copyOf(sentences);
    }

    /** Requires exactly the derived value. */
    void equal(String rule, Object stated, Object derived) {
        if (!stated.equals(derived)) {
            add("%s: stated %s, derived %s", rule, stated, derived);
        }
    }

    /** Requires a rounded sum of {@code terms} rounded doubles: each may be a unit away from its exact value. */
    void near(String rule, long stated, BigDecimal exact, int terms) {
        BigDecimal distance = BigDecimal.valueOf(stated).subtract(exact).abs();
        if (distance.compareTo(unitTolerance(exact, terms)) > 0) {
            add("%s: stated %d, derived %s", rule, stated, shown(exact));
        }
    }

    /** Requires a double within 1e-9 of the derived value; {@code slack} covers a unit rounded before the division. */
    void close(String rule, double stated, BigDecimal exact, BigDecimal slack) {
        BigDecimal tolerance = exact.abs().multiply(DOUBLE_TOLERANCE).add(slack);
        if (!Double.isFinite(stated)
                || new BigDecimal(stated).subtract(exact).abs().compareTo(tolerance) > 0) {
            add("%s: stated %s, derived %s", rule, stated, shown(exact));
        }
    }

    /** Requires a double within 1e-9 of a value that was itself derived in doubles. */
    void close(String rule, double stated, double derived) {
        if (Double.isFinite(derived)) {
            close(rule, stated, new BigDecimal(derived), BigDecimal.ZERO);
        } else {
            add("%s: stated %s, derived %s", rule, stated, derived);
        }
    }

    /** Requires a limit to hold for what the plan states, exactly, and for the exact value, within rounding. */
    void within(String rule, BigDecimal stated, BigDecimal exact, int terms, long limit) {
        BigDecimal bound = BigDecimal.valueOf(limit);
        if (stated.compareTo(bound) > 0) {
            add("%s: stated %s, limit %d", rule, stated.toPlainString(), limit);
        }
        if (exact.subtract(unitTolerance(exact, terms)).compareTo(bound) > 0) {
            add("%s: derived %s, limit %d", rule, shown(exact), limit);
        }
    }

    private static BigDecimal unitTolerance(BigDecimal exact, int terms) {
        return BigDecimal.valueOf(terms).add(exact.abs().multiply(INTEGER_TOLERANCE));
    }

    private static String shown(BigDecimal exact) {
        return exact.round(SHOWN_DIGITS).stripTrailingZeros().toPlainString();
    }
}
