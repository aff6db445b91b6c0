package muster.planner.report;

import java.math.BigDecimal;

/** A leaf of a plan's JSON. */
public sealed interface PlanFigure {
    /** A number in its unit: USD, d, W, kWh, kg, %, tokens/s, or empty for counts and fractions. */
    record Amount(BigDecimal value, String unit) implements PlanFigure {}

    /** A word, such as the status; true and false are words too. */
    record Word(String word) implements PlanFigure {}

    /** A key that this plan can say nothing for, such as emissions without a grid intensity. */
    record Unstated(String unit) implements PlanFigure {}
}
