package muster.planner.domain;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Why a plan is as it is: what its limits are worth, at which rents the fleet changes, and which inputs drive the cost; or
 * why there is none. All of it by planning again with something changed.
 *
 * @param answer the plan that is explained
 * @param limits stated limits and pool maxima
 * @param breakEvens by pool, in the scenario's order; empty unless cost is minimised first
 * @param drivers those that move the cost most first
 */
public record Explanation(
        PlanAnswer answer, List<LimitWorth> limits, List<BreakEven> breakEvens, List<Driver> drivers, Run run) {
    public Explanation {
        limits = List.copyOf(limits);
        breakEvens = List.copyOf(breakEvens);
        drivers = List.copyOf(drivers);
    }

    /**
     * What a limit is worth, in the unit of the first objective.
     *
     * @param name the scenario's key, or a path such as pools.h800.max
     * @param limit as stated, in {@code unit}
     * @param binding loosening it improves on the plan, as far as plans can tell
     * @param worth of one more step; empty where that was not settled
     * @param dual what the same step is worth in the relaxation, where nodes need not be whole: its price there
     */
    public record LimitWorth(
            String name,
            double limit,
            double value,
            String unit,
            boolean binding,
            Optional<Worth> worth,
            Optional<Dual> dual) {}

    /**
     * @param gain how much the bound of the first objective falls when the limit is loosened by one step, at least 0
     * @param step by how much it was loosened, in words
     */
    public record Dual(double gain, String step) {}

    /**
     * @param gain how much the first objective falls when the limit is loosened by one step, at least 0
     * @param step by how much it was loosened, in words: {@code d}, {@code MW}, {@code M USD}, {@code node}
     * @param proved whether both plans are proved best
     * @param next where one step is not enough, or more than enough: the least loosening that gains anything
     */
    public record Worth(double gain, String step, boolean proved, Optional<NextStep> next) {}

    /**
     * @param to the least value of the limit with a better plan, in the limit's unit
     * @param gain of the best plan there
     */
    public record NextStep(double to, double gain) {}

    /**
     * The price at which the best fleet begins or ceases to rent, reserve or buy a pool's nodes.
     *
     * @param acquisition how nodes are come by at that price
     * @param path such as pools.h20.rent
     * @param stated what the scenario says, in {@code unit}
     * @param value the best fleet has such nodes below it and none above; empty where {@code outcome} says so
     * @param unit USD/GPU/h, or USD/node of a purchase
     * @param beats pools that the best fleet uses where it has no such nodes; empty where there is none
     * @param proved whether planning again just below and just above showed both
     */
    public record BreakEven(
            String pool,
            Acquisition acquisition,
            String path,
            double stated,
            OptionalDouble value,
            String unit,
            Outcome outcome,
            List<String> beats,
            boolean proved) {
        /** What was found. */
        public enum Outcome {
            /** There is such a price, and a plan without such nodes. */
            FLIPS("flips"),
            /** Above the price there is no plan within the budget. */
            NO_PLAN_ABOVE("no plan above"),
            /** Without such nodes there is no plan, and no budget says when they are too dear. */
            NEEDED("needed at any price"),
            /** Not even for nothing are they in the best fleet. */
            NEVER("never used"),
            /** The re-solves did not settle it. */
            NOT_SETTLED("not settled");

            private final String key;

            Outcome(String key) {
                this.key = key;
            }

            public String key() {
                return key;
            }
        }

        public BreakEven {
            beats = List.copyOf(beats);
        }
    }

    /**
     * What the cost does when one input changes and everything is planned again.
     *
     * @param low the input a tenth lower, in {@code unit}
     * @param high the input a tenth higher
     */
    public record Driver(String path, double low, double high, String unit, End atLow, End atHigh) {
        /** {@return by how many dollars the cost moves; infinite where there is no plan on one side} */
        public double spreadUsd(double usd) {
            if (atLow.cost().isEmpty() || atHigh.cost().isEmpty()) {
                return Double.POSITIVE_INFINITY;
            }
            double below = atLow.cost().get().usd();
            double above = atHigh.cost().get().usd();
            return Math.max(Math.abs(below - above), Math.max(Math.abs(below - usd), Math.abs(above - usd)));
        }
    }

    /**
     * What planning again came to.
     *
     * @param cost empty where there is no plan, or none was found
     * @param proved whether the plan is proved best, or proved that there is none
     */
    public record End(Optional<Cost> cost, boolean proved) {}

    /** What a plan costs, and when it ends. */
    public record Cost(double usd, double days) {}

    /**
     * How it was found; not part of the reproducible bytes.
     *
     * @param solves plans that were asked for
     */
    public record Run(int solves, double seconds, boolean reproducible, boolean interrupted) {}
}
