package muster.planner.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import muster.planner.domain.BaseUnit;
import muster.planner.domain.Confidence;
import muster.planner.domain.Figure;
import muster.planner.domain.Objective;
import muster.planner.domain.Origin;
import muster.planner.domain.Pool;
import muster.planner.domain.Scenario;
import muster.planner.domain.Supply;

/** {@link TinyPrograms} with spare nodes and spot nodes; evictions are as frequent as a job of that length feels them. */
public final class TinyTerms {
    private static final Origin ORIGIN = new Origin("test", "2026-01-01", Confidence.LOW);

    private final SplittableRandom random;

    private TinyTerms(long seed) {
        this.random = new SplittableRandom(seed * 17 + 3);
    }

    /** {@return the scenario of that seed, the same on every machine} */
    public static Scenario scenario(long seed) {
        TinyTerms terms = new TinyTerms(seed);
        Scenario plain = terms.random.nextBoolean() ? TinyPrograms.scenario(seed) : TinyScenarios.scenario(seed);
        return terms.withSpot(terms.withSpares(terms.mostlyCheap(plain)));
    }

    /** Spot nodes are of use where money is. */
    private Scenario mostlyCheap(Scenario scenario) {
        return random.nextInt(4) == 0 ? scenario : scenario.withObjectives(List.of(Objective.COST));
    }

    private Scenario withSpares(Scenario scenario) {
        return scenario.withPools(scenario.pools().stream().map(this::withSpare).toList());
    }

    private Pool withSpare(Pool pool) {
        int most = pool.maxNodes().asInt();
        return switch (random.nextInt(3)) {
            case 0 -> pool.withSpare(Optional.of(figure(random.nextInt(Math.min(most, 3)), BaseUnit.NODES)));
            case 1 -> pool.withSpare(Optional.of(figure(random.nextInt(51) / 100.0, BaseUnit.FRACTION)));
            default -> pool;
        };
    }

    /** Cheaper than the rent by little or much, so that the best fleets have none, some and all of them. */
    private Scenario withSpot(Scenario scenario) {
        int offering = random.nextInt(scenario.pools().size());
        int most = scenario.jobs().size() == 1 ? 12 : 6;
        List<Pool> pools = new ArrayList<>(scenario.pools());
        for (int p = 0; p < pools.size(); p++) {
            Pool pool = pools.get(p);
            boolean few = pool.maxNodes().asInt() <= most;
            if (few && (p == offering || scenario.jobs().size() == 1 && random.nextInt(3) == 0)) {
                pools.set(p, pool.withSupply(pool.supply().withSpot(Optional.of(spot(pool)))));
            }
        }
        return scenario.withPools(pools);
    }

    private Supply.Spot spot(Pool pool) {
        double rent = pool.rentUsdPerGpuHour().map(Figure::value).orElse(2.0);
        return new Supply.Spot(
                figure(rent * random.nextDouble(0.1, 0.9), BaseUnit.USD_PER_GPU_HOUR),
                figure(Math.pow(10, random.nextDouble(-4, 0)), BaseUnit.PER_HOUR),
                figure(Math.rint(Math.pow(10, random.nextDouble(0, 2.5))), BaseUnit.SECONDS),
                figure(Math.rint(Math.pow(10, random.nextDouble(1, 3.5))), BaseUnit.SECONDS));
    }

    private static Figure figure(double value, BaseUnit unit) {
        return new Figure(value, unit, ORIGIN);
    }
}
