package muster.planner.domain;

import java.util.List;
import java.util.Optional;

/**
 * Plans of which none is better than another on every axis.
 *
 * @param axes two or three, the first of which orders the points
 * @param points none dominated by another; empty where there is no plan, or none was found
 * @param proved whether no plan at all dominates a point; false where a re-solve ended with a gap
 * @param complete whether these are all such plans; there may be more than were asked for
 * @param conflict which limits exclude each other; only where it is proved that there is no plan
 */
public record FrontierAnswer(
        Scenario scenario,
        List<Axis> axes,
        List<Point> points,
        boolean proved,
        boolean complete,
        Optional<PlanAnswer.Conflict> conflict,
        Run run) {
    public FrontierAnswer {
        axes = List.copyOf(axes);
        points = List.copyOf(points);
    }

    /** {@return what is known of the scenario as a whole; every point is a checked plan} */
    public PlanAnswer.Status status() {
        if (conflict.isPresent()) {
            return PlanAnswer.Status.INFEASIBLE;
        } else if (points.isEmpty()) {
            return PlanAnswer.Status.UNKNOWN;
        }
        return proved ? PlanAnswer.Status.OPTIMAL : PlanAnswer.Status.FEASIBLE;
    }

    /**
     * A plan on the frontier.
     *
     * @param answer the plan, of the scenario with the point's values on the other axes as limits
     */
    public record Point(PlanAnswer answer) {
        /** {@return what the plan comes to, in the axis's small unit} */
        public long of(Axis axis) {
            return axis.of(answer.plan().orElseThrow().totals());
        }

        public boolean sameOn(List<Axis> axes, Point other) {
            return axes.stream().allMatch(axis -> of(axis) == other.of(axis));
        }

        /** {@return whether it is better than the other on one of the axes and worse on none} */
        public boolean dominates(List<Axis> axes, Point other) {
            return axes.stream().allMatch(axis -> of(axis) <= other.of(axis)) && !sameOn(axes, other);
        }
    }

    /**
     * How it was found; not part of the reproducible bytes.
     *
     * @param solves plans that were asked for
     */
    public record Run(long seed, int solves, double seconds, boolean reproducible, boolean interrupted) {}
}
