package muster.planner.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import muster.planner.domain.Acquisition;
import muster.planner.domain.FleetChoice;
import muster.planner.domain.Plan;
import muster.planner.domain.Pool;
import muster.planner.domain.Scenario;
import muster.planner.domain.Site;
import muster.planner.oracle.Outcome.Holding;

/** Writes a choice out as a whole plan, so that plans exist to judge without asking the planner for them. */
public final class PlainPlans {
    private PlainPlans() {}

    /** {@return the plan of that choice, limits not looked at; empty where the choice breaks another rule} */
    public static Optional<Plan> plan(Scenario scenario, FleetChoice choice) {
        return new PlainArithmetic(scenario).outcome(choice).map(outcome -> plan(scenario, outcome));
    }

    /**
     * {@return the plan that a planner would write who believes in {@code believed} while {@code scenario} is asked}
     * Both have the same jobs and pools, by number; that is how a plan that breaks a rule comes about.
     */
    public static Plan planBelieving(Scenario believed, Scenario scenario, FleetChoice choice) {
        return plan(scenario, new PlainArithmetic(believed).outcome(choice).orElseThrow());
    }

    private static Plan plan(Scenario scenario, Outcome outcome) {
        List<Plan.JobPlan> jobs = new ArrayList<>();
        long rent = 0;
        long energy = 0;
        double gpuHours = 0;
        boolean energyPriced = true;
        for (int j = 0; j < scenario.jobs().size(); j++) {
            Plan.JobPlan job = jobPlan(scenario, outcome, j);
            jobs.add(job);
            rent += job.rentMicroUsd();
            energy += job.energyMicroUsd();
            gpuHours += job.gpuHours();
            energyPriced &= job.pools().stream()
                    .allMatch(share -> share.ownedNodes() == 0
                            || energyPriceUsdPerKwh(share.pool()).isPresent());
        }
        OptionalLong carbon = outcome.carbonGrams() == Outcome.NO_CARBON
                ? OptionalLong.empty()
                : OptionalLong.of(outcome.carbonGrams());
        return new Plan(
                outcome.choice(),
                jobs,
                fleet(scenario, outcome, jobs),
                new Plan.Totals(
                        rent,
                        energy,
                        outcome.finishMicros(),
                        gpuHours,
                        outcome.energyJoules(),
                        carbon,
                        outcome.peakMilliwatts(),
                        energyPriced));
    }

    private static Plan.JobPlan jobPlan(Scenario scenario, Outcome outcome, int j) {
        Holding holding = outcome.holdings()[j];
        List<Plan.PoolShare> shares = new ArrayList<>();
        int gpus = 0;
        for (int p = 0; p < scenario.pools().size(); p++) {
            Pool pool = scenario.pools().get(p);
            int nodes = holding.nodes()[p];
            if (nodes > 0) {
                int poolGpus = nodes * pool.node().gpusPerNode().asInt();
                int computing = new ScenarioColumns(scenario).computing(p, nodes);
                double rate = computing
                        * pool.node().gpusPerNode().asInt()
                        * scenario.jobs().get(j).measured().get(pool.name()).value();
                shares.add(new Plan.PoolShare(
                        pool,
                        nodes,
                        outcome.ownedNodes()[j][p],
                        0,
                        0,
                        0,
                        nodes - computing,
                        rate,
                        rate / holding.tokensPerSecond(),
                        Optional.empty()));
                gpus += poolGpus;
            }
        }
        return new Plan.JobPlan(
                scenario.jobs().get(j),
                outcome.startMicros()[j],
                holding.durationMicros(),
                holding.tokensPerSecond(),
                gpus * (holding.durationMicros() / 3600e6),
                outcome.rentMicroUsd()[j],
                outcome.energyMicroUsd()[j],
                shares,
                Optional.empty());
    }

    private static List<Plan.FleetRow> fleet(Scenario scenario, Outcome outcome, List<Plan.JobPlan> jobs) {
        List<Plan.FleetRow> rows = new ArrayList<>();
        for (Pool pool : scenario.pools()) {
            for (Acquisition acquisition : List.of(Acquisition.OWN, Acquisition.RENT)) {
                int mostNodes = 0;
                double usd = 0;
                for (Plan.JobPlan job : jobs) {
                    int busy = 0;
                    for (Plan.JobPlan other : jobs) {
                        boolean running =
                                other.startMicros() <= job.startMicros() && job.startMicros() < other.endMicros();
                        busy += running ? nodes(other, pool, acquisition) : 0;
                    }
                    mostNodes = Math.max(mostNodes, busy);
                    double hours = job.job().tokens().value() / job.tokensPerSecond() / 3600;
                    int held = nodes(job, pool, acquisition);
                    usd += held == 0 ? 0 : held * usdPerNodeHour(pool, acquisition) * hours;
                }
                if (mostNodes > 0) {
                    rows.add(new Plan.FleetRow(pool, acquisition, mostNodes, usd));
                }
            }
        }
        return rows;
    }

    private static int nodes(Plan.JobPlan job, Pool pool, Acquisition acquisition) {
        return job.pools().stream()
                .filter(share -> share.pool().equals(pool))
                .mapToInt(share ->
                        acquisition == Acquisition.OWN ? share.ownedNodes() : share.nodes() - share.ownedNodes())
                .sum();
    }

    private static double usdPerNodeHour(Pool pool, Acquisition acquisition) {
        return switch (acquisition) {
            case OWN ->
                Math.round(pool.node().trainingPowerWatts().value()
                                * pool.powerUsageEffectiveness().value()
                                * 1000)
                        / 1e6
                        * energyPriceUsdPerKwh(pool).orElse(0.0);
            case BUY, RESERVE, SPOT -> throw new IllegalArgumentException("plain plans own and rent nodes only");
            case RENT ->
                pool.node().gpusPerNode().asInt()
                        * Math.round(pool.rentUsdPerGpuHour()
                                        .map(price -> price.value())
                                        .orElse(0.0)
                                * 1e6)
                        / 1e6;
        };
    }

    private static Optional<Double> energyPriceUsdPerKwh(Pool pool) {
        return pool.site().flatMap(Site::usdPerKwh).map(price -> price.value());
    }
}
