package muster.planner;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import muster.planner.cost.Grid;
import muster.planner.domain.Objective;
import muster.planner.domain.Plan;
import muster.planner.domain.PlanAnswer;
import muster.planner.domain.Pool;
import muster.planner.domain.Scenario;
import muster.planner.perf.RateBook;

/** Why a plan mixes pools: what each pool of its job could do alone. Only for one job, where that can be proved. */
final class OnePoolPlans {
    private final Scenario scenario;
    private final RateBook book;
    private final BooleanSupplier stop;

    OnePoolPlans(Scenario scenario, RateBook book, BooleanSupplier stop) {
        this.scenario = scenario;
        this.book = book;
        this.stop = stop;
    }

    /** {@return a row for each pool that the job could run on alone; nothing where the plan does not mix} */
    List<PlanAnswer.OnePool> of(Plan plan) {
        if (plan.jobs().size() != 1 || plan.jobs().getFirst().pools().size() < 2) {
            return List.of();
        }
        return scenario.pools().stream()
                .filter(scenario.jobs().getFirst()::runsOn)
                .flatMap(pool -> alone(pool).stream())
                .toList();
    }

    private Optional<PlanAnswer.OnePool> alone(Pool pool) {
        Scenario only = scenario.withPools(List.of(pool));
        FleetInquiry.Finding finding =
                new FleetInquiry(only, book, FleetInquiry.whatIf(scenario.seed()), stop).proveOnly(Optional.empty());
        if (!finding.infeasible() && !(finding.exact() && finding.feasible())) {
            return Optional.empty();
        }
        Objective objective = scenario.objectives().getFirst();
        String job = scenario.jobs().getFirst().name();
        OptionalDouble value = finding.value().stream()
                .map(units -> Grid.reported(objective, units))
                .findFirst();
        List<PlanAnswer.Relaxation> waysOut =
                finding.infeasible() ? new ConflictFinder(only, book, stop).waysOut() : List.of();
        return Optional.of(new PlanAnswer.OnePool(job, pool.name(), value, waysOut));
    }
}
