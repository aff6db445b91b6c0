package muster.planner.perf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import muster.planner.domain.Job;
import muster.planner.domain.LayoutEstimate;
import muster.planner.domain.Pool;
import muster.planner.domain.Scenario;
import muster.planner.oracle.ModelledScenarios;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** Rates of jobs on nodes: alone as estimated, together no faster than any ceiling says. */
class JobRatesTest {
    private static final Scenario SCENARIO = ModelledScenarios.threePools(24);
    private static final TrainingRates RATES =
            (TrainingRates) new RateBook().of(SCENARIO).getFirst();

    @Test
    void onePoolRunsTheFastestLayout() {
        Job job = SCENARIO.jobs().getFirst();
        Pool pool = SCENARIO.pools().getFirst();
        int compared = 0;
        for (int nodes = 1; nodes <= 24; nodes++) {
            List<LayoutEstimate> best = new LayoutEstimator(job, pool.node(), muster.planner.domain.LayoutWish.any())
                    .best(nodes, 1)
                    .best();
            boolean fits = !best.isEmpty() && best.getFirst().fits();
            double rate = RATES.tokensPerSecond(new int[] {nodes, 0, 0});
            assertThat(rate)
                    .as("%d nodes", nodes)
                    .isCloseTo(fits ? best.getFirst().tokensPerSecond() : 0, within(1e-9 * rate));
            compared += fits ? 1 : 0;
        }
        assertThat(compared).isGreaterThan(10);
    }

    @Property(tries = 300)
    void noPointOfABoxIsFasterThanItsBounds(@ForAll @LongRange(min = 0, max = 1L << 40) long seed) {
        Random random = new Random(seed);
        int[] low = new int[3];
        int[] high = new int[3];
        int[] nodes = new int[3];
        for (int p = 0; p < 3; p++) {
            low[p] = random.nextInt(25);
            high[p] = low[p] + random.nextInt(25 - low[p]);
            nodes[p] = low[p] + random.nextInt(high[p] - low[p] + 1);
        }
        double rate = RATES.tokensPerSecond(nodes);
        double[] ceilings = new double[3];
        RATES.ceilings(low, high, ceilings);
        double sum = 0;
        for (int p = 0; p < 3; p++) {
            sum += nodes[p] * ceilings[p];
        }
        assertThat(rate).isLessThanOrEqualTo(sum * (1 + 1e-12));
        assertThat(rate).isLessThanOrEqualTo(RATES.mostTokensPerSecond(low, high) * (1 + 1e-12));
        if (rate > 0) {
            double lost = RATES.leastExchangeSecondsPerToken(low, high);
            assertThat(1 / rate).isGreaterThanOrEqualTo((1 / sum + lost) * (1 - 1e-12));
        }
    }

    /** 8.03 B parameters × 4 B, once there and back through 2 nodes × 8 × 50 GB/s × 0.85: 2 × 1/2 × 32.12 GB / 680 GB/s. */
    @Test
    void theExchangeGoesThroughTheNarrowestUplink() {
        double bytes = 8_030_261_248.0 * 4;
        double uplink = 2 * RATES.modelled(0).orElseThrow().uplinkBytesPerSecondPerNode();
        assertThat(RATES.exchangeSeconds(new int[] {2, 5, 0})).isCloseTo(bytes / uplink, within(1e-9));
        assertThat(RATES.exchangeSeconds(new int[] {2, 5, 3})).isCloseTo(4.0 / 3 * bytes / uplink, within(1e-9));
        assertThat(RATES.exchangeSeconds(new int[] {2, 0, 0})).isZero();
    }

    @Test
    void aSlowerNetworkNeverHelps() {
        JobRates slower =
                new RateBook().of(ModelledScenarios.oversubscribed(24, 8)).getFirst();
        for (int[] nodes : new int[][] {{4, 0, 0}, {16, 0, 0}, {8, 8, 0}, {5, 3, 7}, {24, 24, 24}}) {
            assertThat(slower.tokensPerSecond(nodes)).isLessThanOrEqualTo(RATES.tokensPerSecond(nodes) * (1 + 1e-12));
        }
    }

    @Test
    void statedRatesAddUpBesideModelledOnes() {
        JobRates rates = new RateBook()
                .of(ModelledScenarios.firstPoolMeasured(24, 1_000))
                .getFirst();
        double modelled = RATES.tokensPerSecond(new int[] {0, 4, 0});
        assertThat(modelled).isPositive();
        assertThat(rates.tokensPerSecond(new int[] {3, 4, 0})).isCloseTo(3 * 8 * 1_000 + modelled, within(1e-6));
        assertThat(rates.tokensPerSecond(new int[] {3, 0, 0})).isEqualTo(24_000);
    }
}
