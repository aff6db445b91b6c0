package muster.planner.check;

import java.util.List;
import muster.planner.domain.Plan;
import muster.planner.domain.Scenario;

/**
 * Judges a plan from the scenario and the plan's fleet choice alone. It shares no code with the search, the bound or
 * the pricing: a plan that breaks a limit is a bug, never an answer. Where rates are modelled it adds up steps and shares
 * of its own, from what the performance model says of one layer.
 *
 * <p>Planning rounds double expressions to micro-dollars, microseconds, joules and grams; here the same quantities are
 * exact decimals. A stated integer may therefore lie one unit away from the exact value ({@link Violations#near}), a
 * stated double 1e-9 of its size. Whatever the plan states is otherwise compared exactly: nodes, starts, sums, peaks,
 * and limits, which have to hold both for the stated integers and, within the same unit, for the exact values.
 */
public final class PlanChecker {
    private PlanChecker() {}

    /** {@return every rule that the plan breaks, one sentence each with the stated and the derived value; or nothing} */
    public static List<String> violations(Scenario scenario, Plan plan) {
        Violations violations = new Violations();
        ShapeRules.check(scenario, plan, violations);
        if (violations.any()) {
            return violations.sentences(); // nothing below could name the right job and pool
        }
        HoldingRules.check(scenario, plan.choice(), violations);
        if (violations.any()) {
            return violations.sentences(); // a job without a rate has no duration and no price
        }
        StepRules.check(plan, violations);
        GenerationRules.check(plan, violations);
        if (violations.any()) {
            return violations.sentences(); // a job without a sound rate has no duration and no price
        }
        Derivation derivation = Derivation.of(scenario, plan);
        ScheduleRules.check(derivation, violations);
        TenureRules.check(derivation, plan, violations);
        JobFigureRules.check(derivation, plan, violations);
        FleetRules.check(derivation, plan, violations);
        SiteRules.check(derivation, plan, violations);
        TotalRules.check(derivation, plan, violations);
        LimitRules.check(derivation, plan, violations);
        return violations.sentences();
    }

    /**
     * {@return the plan itself, once it has been found sound}
     *
     * @throws IllegalStateException where the plan breaks a rule; the message lists every violation
     */
    public static Plan requireSound(Scenario scenario, Plan plan) {
        List<String> violations = violations(scenario, plan);
        if (!violations.isEmpty()) {
            throw new IllegalStateException(
                    "The plan for '%s' breaks %d rules; a plan that breaks a limit is a bug, never an answer:\n  %s"
                            .formatted(scenario.title(), violations.size(), String.join("\n  ", violations)));
        }
        return plan;
    }
}
