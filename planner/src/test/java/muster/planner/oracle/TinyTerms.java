package muster.planner.oracle;

import java.util.Optional;
import java.util.SplittableRandom;
import muster.planner.domain.BaseUnit;
import muster.planner.domain.Confidence;
import muster.planner.domain.Figure;
import muster.planner.domain.Origin;
import muster.planner.domain.Pool;
import muster.planner.domain.Scenario;

/** {@link TinyPrograms} with spare nodes. */
public final class TinyTerms {
    private static final Origin ORIGIN = new Origin("test", "2026-01-01", Confidence.LOW);

    private final SplittableRandom random;

    private TinyTerms(long seed) {
        this.random = new SplittableRandom(seed * 17 + 3);
    }

    /** {@return the scenario of that seed, the same on every machine} */
    public static Scenario scenario(long seed) {
        return new TinyTerms(seed).withSpares(TinyPrograms.scenario(seed));
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

    private static Figure figure(double value, BaseUnit unit) {
        return new Figure(value, unit, ORIGIN);
    }
}
