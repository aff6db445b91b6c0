package muster.planner.oracle;

import java.util.Optional;
import java.util.SplittableRandom;
import muster.planner.domain.BaseUnit;
import muster.planner.domain.Confidence;
import muster.planner.domain.Figure;
import muster.planner.domain.Origin;
import muster.planner.domain.Pool;
import muster.planner.domain.Scenario;
import muster.planner.domain.Supply;

/** Adds spot and spare nodes to pools of any size. */
public final class TermScenarios {
    private static final Origin ORIGIN = new Origin("test", "2026-01-01", Confidence.LOW);

    private TermScenarios() {}

    /** {@return the scenario with spot nodes in two of three pools and spare nodes in half of them} */
    public static Scenario withSpotAndSpares(Scenario scenario, long seed) {
        SplittableRandom random = new SplittableRandom(seed * 13 + 5);
        return scenario.withPools(
                scenario.pools().stream().map(pool -> extended(pool, random)).toList());
    }

    private static Pool extended(Pool pool, SplittableRandom random) {
        double rent = pool.rentUsdPerGpuHour().map(Figure::value).orElse(2.0);
        Supply.Spot spot = new Supply.Spot(
                figure(rent * random.nextDouble(0.2, 1), BaseUnit.USD_PER_GPU_HOUR),
                figure(Math.pow(10, random.nextDouble(-4, -0.5)), BaseUnit.PER_HOUR),
                figure(Math.rint(Math.pow(10, random.nextDouble(0, 2.5))), BaseUnit.SECONDS),
                figure(Math.rint(Math.pow(10, random.nextDouble(1, 3.5))), BaseUnit.SECONDS));
        Optional<Figure> spare = switch (random.nextInt(4)) {
            case 0 ->
                Optional.of(figure(random.nextInt(Math.min(3, pool.maxNodes().asInt())), BaseUnit.NODES));
            case 1 -> Optional.of(figure(random.nextInt(20) / 100.0, BaseUnit.FRACTION));
            default -> Optional.empty();
        };
        Pool spared = pool.withSpare(spare);
        return random.nextInt(3) == 0 ? spared : spared.withSupply(pool.supply().withSpot(Optional.of(spot)));
    }

    private static Figure figure(double value, BaseUnit unit) {
        return new Figure(value, unit, ORIGIN);
    }
}
