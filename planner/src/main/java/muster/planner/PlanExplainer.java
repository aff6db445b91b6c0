package muster.planner;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import muster.planner.domain.Explanation;
import muster.planner.domain.PlanAnswer;
import muster.planner.domain.Scenario;
import muster.planner.domain.SearchSettings;
import muster.planner.perf.RateBook;

/** The facade of explanations: why a plan is as it is, or why there is none. */
public final class PlanExplainer {
    private PlanExplainer() {}

    /**
     * {@return the best plan of a scenario and what it rests on; where there is none, only its conflict}
     *
     * @param settings of the search for the plan and for every what-if
     */
    public static Explanation explain(Scenario scenario, SearchSettings settings, BooleanSupplier interrupted) {
        long begin = System.nanoTime();
        boolean[] clockEnded = {false};
        BooleanSupplier stop = () -> {
            clockEnded[0] |= settings.seconds().isPresent()
                    && System.nanoTime() - begin > settings.seconds().getAsDouble() * 1e9;
            return clockEnded[0] || interrupted.getAsBoolean();
        };
        RateBook book = new RateBook();
        SearchSettings unclocked =
                new SearchSettings(settings.seed(), settings.steps(), OptionalDouble.empty(), settings.gapPercent());
        PlanAnswer base = CapacityPlanner.plan(scenario, book, unclocked, Optional.empty(), stop);
        WhatIfs whatIfs = new WhatIfs(book, unclocked, stop);
        boolean planned = base.plan().isPresent();
        List<Explanation.LimitWorth> limits = planned ? new LimitWorths(base, book, whatIfs, stop).all() : List.of();
        List<Explanation.BreakEven> breakEvens = planned ? new BreakEvens(base, whatIfs).all() : List.of();
        List<Explanation.Driver> drivers = planned ? new Drivers(base, whatIfs).all() : List.of();
        boolean wasInterrupted = interrupted.getAsBoolean();
        return new Explanation(
                base,
                limits,
                breakEvens,
                drivers,
                new Explanation.Run(
                        whatIfs.solves(),
                        (System.nanoTime() - begin) / 1e9,
                        !clockEnded[0] && !wasInterrupted,
                        wasInterrupted));
    }
}
