package muster.planner;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import muster.planner.cost.Grid;
import muster.planner.domain.Objective;
import muster.planner.domain.Plan;
import muster.planner.domain.PlanAnswer;
import muster.planner.domain.PlanAnswer.OnePool.Verdict;
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
                .map(this::alone)
                .toList();
    }

    private PlanAnswer.OnePool alone(Pool pool) {
        String job = scenario.jobs().getFirst().name();
        Scenario only = scenario.withPools(List.of(pool));
        if (book.of(only).getFirst().mostNodes(0) == 0) {
            return new PlanAnswer.OnePool(job, pool.name(), Verdict.NO_LAYOUT, OptionalDouble.empty(), List.of());
        }
        FleetInquiry.Finding finding =
                new FleetInquiry(only, book, FleetInquiry.whatIf(scenario.seed()), stop).proveOnly(Optional.empty());
        if (finding.infeasible()) {
            return new PlanAnswer.OnePool(
                    job,
                    pool.name(),
                    Verdict.BREAKS_LIMITS,
                    OptionalDouble.empty(),
                    new ConflictFinder(only, book, stop).waysOut());
        }
        if (!finding.exact() || !finding.feasible()) {
            return new PlanAnswer.OnePool(job, pool.name(), Verdict.NOT_SETTLED, OptionalDouble.empty(), List.of());
        }
        Objective objective = scenario.objectives().getFirst();
        double value = Grid.reported(objective, finding.value().getAsDouble());
        return new PlanAnswer.OnePool(job, pool.name(), Verdict.POSSIBLE, OptionalDouble.of(value), List.of());
    }
}
