package muster.planner;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import muster.planner.cost.Grid;
import muster.planner.domain.Axis;
import muster.planner.domain.FleetChoice;
import muster.planner.domain.Objective;
import muster.planner.domain.Plan;
import muster.planner.domain.Scenario;

/**
 * Finds a frontier by limits (epsilon constraints): one axis is minimised while the others are held below caps, and ties
 * go to the least on those others, so that no plan dominates what is found. Between two neighbours the next cap lies
 * halfway; a cap just below a point finds its direct neighbour, or that there is none.
 */
final class FrontierTrace {
    private static final long NO_CAP = Long.MAX_VALUE;

    /** A search between points may come back empty: so many re-solves per point asked for. */
    private static final int SOLVES_PER_POINT = 5;

    private final Scenario scenario;
    private final List<Axis> axes;
    private final Axis minimised;
    private final Axis capped;
    private final WhatIfs whatIfs;
    private final List<Corner> corners = new ArrayList<>();
    private boolean proved = true;
    private boolean complete = true;
    private boolean infeasible;

    FrontierTrace(Scenario scenario, List<Axis> axes, WhatIfs whatIfs) {
        this.scenario = scenario;
        this.axes = axes;
        this.minimised = minimised(axes);
        this.capped = axes.contains(Axis.DAYS) && minimised != Axis.DAYS ? Axis.DAYS : Axis.POWER;
        this.whatIfs = whatIfs;
    }

    /** What was found; {@code infeasible} where there is no plan at all. */
    record Traced(List<Corner> corners, boolean proved, boolean complete, boolean infeasible) {}

    /** A plan's choice and what it comes to, in micro-dollars, microseconds and milliwatts. */
    record Corner(FleetChoice choice, long microUsd, long finishMicros, long peakMilliwatts) {
        static Corner of(Plan plan) {
            return new Corner(
                    plan.choice(),
                    Axis.COST.of(plan.totals()),
                    Axis.DAYS.of(plan.totals()),
                    Axis.POWER.of(plan.totals()));
        }

        /** {@return the steps on which plans compare: cents, milliseconds, milliwatts} */
        long of(Axis axis) {
            return switch (axis) {
                case COST -> Grid.steps(Objective.COST, microUsd);
                case DAYS -> Grid.steps(Objective.DAYS, finishMicros);
                case POWER -> peakMilliwatts;
            };
        }

        boolean sameOn(List<Axis> axes, Corner other) {
            return axes.stream().allMatch(axis -> of(axis) == other.of(axis));
        }

        boolean dominates(List<Axis> axes, Corner other) {
            return axes.stream().allMatch(axis -> of(axis) <= other.of(axis)) && !sameOn(axes, other);
        }
    }

    /** {@return the axis that re-solves minimise: the planner knows cost and days as objectives} */
    static Axis minimised(List<Axis> axes) {
        return axes.contains(Axis.COST) ? Axis.COST : Axis.DAYS;
    }

    Traced trace(int most) {
        boolean threeAxes = axes.size() == 3;
        Optional<Corner> free = solve(NO_CAP, NO_CAP, Optional.empty());
        if (free.isEmpty()) {
            return new Traced(List.of(), false, false, infeasible);
        }
        keep(free.get());
        if (threeAxes) {
            traceLevels(free.get(), most);
        } else {
            traceLevel(free.get(), least(capped, NO_CAP, free), NO_CAP, most);
        }
        complete &= !whatIfs.stopped();
        proved &= !whatIfs.stopped();
        List<Corner> kept = spread(undominated(), most);
        return new Traced(kept, proved, complete && kept.size() == undominated().size(), false);
    }

    /** Cost against days at several caps of power, from the least possible to what the other ends need. */
    private void traceLevels(Corner cheapest, int most) {
        Optional<Corner> fastest = least(Axis.DAYS, NO_CAP, Optional.of(cheapest));
        Optional<Corner> frugal = least(Axis.POWER, NO_CAP, Optional.of(cheapest));
        fastest.ifPresent(this::keep);
        frugal.ifPresent(this::keep);
        if (frugal.isEmpty() || fastest.isEmpty()) {
            return;
        }
        long low = frugal.get().peakMilliwatts();
        long high = Math.max(cheapest.peakMilliwatts(), fastest.get().peakMilliwatts());
        int levels = Math.max(2, (int) Math.ceil(Math.sqrt(most)));
        for (int level = 0; level < levels && !whatIfs.stopped(); level++) {
            long cap = level == levels - 1 ? NO_CAP : low + Math.round((high - low) * (double) level / (levels - 1));
            Optional<Corner> free = solve(NO_CAP, cap, Optional.of(cheapest));
            if (free.isPresent()) {
                keep(free.get());
                traceLevel(free.get(), least(Axis.DAYS, cap, free), cap, Math.ceilDiv(most, levels) + 1);
            }
        }
        // Between two levels of power there may be more.
        complete = false;
    }

    /**
     * A stretch between two neighbours; more points have the capped axis above {@code above} and below {@code below}.
     *
     * @param vain whether halving it has found nothing, so that it may be empty
     */
    private record Stretch(Corner low, Corner high, long above, long below, boolean vain) {
        boolean isOpen() {
            return below - above > 1;
        }
    }

    /** From a level's free end to the least of the capped axis, the widest gaps first, until all or enough are found. */
    private void traceLevel(Corner free, Optional<Corner> end, long powerCap, int most) {
        if (end.isEmpty()) {
            complete = false;
            return;
        }
        keep(end.get());
        List<Stretch> open = new ArrayList<>();
        if (!end.get().sameOn(axes, free)) {
            open.add(new Stretch(end.get(), free, end.get().of(capped), free.of(capped), false));
        }
        double widthRange = Math.max(1, free.of(capped) - end.get().of(capped));
        double heightRange = Math.max(1, end.get().of(minimised) - free.of(minimised));
        Comparator<Stretch> byWidth =
                Comparator.comparingDouble(stretch -> (stretch.below() - stretch.above()) / widthRange
                        + (stretch.low().of(minimised) - stretch.high().of(minimised)) / heightRange);
        int found = 1 + open.size();
        for (int solves = SOLVES_PER_POINT * most; solves > 0 && found < most && !whatIfs.stopped(); solves--) {
            open.removeIf(stretch -> !stretch.isOpen());
            if (open.isEmpty()) {
                return;
            }
            Stretch widest = open.stream().max(byWidth).orElseThrow();
            open.remove(widest);
            // Just below its upper end lies that end's direct neighbour, if there is any point at all.
            long cap = widest.vain() ? widest.below() - 1 : middle(widest);
            Optional<Corner> answer = capped == Axis.DAYS
                    ? solve(cap, powerCap, Optional.of(widest.low()))
                    : solve(NO_CAP, cap, Optional.of(widest.low()));
            if (answer.isEmpty()) {
                complete = false;
            } else if (answer.get().of(capped) <= widest.above()) {
                open.add(new Stretch(widest.low(), widest.high(), cap, widest.below(), true));
            } else {
                keep(answer.get());
                found++;
                open.add(new Stretch(
                        widest.low(), answer.get(), widest.above(), answer.get().of(capped), false));
                open.add(new Stretch(answer.get(), widest.high(), cap, widest.below(), false));
            }
        }
        open.removeIf(stretch -> !stretch.isOpen());
        complete &= open.isEmpty();
    }

    private static long mostOf(Axis axis, long steps) {
        return steps == NO_CAP ? NO_CAP : WhatIfs.mostOf(axis, steps);
    }

    private static long middle(Stretch stretch) {
        return stretch.above() + (stretch.below() - stretch.above()) / 2;
    }

    /** {@return the least of the minimised axis below the caps, ties to the least of the others} */
    private Optional<Corner> solve(long finishCap, long powerCap, Optional<Corner> neighbour) {
        Scenario question = WhatIfs.capped(scenario, NO_CAP, mostOf(Axis.DAYS, finishCap), powerCap);
        return settled(
                minimised == Axis.COST
                        ? WhatIfs.minimising(question, Objective.COST, Objective.DAYS)
                        : WhatIfs.minimising(question, Objective.DAYS, Objective.COST),
                neighbour);
    }

    private Optional<Corner> settled(Scenario question, Optional<Corner> neighbour) {
        WhatIfs.Solved solved = whatIfs.best(question, neighbour.map(Corner::choice));
        proved &= solved.exact() || solved.infeasible();
        infeasible |= corners.isEmpty() && solved.infeasible();
        return solved.plan().map(Corner::of).map(corner -> axes.contains(Axis.POWER) ? thrifty(corner) : corner);
    }

    /** {@return the plan with the least of an axis under a cap of power, ties to the least of the others} */
    private Optional<Corner> least(Axis axis, long powerCap, Optional<Corner> neighbour) {
        if (axis == Axis.DAYS) {
            Scenario question = WhatIfs.capped(scenario, NO_CAP, NO_CAP, powerCap);
            return settled(WhatIfs.minimising(question, Objective.DAYS, Objective.COST), neighbour);
        }
        return solve(NO_CAP, leastPower(neighbour.orElseThrow()), neighbour);
    }

    /** {@return the least power of any plan, by halving between what is possible and what is proved impossible} */
    private long leastPower(Corner known) {
        long possible = known.peakMilliwatts();
        long impossible = 0;
        boolean halve = false;
        while (possible - impossible > 1 && !whatIfs.stopped()) {
            // In turn: just below what is possible, which settles it once that is the least; and halfway.
            long cap = halve ? impossible + (possible - impossible) / 2 : possible - 1;
            WhatIfs.Solved solved = whatIfs.any(WhatIfs.capped(scenario, NO_CAP, NO_CAP, cap));
            if (solved.plan().isPresent()) {
                possible = Axis.POWER.of(solved.plan().get().totals());
            } else if (solved.infeasible()) {
                impossible = cap;
            } else {
                proved = false;
                return possible;
            }
            halve = !halve;
        }
        return possible;
    }

    /** {@return a plan as good on the other axes that draws the least power}; power is no objective of the planner */
    private Corner thrifty(Corner corner) {
        Corner best = corner;
        while (!whatIfs.stopped()) {
            WhatIfs.Solved lower = whatIfs.any(WhatIfs.capped(
                    scenario,
                    axes.contains(Axis.COST) ? mostOf(Axis.COST, corner.of(Axis.COST)) : NO_CAP,
                    axes.contains(Axis.DAYS) ? mostOf(Axis.DAYS, corner.of(Axis.DAYS)) : NO_CAP,
                    best.peakMilliwatts() - 1));
            if (lower.plan().isEmpty()) {
                proved &= lower.infeasible();
                return best;
            }
            best = Corner.of(lower.plan().get());
        }
        return best;
    }

    private void keep(Corner corner) {
        if (corners.stream().noneMatch(known -> known.sameOn(axes, corner))) {
            corners.add(corner);
        }
    }

    private List<Corner> undominated() {
        return corners.stream()
                .filter(corner -> corners.stream().noneMatch(other -> other.dominates(axes, corner)))
                .sorted(Comparator.comparingLong((Corner corner) -> corner.of(axes.getFirst()))
                        .thenComparingLong(corner -> corner.of(axes.get(1))))
                .toList();
    }

    /** {@return at most so many of them: the ends of every axis, then those farthest from any that is kept} */
    private List<Corner> spread(List<Corner> all, int most) {
        List<Corner> kept = new ArrayList<>();
        for (Axis axis : axes) {
            all.stream()
                    .min(Comparator.comparingLong(corner -> corner.of(axis)))
                    .filter(end -> !kept.contains(end))
                    .ifPresent(kept::add);
        }
        while (kept.size() < Math.min(most, all.size())) {
            all.stream()
                    .filter(corner -> !kept.contains(corner))
                    .max(Comparator.comparingDouble(corner -> distance(all, kept, corner)))
                    .ifPresent(kept::add);
        }
        return all.stream().filter(kept::contains).toList();
    }

    private double distance(List<Corner> all, List<Corner> kept, Corner corner) {
        return kept.stream()
                .mapToDouble(other -> axes.stream()
                        .mapToDouble(axis -> Math.abs(corner.of(axis) - other.of(axis)) / range(all, axis))
                        .sum())
                .min()
                .orElse(0);
    }

    private static double range(List<Corner> all, Axis axis) {
        long low = all.stream().mapToLong(corner -> corner.of(axis)).min().orElse(0);
        long high = all.stream().mapToLong(corner -> corner.of(axis)).max().orElse(0);
        return Math.max(1.0, high - low);
    }
}
