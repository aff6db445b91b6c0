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
    /** A job's mixture may hold few of the times of its range: this share of the range counts as spread too. */
    private static final double UNSEEN = 0.1;

    /** Ranges below this share of all time are not cut. */
    private static final double NARROW = 1e-3;

    /** No part of a range is smaller. */
    private static final double LEAST_SHARE = 0.2;

    private final FleetProblem problem;
    private final LagrangianBound bound;
    private final Windows windows;
    private final int[] order;
    private final double span;
    private final BooleanSupplier stop;
    private final PriorityQueue<Box> open =
            new PriorityQueue<>(Comparator.comparingDouble(Box::value).thenComparingLong(Box::number));
    private long number;
    private long boxes;

    /** @param value no plan in the box is below */
    private record Box(TimeBox times, double value, double[] prices, TimeBox.Cut cut, long number) {}

    ScheduleBoxes(FleetProblem problem, LagrangianBound bound, Windows windows, double span, BooleanSupplier stop) {
        this.problem = problem;
        this.bound = bound;
        this.windows = windows;
        this.span = span;
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
            TimeBox.Cut cut = boxed.mixtures() == null ? null : cut(times, boxed.mixtures());
            open.add(new Box(times, value, boxed.prices(), cut, number++));
        }
    }

    /** {@return the start or end that is spread most, weighed by what the job costs, at its mean} */
    private TimeBox.Cut cut(TimeBox box, PriceAscent mixture) {
        TimeBox.Cut best = null;
        double most = 0;
        for (int j = 0; j < problem.jobCount(); j++) {
            for (boolean ofEnd : new boolean[] {false, true}) {
                double low = ofEnd ? box.endLow[j] : box.startLow[j];
                double high = ofEnd ? box.endHigh[j] : box.startHigh[j];
                double mean = ofEnd ? mixture.end[j] : mixture.start[j];
                double width = high - low;
                double weight =
                        (mixture.spread(j, ofEnd) + UNSEEN * width) * Math.sqrt(Math.abs(mixture.objective(j)) + 1);
                if (width > span * NARROW && weight > most) {
                    most = weight;
                    double time = Math.clamp(mean, low + LEAST_SHARE * width, high - LEAST_SHARE * width);
                    best = new TimeBox.Cut(j, ofEnd, ofEnd ? Math.rint(time) : atDate(low, high, Math.rint(time)));
                }
            }
        }
        return best;
    }

    /** {@return the date inside a range at which nodes come that lies next to a time; if none, the time} */
    private double atDate(double low, double high, double time) {
        double nearest = Double.NaN;
        for (long date : problem.availability().dates()) {
            boolean nearer = Double.isNaN(nearest) || Math.abs(date - time) < Math.abs(nearest - time);
            nearest = date > low && date <= high && nearer ? date : nearest;
        }
        return Double.isNaN(nearest) ? time : nearest;
    }

    long boxes() {
        return boxes;
    }
}
