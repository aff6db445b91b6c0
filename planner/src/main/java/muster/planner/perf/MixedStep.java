package muster.planner.perf;

import java.util.Optional;

/**
 * An optimizer step that several pools take together: each computes a share of the batch in whole microbatches, and all
 * wait for the slowest. The step is the shortest in which the pools together get through the batch.
 *
 * @param seconds of the slowest share, without the exchange between pools
 * @param lines shape [pools]: the layout of each pool
 * @param sequences shape [pools]: its share of the batch
 * @param rounds shape [pools]: microbatches of its busiest data rank
 */
record MixedStep(double seconds, ShareLine[] lines, int[] sequences, int[] rounds) {
    private static final int MOST_STEPS_TO_BOUND = 64;

    /** What rounding may take from a bound on the way. */
    private static final double SAFE = 1 - 1e-12;

    /**
     * {@return the step; empty where the pools cannot share the batch so that each gets a microbatch}
     *
     * @param choices shape [pools][layouts]
     */
    static Optional<MixedStep> shortest(ShareLine[][] choices, int batchSequences) {
        double seconds = leastSeconds(choices, batchSequences) * SAFE;
        int pools = choices.length;
        ShareLine[] lines = new ShareLine[pools];
        int[] sequences = new int[pools];
        while (true) {
            long capacity = 0;
            double next = Double.POSITIVE_INFINITY;
            for (int p = 0; p < pools; p++) {
                sequences[p] = 0;
                for (ShareLine line : choices[p]) {
                    int rounds = line.wholeRoundsWithin(seconds);
                    next = Math.min(next, line.nextSeconds(rounds));
                    int within = rounds * line.roundSequences();
                    if (within > sequences[p]) {
                        sequences[p] = within;
                        lines[p] = line;
                    }
                }
                capacity += sequences[p];
            }
            if (capacity >= batchSequences) {
                return share(seconds, lines, sequences, capacity - batchSequences);
            }
            if (next == Double.POSITIVE_INFINITY) {
                return Optional.empty();
            }
            seconds = next;
        }
    }

    /** {@return seconds that no step of these pools is below, microbatches thought divisible} */
    static double leastSeconds(ShareLine[][] choices, int batchSequences) {
        double seconds = 0;
        for (int step = 0; step < MOST_STEPS_TO_BOUND; step++) {
            double sequences = 0;
            double perSecond = 0;
            for (ShareLine[] layouts : choices) {
                double most = 0;
                double fastest = 0;
                for (ShareLine line : layouts) {
                    most = Math.max(most, line.roundsWithin(seconds) * line.roundSequences());
                    fastest = Math.max(fastest, line.sequencesPerSecond());
                }
                sequences += most;
                perSecond += fastest;
            }
            double missing = batchSequences - sequences;
            // No second adds more sequences than perSecond, so this never passes the answer.
            if (!(missing > 0) || seconds + missing / perSecond == seconds) {
                break;
            }
            seconds += missing / perSecond;
        }
        return seconds;
    }

    /** Takes what is too much from the pools with the largest microbatches first, but leaves each one at least. */
    private static Optional<MixedStep> share(double seconds, ShareLine[] lines, int[] sequences, long surplus) {
        int pools = lines.length;
        for (int p = 0; p < pools; p++) {
            if (sequences[p] == 0) {
                return Optional.empty();
            }
        }
        long left = surplus;
        for (int microbatch = largest(lines); microbatch >= 1 && left > 0; microbatch /= 2) {
            for (int p = 0; p < pools; p++) {
                if (microbatch(lines[p]) == microbatch) {
                    long cut = Math.min(left / microbatch, sequences[p] / microbatch - 1L);
                    sequences[p] -= Math.toIntExact(cut * microbatch);
                    left -= cut * microbatch;
                }
            }
        }
        if (left > 0) {
            return Optional.empty();
        }
        int[] rounds = new int[pools];
        double slowest = 0;
        for (int p = 0; p < pools; p++) {
            int needed = Math.ceilDiv(sequences[p], lines[p].roundSequences());
            int whole = Math.ceilDiv(needed, lines[p].roundStep()) * lines[p].roundStep();
            rounds[p] = Math.max(lines[p].leastRounds(), whole);
            slowest = Math.max(slowest, lines[p].seconds(rounds[p]));
        }
        return Optional.of(new MixedStep(slowest, lines.clone(), sequences.clone(), rounds));
    }

    private static int largest(ShareLine[] lines) {
        int largest = 1;
        for (ShareLine line : lines) {
            largest = Math.max(largest, microbatch(line));
        }
        return largest;
    }

    private static int microbatch(ShareLine line) {
        return line.point().sharding().microbatch();
    }
}
