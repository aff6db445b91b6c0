package muster.planner.bound;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;
import muster.planner.cost.FleetProblem;

/**
 * Branch and bound over the times of jobs. The relaxation lets a job be in several places of the schedule at once in part; cut
 * at one of its starts or ends into plans before and plans after, it no longer can. The least bound of all boxes left is one
 * of every plan. Boxes start from the prices of the one that they were cut from.
 */
final class ScheduleBoxes {
    private final FleetProblem problem;
    private final LagrangianBound bound;
    private final Windows windows;
    private final int[] order;
    private final BooleanSupplier stop;
    private final PriorityQueue<Box> open =
            new PriorityQueue<>(Comparator.comparingDouble(Box::value).thenComparingLong(Box::number));
    private long number;
    private long boxes;

    /** @param value no plan in the box is below */
    private record Box(TimeBox times, double value, double[] prices, TimeBox.Cut cut, long number) {}

    ScheduleBoxes(FleetProblem problem, LagrangianBound bound, Windows windows, BooleanSupplier stop) {
        this.problem = problem;
        this.bound = bound;
        this.windows = windows;
        this.order = Windows.predecessorsFirst(problem);
        this.stop = stop;
    }

    /**
     * {@return a value that no plan is below, no higher than {@code enough}}
     *
     * @param value what is known of all plans
     * @param prices to start from
     * @param enough boxes above are not looked at
     */
    double least(double value, double[] prices, double enough, long mostBoxes) {
        TimeBox all = new TimeBox(windows);
        if (!all.narrow(problem, order, windows.leastDuration)) {
            return enough;
        }
        offer(all, value, prices, enough);
        while (!open.isEmpty() && boxes < mostBoxes && !stop.getAsBoolean()) {
            Box lowest = open.poll();
            if (lowest.cut() == null) {
                return Math.min(enough, lowest.value());
            }
            for (boolean later : new boolean[] {false, true}) {
                TimeBox part = lowest.times().part(lowest.cut(), later);
                if (part.narrow(problem, order, windows.leastDuration)) {
                    offer(part, lowest.value(), lowest.prices(), enough);
                }
            }
        }
        return open.isEmpty() ? enough : Math.min(enough, open.peek().value());
    }

    private void offer(TimeBox times, double atLeast, double[] prices, double enough) {
        boxes++;
        LagrangianBound.Boxed boxed = bound.within(times, prices, enough);
        double value = Math.max(atLeast, boxed.value());
        if (value < enough) {
            open.add(new Box(times, value, boxed.prices(), boxed.cut(), number++));
        }
    }

    long boxes() {
        return boxes;
    }
}
