package muster.planner;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import muster.planner.domain.Axis;
import muster.planner.domain.Figure;
import muster.planner.domain.FrontierAnswer;
import muster.planner.domain.Objective;
import muster.planner.domain.PlanAnswer;
import muster.planner.domain.Scenario;
import muster.planner.domain.SearchSettings;
import muster.planner.perf.RateBook;

/** The facade of frontiers: which plans no other plan beats on every axis. */
public final class FrontierInquiry {
    private final Scenario scenario;
    private final List<Axis> axes;
    private final RateBook book = new RateBook();
    private final SearchSettings settings;
    private final BooleanSupplier interrupted;
    private final BooleanSupplier stop;
    private final long begin = System.nanoTime();
    private boolean clockEnded;

    private FrontierInquiry(Scenario scenario, List<Axis> axes, SearchSettings settings, BooleanSupplier interrupted) {
        this.scenario = scenario;
        this.axes = axes;
        // The clock is asked between and inside the re-solves; none of them gets a share of its own.
        this.settings =
                new SearchSettings(settings.seed(), settings.steps(), OptionalDouble.empty(), settings.gapPercent());
        this.interrupted = interrupted;
        this.stop = () -> {
            boolean late = settings.seconds().isPresent()
                    && System.nanoTime() - begin > settings.seconds().getAsDouble() * 1e9;
            clockEnded |= late;
            return late || interrupted.getAsBoolean();
        };
    }

    /**
     * {@return the frontier of a scenario within its limits}
     *
     * @param axes two or three different ones; the first orders the points
     * @param most how many points at most, at least as many as axes
     */
    public static FrontierAnswer trace(
            Scenario scenario, List<Axis> axes, int most, SearchSettings settings, BooleanSupplier interrupted) {
        return new FrontierInquiry(scenario, axes, settings, interrupted).answer(most);
    }

    private FrontierAnswer answer(int most) {
        WhatIfs whatIfs = new WhatIfs(book, settings, stop);
        FrontierTrace.Traced traced = new FrontierTrace(scenario, axes, whatIfs).trace(most);
        Optional<PlanAnswer.Conflict> conflict =
                traced.infeasible() ? Optional.of(new ConflictFinder(scenario, book, stop).find()) : Optional.empty();
        List<FrontierAnswer.Point> points = new ArrayList<>();
        for (FrontierTrace.Corner corner : traced.corners()) {
            // Once stopped, a point is told as far as it is known; its plan is then no longer proved.
            points.add(new FrontierAnswer.Point(
                    CapacityPlanner.plan(question(corner), book, settings, Optional.of(corner.choice()), interrupted)));
        }
        points = undominated(points);
        points.sort(Comparator.comparingLong((FrontierAnswer.Point point) -> point.of(axes.getFirst()))
                .thenComparingLong(point -> point.of(axes.get(1))));
        boolean wasInterrupted = interrupted.getAsBoolean();
        return new FrontierAnswer(
                scenario,
                axes,
                points,
                traced.proved(),
                traced.complete(),
                conflict,
                new FrontierAnswer.Run(
                        scenario.seed(),
                        whatIfs.solves(),
                        (System.nanoTime() - begin) / 1e9,
                        !clockEnded && !wasInterrupted,
                        wasInterrupted));
    }

    /** A re-solve that ended with a gap may have found less than the one that tells its bound. */
    private List<FrontierAnswer.Point> undominated(List<FrontierAnswer.Point> points) {
        List<FrontierAnswer.Point> kept = new ArrayList<>();
        for (FrontierAnswer.Point point : points) {
            boolean beaten = points.stream().anyMatch(other -> other.dominates(axes, point))
                    || kept.stream().anyMatch(other -> other.sameOn(axes, point));
            if (!beaten) {
                kept.add(point);
            }
        }
        return kept;
    }

    /**
     * {@return the scenario whose best plan the point is: its values on the other axes are limits} What it keeps of its
     * inputs says so, too, as settings of the command line that lead to the same plan.
     */
    private Scenario question(FrontierTrace.Corner corner) {
        Axis minimised = FrontierTrace.minimised(axes);
        List<String> settings = new ArrayList<>();
        long finishMicros = Long.MAX_VALUE;
        long peakMilliwatts = Long.MAX_VALUE;
        if (axes.contains(Axis.DAYS) && minimised != Axis.DAYS) {
            finishMicros = corner.finishMicros();
        }
        if (axes.contains(Axis.POWER)) {
            peakMilliwatts = corner.peakMilliwatts();
        }
        Scenario capped = WhatIfs.capped(scenario, Long.MAX_VALUE, finishMicros, peakMilliwatts);
        capped.limits()
                .deadlineSeconds()
                .ifPresent(limit -> settings.add("limits.deadline=%s s".formatted(plain(limit))));
        capped.limits().powerWatts().ifPresent(limit -> settings.add("limits.power=%s W".formatted(plain(limit))));
        settings.add(minimised == Axis.COST ? "objective=[cost, days]" : "objective=[days, cost]");
        Scenario question = minimised == Axis.COST
                ? WhatIfs.minimising(capped, Objective.COST, Objective.DAYS)
                : WhatIfs.minimising(capped, Objective.DAYS, Objective.COST);
        return scenario.written()
                .map(written -> question.withWritten(written.with(settings)))
                .orElse(question);
    }

    private static String plain(Figure limit) {
        return BigDecimal.valueOf(limit.value()).toPlainString();
    }
}
