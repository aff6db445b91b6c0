package muster.planner.perf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import muster.planner.cost.FleetProblem;
import muster.planner.domain.BaseUnit;
import muster.planner.domain.Confidence;
import muster.planner.domain.Figure;
import muster.planner.domain.Origin;
import muster.planner.domain.Pool;
import muster.planner.domain.Scenario;
import muster.planner.oracle.ModelledScenarios;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** Rates of jobs that generate: pools add up, and no fleet is faster than any ceiling says. */
class GenerationRatesTest {
    private static final int MOST = 12;

    /** Llama 3.1 405B in BF16 takes two nodes of H100, so that every second node adds nothing. */
    @Test
    void aReplicaOverTwoNodesMakesAStaircase() {
        Scenario scenario = ModelledScenarios.writing405b();
        JobRates rates = new RateBook().of(scenario).getFirst();
        double[] perCount = new double[MOST + 1];
        for (int nodes = 1; nodes <= MOST; nodes++) {
            perCount[nodes] = rates.tokensPerSecond(new int[] {nodes});
        }
        assertThat(perCount[1]).isZero();
        assertThat(perCount[2]).isPositive();
        assertThat(perCount[3]).isEqualTo(perCount[2]);
        for (int nodes = 4; nodes <= MOST; nodes++) {
            assertThat(perCount[nodes]).as("%d nodes", nodes).isGreaterThanOrEqualTo(perCount[nodes - 1]);
            if (nodes % 2 == 1) {
                assertThat(perCount[nodes]).as("%d nodes", nodes).isEqualTo(perCount[nodes - 1]);
            }
        }
    }

    @Property(tries = 200)
    void poolsAddUpAndNoPointOfABoxIsFasterThanItsBounds(@ForAll @LongRange(min = 0, max = 40) long seed) {
        Scenario scenario = ModelledScenarios.generating(seed, MOST);
        JobRates rates = new RateBook().of(scenario).getFirst();
        Random random = new Random(seed);
        int[] low = new int[3];
        int[] high = new int[3];
        int[] nodes = new int[3];
        for (int draw = 0; draw < 20; draw++) {
            for (int p = 0; p < 3; p++) {
                int step = granularity(scenario.pools().get(p));
                low[p] = step * random.nextInt(MOST / step + 1);
                high[p] = low[p] + step * random.nextInt((MOST - low[p]) / step + 1);
                nodes[p] = low[p] + step * random.nextInt((high[p] - low[p]) / step + 1);
            }
            double rate = rates.tokensPerSecond(nodes);
            double[] ceilings = new double[3];
            rates.ceilings(low, high, ceilings);
            double sum = 0;
            double apart = 0;
            for (int p = 0; p < 3; p++) {
                int[] alone = new int[3];
                alone[p] = nodes[p];
                sum += nodes[p] * ceilings[p];
                apart += rates.tokensPerSecond(alone);
            }
            assertThat(rate).isLessThanOrEqualTo(sum * (1 + 1e-12));
            assertThat(rate).isLessThanOrEqualTo(rates.mostTokensPerSecond(low, high));
            assertThat(rate).isIn(0.0, apart);
        }
    }

    /** Of a scalable unit of four nodes with a spare one three compute, which no multiple of four says. */
    @Test
    void spareNodesLeaveCountsThatAreNoMultipleOfTheGranularity() {
        Scenario scenario = ModelledScenarios.generating(3, MOST);
        Pool plain = scenario.pools().getLast();
        Pool inFours = new Pool(
                plain.name(),
                plain.node(),
                plain.maxNodes(),
                plain.ownNodes(),
                plain.rentUsdPerGpuHour(),
                figure(4),
                plain.network(),
                plain.site(),
                plain.powerUsageEffectiveness(),
                plain.supply(),
                Optional.of(figure(1)));
        Scenario spared = scenario.withPools(List.of(inFours));
        RateBook book = new RateBook();
        double expected = book.of(scenario.withPools(List.of(plain))).getFirst().tokensPerSecond(new int[] {3});
        assertThat(expected).isPositive();
        assertThat(book.of(spared).getFirst().tokensPerSecond(new int[] {3})).isEqualTo(expected);
        assertThat(FleetProblem.of(spared, book).rates(0).tokensPerSecond(new int[] {4}))
                .isEqualTo(expected);
    }

    private static Figure figure(int nodes) {
        return new Figure(nodes, BaseUnit.NODES, new Origin("test", "2026-01-01", Confidence.LOW));
    }

    private static int granularity(Pool pool) {
        return pool.granularityNodes().asInt();
    }
}
