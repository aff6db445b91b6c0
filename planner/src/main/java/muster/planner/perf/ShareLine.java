package muster.planner.perf;

/**
 * One layout of a pool as a function of its share of the batch: seconds of a step by microbatches per data rank. Two
 * straight pieces, since gradient reduction hides behind a long enough backward pass (docs/model.md, Shares of a step).
 *
 * @param point the layout
 * @param roundSequences sequences of one microbatch on every data rank
 * @param leastRounds the fewest microbatches that the schedule runs with
 * @param roundStep microbatches come in multiples of this
 * @param mostRounds enough for the whole batch
 * @param fixedSeconds what every step takes: bubble, optimizer
 * @param roundSeconds what each microbatch adds
 * @param reduceSeconds gradient reduction, none of it hidden
 * @param hidingSeconds how much of it each microbatch hides, less than {@code roundSeconds}
 */
record ShareLine(
        LayoutPoint point,
        int roundSequences,
        int leastRounds,
        int roundStep,
        int mostRounds,
        double fixedSeconds,
        double roundSeconds,
        double reduceSeconds,
        double hidingSeconds) {
    /** {@return seconds of a step with this many microbatches, whole or, for bounds, not} */
    double seconds(double rounds) {
        double shown = reduceSeconds - rounds * hidingSeconds;
        return fixedSeconds + rounds * roundSeconds + (shown > 0 ? shown : 0);
    }

    /** {@return the most microbatches within the time, not rounded; at most the whole batch's, negative where none} */
    double roundsWithin(double seconds) {
        double hidden = (seconds - fixedSeconds) / roundSeconds;
        double shown = (seconds - fixedSeconds - reduceSeconds) / (roundSeconds - hidingSeconds);
        return Math.min(Math.min(hidden, shown), mostRounds);
    }

    /** {@return the most microbatches that the schedule can run within the time; 0 where it cannot run at all} */
    int wholeRoundsWithin(double seconds) {
        double rounds = roundsWithin(seconds);
        int whole = (int) Math.min(mostRounds, Math.max(0, Math.floor(rounds)));
        whole -= whole % roundStep;
        // A division may be a unit off either way.
        while (whole + roundStep <= mostRounds && seconds(whole + roundStep) <= seconds) {
            whole += roundStep;
        }
        while (whole >= leastRounds && seconds(whole) > seconds) {
            whole -= roundStep;
        }
        return whole >= leastRounds ? whole : 0;
    }

    /** {@return the time from which on it does more than with {@code rounds}; infinite where it does the whole batch} */
    double nextSeconds(int rounds) {
        int next = Math.max(leastRounds, rounds + roundStep);
        return next > mostRounds ? Double.POSITIVE_INFINITY : seconds(next);
    }

    /** {@return the most sequences that any second more can add} */
    double sequencesPerSecond() {
        return roundSequences / (roundSeconds - hidingSeconds);
    }

    /** {@return whether the other layout is never of use beside this one} */
    boolean dominates(ShareLine other) {
        return other.point.sharding().microbatch() % point.sharding().microbatch() == 0
                && other.roundSequences * (long) other.roundStep % (roundSequences * (long) roundStep) == 0
                && (long) leastRounds * roundSequences <= (long) other.leastRounds * other.roundSequences
                && fixedSeconds <= other.fixedSeconds
                && fixedSeconds + reduceSeconds <= other.fixedSeconds + other.reduceSeconds
                && roundSeconds / roundSequences <= other.roundSeconds / other.roundSequences
                && (roundSeconds - hidingSeconds) / roundSequences
                        <= (other.roundSeconds - other.hidingSeconds) / other.roundSequences;
    }
}
