package muster.planner.check;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import muster.planner.check.DerivedJob.Holding;
import muster.planner.domain.Acquisition;
import muster.planner.domain.Plan;

/** One row per pool and tenure in use, pools in the scenario's order, in the order in which jobs take them. */
final class FleetRules {
    private record Row(PoolFacts pool, Acquisition acquisition, int nodes, BigDecimal usd) {
        String key() {
            return "pool " + pool.name() + ", " + acquisition.key();
        }
    }

    private FleetRules() {}

    static void check(Derivation derivation, Plan plan, Violations violations) {
        List<Row> rows = rows(derivation);
        List<String> stated = plan.fleet().stream()
                .map(row ->
                        "pool " + row.pool().name() + ", " + row.acquisition().key())
                .toList();
        List<String> derived = rows.stream().map(Row::key).toList();
        violations.equal("fleet, rows", stated, derived);
        if (!stated.equals(derived)) {
            return;
        }
        // A row's cost may be an exact share of costs that were rounded once per job.
        BigDecimal slackUsd = BigDecimal.valueOf(derivation.jobs().size() + 1L).movePointLeft(6);
        for (int r = 0; r < rows.size(); r++) {
            Row row = rows.get(r);
            Plan.FleetRow statedRow = plan.fleet().get(r);
            if (!statedRow.pool().equals(row.pool().pool())) {
                violations.add("fleet, %s: %s is not the scenario's pool", row.key(), statedRow.pool());
            }
            violations.equal("fleet, " + row.key() + ", most nodes at once", statedRow.nodes(), row.nodes());
            violations.close("fleet, " + row.key() + ", USD", statedRow.usd(), row.usd(), slackUsd);
        }
    }

    private static List<Row> rows(Derivation derivation) {
        List<Row> rows = new ArrayList<>();
        for (int p = 0; p < derivation.pools().size(); p++) {
            BigDecimal capex = TermCosts.capexMicroUsd(derivation, p);
            BigDecimal reserve = TermCosts.reserveMicroUsd(derivation, p);
            rows.add(row(
                    derivation,
                    p,
                    Acquisition.OWN,
                    Holding::ownedNodes,
                    Holding::ownedEnergyMicroUsdPerHour,
                    BigDecimal.ZERO));
            rows.add(row(
                    derivation, p, Acquisition.BUY, Holding::boughtNodes, Holding::boughtEnergyMicroUsdPerHour, capex));
            rows.add(row(derivation, p, Acquisition.RESERVE, Holding::reservedNodes, none -> BigDecimal.ZERO, reserve));
            rows.add(row(
                    derivation,
                    p,
                    Acquisition.RENT,
                    Holding::rentedNodes,
                    Holding::rentMicroUsdPerHour,
                    BigDecimal.ZERO));
            rows.add(row(
                    derivation,
                    p,
                    Acquisition.SPOT,
                    Holding::spotNodes,
                    Holding::spotMicroUsdPerHour,
                    BigDecimal.ZERO));
        }
        return rows.stream().filter(row -> row.nodes() > 0).toList();
    }

    private static Row row(
            Derivation derivation,
            int p,
            Acquisition acquisition,
            ToIntFunction<Holding> nodes,
            Function<Holding, BigDecimal> microUsdPerHour,
            BigDecimal beside) {
        BigDecimal microUsd = DerivedJob.sum(derivation.jobs().stream()
                .map(job -> microUsdPerHour.apply(job.holdings().get(p)).multiply(job.hours()))
                .toList());
        return new Row(
                derivation.pools().get(p),
                acquisition,
                derivation.most(p, nodes),
                microUsd.add(beside).movePointLeft(6));
    }
}
