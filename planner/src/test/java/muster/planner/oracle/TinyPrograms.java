package muster.planner.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import muster.planner.domain.Accounting;
import muster.planner.domain.BaseUnit;
import muster.planner.domain.Confidence;
import muster.planner.domain.Figure;
import muster.planner.domain.Job;
import muster.planner.domain.Limits;
import muster.planner.domain.Origin;
import muster.planner.domain.Pool;
import muster.planner.domain.Scenario;
import muster.planner.domain.Site;
import muster.planner.domain.Supply;

/**
 * {@link TinyScenarios} with what programs add: pools that come in tranches, sites with caps, nodes to buy or reserve. Times
 * are cut from
 * what the scenario's own fleets take, so that waiting for more nodes is often worth it.
 */
public final class TinyPrograms {
    private static final Origin ORIGIN = new Origin("test", "2026-01-01", Confidence.LOW);

    private final SplittableRandom random;
    private final Scenario plain;
    private final double typicalSeconds;

    private TinyPrograms(long seed) {
        this.random = new SplittableRandom(seed * 31 + 7);
        this.plain = TinyScenarios.scenario(seed);
        this.typicalSeconds = typicalSeconds();
    }

    /** {@return the scenario of that seed, the same on every machine} */
    public static Scenario scenario(long seed) {
        TinyPrograms program = new TinyPrograms(seed);
        return program.withTerms(program.withSites(program.withTranches(program.looser(program.plain))));
    }

    /** Cut to the unit for other pools, limits would mostly be impossible. */
    private Scenario looser(Scenario scenario) {
        Limits limits = scenario.limits();
        return scenario.withLimits(new Limits(
                        scaled(limits.deadlineSeconds()), scaled(limits.budgetUsd()), scaled(limits.powerWatts())))
                .withJobs(scenario.jobs().stream()
                        .map(job -> job.withDeadline(scaled(job.deadlineSeconds())))
                        .toList());
    }

    private Optional<Figure> scaled(Optional<Figure> limit) {
        double factor = random.nextInt(3) == 0 ? 1 : random.nextDouble(1, 3);
        return limit.filter(stated -> random.nextInt(4) > 0)
                .map(stated -> figure(stated.value() * factor, stated.unit()));
    }

    private Scenario withTranches(Scenario scenario) {
        List<Pool> pools = new ArrayList<>();
        for (Pool pool : scenario.pools()) {
            pools.add(
                    random.nextInt(3) == 0
                            ? pool
                            : pool.withSupply(pool.supply().withAvailable(tranches(pool))));
        }
        return scenario.withPools(pools);
    }

    private List<Supply.Tranche> tranches(Pool pool) {
        int left = pool.maxNodes().asInt();
        double from = random.nextBoolean() ? 0 : Math.rint(typicalSeconds * random.nextDouble());
        List<Supply.Tranche> tranches = new ArrayList<>();
        while (left > 0 && tranches.size() < 2) {
            int nodes = tranches.size() == 1 && random.nextBoolean() ? left : 1 + random.nextInt(left);
            tranches.add(new Supply.Tranche(figure(from, BaseUnit.SECONDS), figure(nodes, BaseUnit.NODES)));
            left -= nodes;
            from += 1 + Math.rint(typicalSeconds * random.nextDouble());
        }
        return tranches;
    }

    /** One pool of few nodes, or any of a single job: brute force tries every count of bought and of reserved nodes. */
    private Scenario withTerms(Scenario scenario) {
        boolean oneJob = scenario.jobs().size() == 1;
        List<Pool> pools = new ArrayList<>();
        boolean offered = false;
        for (Pool pool : scenario.pools()) {
            boolean few = pool.maxNodes().asInt() <= (oneJob ? 12 : 4);
            boolean offers = few && (oneJob || !offered) && random.nextInt(4) > 0;
            pools.add(offers ? withTerms(pool) : pool);
            offered |= offers;
        }
        return scenario.withPools(pools).withAccounting(random.nextBoolean() ? Accounting.AMORTISED : Accounting.CASH);
    }

    /** Prices around the rent, so that each way of getting nodes is best somewhere. */
    private Pool withTerms(Pool pool) {
        double rent = pool.rentUsdPerGpuHour().map(Figure::value).orElse(2.0);
        double hourly = rent * pool.node().gpusPerNode().asInt();
        double life = typicalSeconds * random.nextDouble(0.5, 20);
        double price = random.nextBoolean()
                ? hourly * typicalSeconds / 3600 * random.nextDouble(0.1, 2)
                : hourly * life / 3600 * random.nextDouble(0.1, 1.5);
        Supply.Purchase purchase = new Supply.Purchase(
                figure(Math.max(1e-4, price), BaseUnit.USD_PER_NODE),
                figure(Math.max(1, life), BaseUnit.SECONDS),
                figure(random.nextBoolean() ? 0 : 0.2, BaseUnit.FRACTION),
                figure(random.nextBoolean() ? 0 : Math.rint(typicalSeconds * random.nextDouble()), BaseUnit.SECONDS),
                figure(random.nextBoolean() ? 0 : 0.08, BaseUnit.FRACTION));
        Supply.Reservation reservation = new Supply.Reservation(
                figure(rent * random.nextDouble(0.3, 1.1), BaseUnit.USD_PER_GPU_HOUR),
                figure(Math.max(1, Math.rint(typicalSeconds * random.nextDouble(0.1, 3))), BaseUnit.SECONDS));
        int offers = random.nextInt(3);
        return pool.withSupply(new Supply(
                Optional.of(purchase).filter(terms -> offers != 0),
                Optional.of(reservation).filter(terms -> offers != 1),
                pool.supply().available()));
    }

    private Scenario withSites(Scenario scenario) {
        if (random.nextInt(3) == 0) {
            return scenario;
        }
        // One site for all pools that state no price or grid: caps tie pools together.
        Site.Caps caps = caps(scenario);
        Site shared = new Site(
                "hall",
                "hall",
                scenario.pools().getFirst().powerUsageEffectiveness(),
                Optional.empty(),
                Optional.empty());
        return scenario.withPools(scenario.pools().stream()
                .map(pool ->
                        pool.withSite(Optional.of(pool.site().orElse(shared).withCaps(caps))))
                .toList());
    }

    private Site.Caps caps(Scenario scenario) {
        double node = scenario.pools().stream()
                .mapToDouble(pool -> pool.node().trainingPowerWatts().value())
                .max()
                .orElseThrow();
        boolean racked = random.nextBoolean();
        return new Site.Caps(
                Optional.of(figure(Math.rint(node * random.nextDouble(1, 12)), BaseUnit.WATTS))
                        .filter(power -> random.nextInt(3) > 0),
                Optional.of(figure(1 + random.nextInt(6), BaseUnit.COUNT)).filter(racks -> racked),
                Optional.of(figure(Math.rint(node * random.nextDouble(1.01, 4)), BaseUnit.WATTS))
                        .filter(power -> racked));
    }

    /** The time of the first job on half of what there is. */
    private double typicalSeconds() {
        Job job = plain.jobs().getFirst();
        double rate = plain.pools().stream()
                .flatMap(pool -> Stream.ofNullable(job.measured().get(pool.name()))
                        .map(each -> each.value()
                                * pool.node().gpusPerNode().asInt()
                                * pool.maxNodes().asInt()))
                .mapToDouble(Double::doubleValue)
                .sum();
        return Math.max(1, 2 * job.tokens().value() / rate);
    }

    private static Figure figure(double value, BaseUnit unit) {
        return new Figure(value, unit, ORIGIN);
    }
}
