package muster.planner.cost;

import java.util.ArrayList;
import java.util.List;
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

    public static Plan plan(Scenario scenario, FleetProblem problem, FleetChoice choice) {
        int[][] nodes = choice.nodes();
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
        return new Plan(
                choice,
                jobs,
                fleet(scenario, problem, ledger, nodes),
                sites(scenario, ledger),
                new Plan.Totals(
                        ledger.rentMicroUsd(),
                        ledger.energyMicroUsd(),
                        ledger.finishMicros(),
                        gpuHours,
                        ledger.energyJoules(),
                        Double.isNaN(ledger.carbonGrams())
                                ? OptionalLong.empty()
                                : OptionalLong.of((long) ledger.carbonGrams()),
                        ledger.peakMilliwatts(),
                        energyPriced(scenario, ledger)));
    }

    private static Plan.JobPlan jobPlan(
            Scenario scenario, FleetProblem problem, Ledger ledger, int j, int[] nodes, long start) {
        double tokensPerSecond = ledger.tokensPerSecond(j);
        double hours = problem.tokens(j) / tokensPerSecond / 3600;
        PlacedJob placed = PlacedJob.of(problem.rates(j), nodes);
        List<Plan.PoolShare> shares = new ArrayList<>();
        long gpus = 0;
        for (int p = 0; p < nodes.length; p++) {
            if (nodes[p] > 0) {
                double rate = placed.poolTokensPerSecond()[p];
                Plan.PoolShare share = new Plan.PoolShare(
                        scenario.pools().get(p),
                        nodes[p],
                        ledger.ownedNodes(j, p),
                        rate,
                        rate / tokensPerSecond,
                        placed.poolSteps()[p]);
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
                ledger.rentMicroUsd(j),
                ledger.energyMicroUsd(j),
                shares,
                placed.step());
    }

    private static List<Plan.FleetRow> fleet(Scenario scenario, FleetProblem problem, Ledger ledger, int[][] nodes) {
        List<Plan.FleetRow> rows = new ArrayList<>();
        for (int p = 0; p < problem.poolCount(); p++) {
            double rentUsd = 0.0;
            double energyUsd = 0.0;
            for (int j = 0; j < nodes.length; j++) {
                double hours = problem.tokens(j) / ledger.tokensPerSecond(j) / 3600;
                int owned = ledger.ownedNodes(j, p);
                rentUsd += (nodes[j][p] - owned) * problem.rentMicroUsdPerNodeHour(p) * hours / 1e6;
                energyUsd += owned * problem.energyMicroUsdPerNodeHour(p) * hours / 1e6;
            }
            Pool pool = scenario.pools().get(p);
            if (ledger.peakOwned(p) > 0) {
                rows.add(new Plan.FleetRow(pool, Acquisition.OWN, ledger.peakOwned(p), energyUsd));
            }
            if (ledger.peakRented(p) > 0) {
                rows.add(new Plan.FleetRow(pool, Acquisition.RENT, ledger.peakRented(p), rentUsd));
            }
        }
        return rows;
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

    private static boolean energyPriced(Scenario scenario, Ledger ledger) {
        for (int p = 0; p < scenario.pools().size(); p++) {
            boolean priced = scenario.pools()
                    .get(p)
                    .site()
                    .flatMap(site -> site.usdPerKwh())
                    .isPresent();
            if (ledger.peakOwned(p) > 0 && !priced) {
                return false;
            }
        }
        return true;
    }
}
