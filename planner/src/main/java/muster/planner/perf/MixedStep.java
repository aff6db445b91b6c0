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

    /** Share of the batch that a bound may miss: stopping early only makes it lower. */
    private static final double CLOSE_ENOUGH = 1e-7;

    /** What rounding may take from a bound on the way. */
    private static final double SAFE = 1 - 1e-12;

    /**
     * {@return the shortest step in which every pool gets a microbatch; empty where they cannot share the batch so}
     *
     * @param choices shape [pools][layouts]
     */
    static Optional<MixedStep> shortest(ShareLine[][] choices, int batchSequences) {
        Progress progress = new Progress(choices, leastSeconds(choices, batchSequences) * SAFE);
        while (true) {
            long surplus = progress.capacity() - batchSequences;
            if (surplus >= 0) {
                Optional<MixedStep> step = share(progress.lines, progress.sequences.clone(), surplus);
                if (step.isPresent()) {
                    return step;
                }
            }
            if (!progress.advance()) {
                return Optional.empty();
            }
        }
    }

    /** What all layouts get through by a time, and when the next of them gets through one more round. */
    private static final class Progress {
        private final ShareLine[] all;
        private final int[] poolOf;
        private final int[] rounds;
        private final double[] nextSeconds;

        /** Shape [pools]: the layout that gets through most, and how much that is. */
        private final ShareLine[] lines;

        private final int[] sequences;

        Progress(ShareLine[][] choices, double seconds) {
            int count = 0;
            for (ShareLine[] layouts : choices) {
                count += layouts.length;
            }
            all = new ShareLine[count];
            poolOf = new int[count];
            rounds = new int[count];
            nextSeconds = new double[count];
            lines = new ShareLine[choices.length];
            sequences = new int[choices.length];
            int next = 0;
            for (int p = 0; p < choices.length; p++) {
                for (ShareLine line : choices[p]) {
                    all[next] = line;
                    poolOf[next] = p;
                    set(next, line.wholeRoundsWithin(seconds));
                    next++;
                }
            }
        }

        private void set(int index, int roundsDone) {
            ShareLine line = all[index];
            int pool = poolOf[index];
            rounds[index] = roundsDone;
            nextSeconds[index] = line.nextSeconds(roundsDone);
            int within = roundsDone * line.roundSequences();
            if (within > sequences[pool]) {
                sequences[pool] = within;
                lines[pool] = line;
            }
        }

        long capacity() {
            long capacity = 0;
            for (int within : sequences) {
                capacity += within;
            }
            return capacity;
        }

        /** {@return false where every layout is through with the whole batch} */
        boolean advance() {
            int soonest = -1;
            for (int i = 0; i < nextSeconds.length; i++) {
                if (nextSeconds[i] < Double.POSITIVE_INFINITY
                        && (soonest < 0 || nextSeconds[i] < nextSeconds[soonest])) {
                    soonest = i;
                }
            }
            if (soonest >= 0) {
                ShareLine line = all[soonest];
                set(soonest, Math.max(line.leastRounds(), rounds[soonest] + line.roundStep()));
            }
            return soonest >= 0;
        }
    }

    /** {@return seconds that no step of these pools is below, microbatches thought divisible} */
    static double leastSeconds(ShareLine[][] choices, int batchSequences) {
        return leastSeconds(choices, batchSequences, 0);
    }

    /** @param knownSeconds a bound to start from */
    static double leastSeconds(ShareLine[][] choices, int batchSequences, double knownSeconds) {
        double seconds = knownSeconds;
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
            if (perSecond == 0) {
                return Double.POSITIVE_INFINITY;
            }
            // No second adds more sequences than perSecond, so this never passes the answer.
            if (!(missing > batchSequences * CLOSE_ENOUGH) || seconds + missing / perSecond == seconds) {
                break;
            }
            seconds += missing / perSecond;
        }
        return seconds;
    }

    /** Takes what is too much from the pools with the largest microbatches first, but leaves each one at least. */
    private static Optional<MixedStep> share(ShareLine[] lines, int[] sequences, long surplus) {
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
        return Optional.of(new MixedStep(slowest, lines.clone(), sequences, rounds));
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
