package muster.planner.cost;

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
import muster.planner.perf.PlacedJob;

/** Writes a choice out as a plan: every figure that a report shows, none rounded further than the ledger does. */
public final class PlanLedger {
    private PlanLedger() {}

    /** @param choice as plans state it, see {@link Lots#toPlan} */
    public static Plan plan(Scenario scenario, FleetProblem problem, FleetChoice choice) {
        int[][] nodes = problem.lots().ofPlan(choice).nodes();
        long[] starts = choice.startMicros();
        Ledger ledger = new Ledger(problem);
        ledger.evaluate(nodes, starts);
        List<Plan.JobPlan> jobs = new ArrayList<>();
        double gpuHours = 0.0;
        for (int j = 0; j < nodes.length; j++) {
            Plan.JobPlan job = jobPlan(scenario, problem, ledger, j, nodes[j], starts[j]);
            gpuHours += job.gpuHours();
            jobs.add(job);
        }
        int[] bought = new int[problem.poolCount()];
        int[] reserved = new int[problem.poolCount()];
        for (int p = 0; p < problem.poolCount(); p++) {
            bought[p] = ledger.peak(Acquisition.BUY, p);
            reserved[p] = ledger.peak(Acquisition.RESERVE, p);
        }
        return new Plan(
                problem.lots().toPlan(new FleetChoice(nodes, starts, bought, reserved)),
                jobs,
                fleet(scenario, problem, ledger, nodes),
                sites(scenario, ledger),
                new Plan.Totals(
                        ledger.rentMicroUsd(),
                        ledger.energyMicroUsd(),
                        ledger.terms().capexMicroUsd(),
                        ledger.terms().reserveMicroUsd(),
                        jobs.stream().mapToLong(Plan.JobPlan::spotMicroUsd).sum(),
                        ledger.finishMicros(),
                        gpuHours,
                        ledger.energyJoules(),
                        Double.isNaN(ledger.carbonGrams())
                                ? OptionalLong.empty()
                                : OptionalLong.of((long) ledger.carbonGrams()),
                        ledger.peakMilliwatts(),
                        energyPriced(scenario, problem, ledger)));
    }

    private static Plan.JobPlan jobPlan(
            Scenario scenario, FleetProblem problem, Ledger ledger, int j, int[] nodes, long start) {
        double tokensPerSecond = ledger.tokensPerSecond(j);
        double hours = problem.tokens(j) / tokensPerSecond / 3600;
        PlacedJob placed = problem.rates(j).placed(nodes);
        Optional<Plan.Interruption> interruption = problem.rates(j).interruption(nodes);
        double timeFactor =
                1 + interruption.map(Plan.Interruption::overheadFraction).orElse(0.0);
        int[] held = problem.lots().byPool(nodes);
        List<Plan.PoolShare> shares = new ArrayList<>();
        long gpus = 0;
        for (int p = 0; p < held.length; p++) {
            if (held[p] > 0) {
                int lot = problem.lots().first(p);
                double rate = placed.poolTokensPerSecond()[p] / timeFactor;
                Plan.PoolShare share = new Plan.PoolShare(
                        scenario.pools().get(p),
                        held[p],
                        ledger.tenure().ownedNodes(j, lot),
                        ledger.tenure().boughtNodes(j, lot),
                        ledger.tenure().reservedNodes(j, lot),
                        held[p] - nodes[lot],
                        scenario.pools().get(p).spareNodes(held[p]),
                        rate,
                        rate / tokensPerSecond,
                        placed.poolRuns()[p]);
                gpus += share.gpus();
                shares.add(share);
            }
        }
        return new Plan.JobPlan(
                scenario.jobs().get(j),
                start,
                ledger.durationMicros(j),
                tokensPerSecond,
                gpus * hours,
                ledger.amounts(j).rentMicroUsd(),
                ledger.amounts(j).energyMicroUsd(),
                ledger.amounts(j).sharedMicroUsd(),
                ledger.amounts(j).spotMicroUsd(),
                interruption,
                shares,
                placed.step());
    }

    private static List<Plan.FleetRow> fleet(Scenario scenario, FleetProblem problem, Ledger ledger, int[][] nodes) {
        List<Plan.FleetRow> rows = new ArrayList<>();
        for (int p = 0; p < problem.poolCount(); p++) {
            Pool pool = scenario.pools().get(problem.lots().pool(p));
            for (Acquisition acquisition : Acquisition.values()) {
                int most = ledger.peak(acquisition, p);
                if (most > 0) {
                    double usd = microUsd(problem, ledger, acquisition, p, nodes) / 1e6;
                    rows.add(new Plan.FleetRow(pool, acquisition, most, usd));
                }
            }
        }
        return rows;
    }

    /** What a row of the fleet costs: hours of its nodes, and what they cost apart from hours. */
    private static double microUsd(FleetProblem problem, Ledger ledger, Acquisition acquisition, int p, int[][] nodes) {
        double microUsd = 0.0;
        for (int j = 0; j < nodes.length; j++) {
            double hours = problem.tokens(j) / ledger.tokensPerSecond(j) / 3600;
            int owned = ledger.tenure().ownedNodes(j, p);
            int bought = ledger.tenure().boughtNodes(j, p);
            microUsd += switch (acquisition) {
                case OWN -> owned * problem.energyMicroUsdPerNodeHour(p) * hours;
                case BUY -> bought * problem.energyMicroUsdPerNodeHour(p) * hours;
                case RESERVE -> 0;
                case RENT, SPOT ->
                    (nodes[j][p] - owned - bought - ledger.tenure().reservedNodes(j, p))
                            * problem.rentMicroUsdPerNodeHour(p)
                            * hours;
            };
        }
        return switch (acquisition) {
            case OWN, RENT, SPOT -> microUsd;
            case BUY -> microUsd + ledger.terms().capexMicroUsd(p);
            case RESERVE -> microUsd + ledger.terms().reserveMicroUsd(p);
        };
    }

    private static List<Plan.SiteUse> sites(Scenario scenario, Ledger ledger) {
        List<Plan.SiteUse> uses = new ArrayList<>();
        for (int s = 0; s < scenario.sites().size(); s++) {
            Site site = scenario.sites().get(s);
            if (!site.caps().equals(Site.Caps.NONE)) {
                uses.add(new Plan.SiteUse(site, ledger.peakSiteMilliwatts(s), ledger.siteRacks(s)));
            }
        }
        return uses;
    }

    private static boolean energyPriced(Scenario scenario, FleetProblem problem, Ledger ledger) {
        for (Pool pool : scenario.pools()) {
            int lot = problem.lots().first(scenario.pools().indexOf(pool));
            boolean priced = pool.site().flatMap(site -> site.usdPerKwh()).isPresent();
            if (ledger.peak(Acquisition.OWN, lot) + ledger.peak(Acquisition.BUY, lot) > 0 && !priced) {
                return false;
            }
        }
        return true;
    }
}
