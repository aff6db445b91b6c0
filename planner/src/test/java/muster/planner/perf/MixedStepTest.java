package muster.planner.perf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import muster.planner.domain.Layout;
import muster.planner.domain.Schedule;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** A mixed step is the shortest of all, by trying them all, and its shares add up to the batch. */
class MixedStepTest {
    /** Two pools of one layout each: 4 and 2 sequences a round, 1 s and 3 s: the batch of 30 is best cut 7 : 1 rounds. */
    @Test
    void theFasterPoolTakesMoreOfTheBatch() {
        ShareLine[][] choices = {{line(4, 1, 1, 1, 8, 0.5, 1, 0, 0)}, {line(2, 1, 1, 1, 15, 0.5, 3, 0, 0)}};
        MixedStep step = MixedStep.shortest(choices, 30).orElseThrow();
        // 7 rounds give 28 in 7.5 s; the other 2 take 3.5 s.
        assertThat(step.seconds()).isEqualTo(7.5);
        assertThat(step.sequences()).containsExactly(26, 4);
        assertThat(step.rounds()).containsExactly(7, 2);
    }

    /** The slow pool's only round takes 101 s, and a step with it no less; nothing is left for it of one sequence. */
    @Test
    void everyPoolGetsAMicrobatch() {
        ShareLine[][] choices = {{line(8, 1, 1, 1, 1, 0, 1, 0, 0)}, {line(8, 1, 1, 1, 1, 100, 1, 0, 0)}};
        MixedStep step = MixedStep.shortest(choices, 8).orElseThrow();
        assertThat(step.seconds()).isEqualTo(101);
        assertThat(IntStream.of(step.sequences()).sum()).isEqualTo(8);
        assertThat(MixedStep.shortest(choices, 1)).isEmpty();
    }

    @Property(tries = 400)
    void itIsTheShortestOfAllShares(@ForAll @LongRange(min = 0, max = 1L << 40) long seed) {
        check(new Random(seed), 0, true);
    }

    /** Where microbatches are of several sizes a layout that gets through less may deal out the rest better. */
    @Property(tries = 400)
    void sharesAreSoundWhateverTheMicrobatches(@ForAll @LongRange(min = 0, max = 1L << 40) long seed) {
        check(new Random(seed), 2, false);
    }

    private static void check(Random random, int mostDoublings, boolean exactly) {
        int batch = 8 * (1 + random.nextInt(8));
        ShareLine[][] choices = new ShareLine[2 + random.nextInt(2)][];
        for (int p = 0; p < choices.length; p++) {
            choices[p] = IntStream.range(0, 1 + random.nextInt(3))
                    .mapToObj(i -> randomLine(random, batch, mostDoublings))
                    .toArray(ShareLine[]::new);
        }
        double shortest = shortestByTrial(choices, 0, batch, 0);
        Optional<MixedStep> found = MixedStep.shortest(choices, batch);
        if (found.isEmpty()) {
            // Only where the batch is hardly more than one microbatch for each.
            int coarsest = Stream.of(choices)
                    .mapToInt(lines -> Stream.of(lines)
                            .mapToInt(line -> line.point().sharding().microbatch())
                            .max()
                            .orElseThrow())
                    .sum();
            assertThat(exactly).isFalse();
            assertThat(batch).isLessThan(2 * coarsest);
            return;
        }
        MixedStep step = found.get();
        if (exactly) {
            assertThat(step.seconds()).isEqualTo(shortest);
        } else {
            assertThat(step.seconds()).isGreaterThanOrEqualTo(shortest);
        }
        assertThat(MixedStep.leastSeconds(choices, batch)).isLessThanOrEqualTo(shortest * (1 + 1e-12));
        assertThat(IntStream.of(step.sequences()).sum()).isEqualTo(batch);
        for (int p = 0; p < choices.length; p++) {
            ShareLine line = step.lines()[p];
            assertThat(choices[p]).contains(line);
            assertThat(step.sequences()[p]).isPositive().isLessThanOrEqualTo(step.rounds()[p] * line.roundSequences());
            assertThat(step.sequences()[p] % line.point().sharding().microbatch())
                    .isZero();
            assertThat(step.rounds()[p] % line.roundStep()).isZero();
            assertThat(step.rounds()[p]).isGreaterThanOrEqualTo(line.leastRounds());
        }
    }

    /** Every number of rounds of every layout of every pool, each of which is in use. */
    private static double shortestByTrial(ShareLine[][] choices, int pool, int left, double slowest) {
        if (pool == choices.length) {
            return left <= 0 ? slowest : Double.POSITIVE_INFINITY;
        }
        double best = Double.POSITIVE_INFINITY;
        for (ShareLine line : choices[pool]) {
            for (int rounds = line.leastRounds(); rounds <= line.mostRounds(); rounds++) {
                if (rounds % line.roundStep() == 0) {
                    double own = Math.max(slowest, line.seconds(rounds));
                    best = Math.min(
                            best, shortestByTrial(choices, pool + 1, left - rounds * line.roundSequences(), own));
                }
            }
        }
        return best;
    }

    private static ShareLine randomLine(Random random, int batch, int mostDoublings) {
        int microbatch = 1 << random.nextInt(mostDoublings + 1);
        int dataRanks = 1 + random.nextInt(4);
        int step = 1 + random.nextInt(2);
        int least = step * (1 + random.nextInt(2));
        int round = microbatch * dataRanks;
        int most = Math.max(least, Math.ceilDiv(Math.ceilDiv(batch, round), step) * step);
        double seconds = random.nextDouble() * round;
        return line(
                round,
                microbatch,
                least,
                step,
                most,
                random.nextDouble(),
                seconds,
                random.nextBoolean() ? random.nextDouble() * 3 : 0,
                seconds * random.nextDouble() * 0.9);
    }

    private static ShareLine line(
            int roundSequences,
            int microbatch,
            int least,
            int step,
            int most,
            double fixedSeconds,
            double roundSeconds,
            double reduceSeconds,
            double hidingSeconds) {
        Sharding sharding = new Sharding(
                1, 1, 1, microbatch, Layout.Recompute.NONE, 0, Schedule.ONE_FORWARD_ONE_BACKWARD, Ends.TOGETHER);
        return new ShareLine(
                new LayoutPoint(sharding, 1, 1, roundSequences / microbatch),
                roundSequences,
                least,
                step,
                most,
                fixedSeconds,
                roundSeconds,
                reduceSeconds,
                hidingSeconds);
    }
}
