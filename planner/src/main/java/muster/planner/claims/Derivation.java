package muster.planner.claims;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import muster.planner.domain.Interval;

/**
 * What a figure is. One that is not stated is what follows from those that are, as written. A stated one is what its own
 * words and the others leave of it: as written where that fits, within rounding where only that does. Where nothing fits, it
 * is what the others say (as stated where they say nothing as written), and does not fit.
 *
 * @param written all figures as written, and what follows from them
 */
record Derivation(ClaimEquations built, StatedValues stated, Map<String, Interval> written) {
    /**
     * By so much sums of figures as printed may miss what the sum of the unrounded ones can be, and still be told: readers add
     * what is printed. More than that comes from a rounder figure among the others, such as $1.6 B for $1.628 B.
     */
    static final double PRINTED_FRACTION = 0.001;

    /**
     * @param stated as written, where the figure is stated
     * @param fits whether some value allowed by rounding is both stated and what the others say
     */
    record Value(Interval interval, Optional<Interval> stated, boolean fits) {}

    Value of(String variable) {
        Interval asWritten = written.getOrDefault(variable, Interval.ANY);
        Interval nominal = stated.nominal().get(variable);
        if (nominal == null) {
            return new Value(asWritten, Optional.empty(), true);
        }
        Interval byOthers = built.propagation()
                .derive(StatedValues.with(built.fixed(), stated.nominal(), Optional.of(variable)))
                .getOrDefault(variable, Interval.ANY);
        Map<String, Interval> othersRounded = StatedValues.with(built.fixed(), stated.rounded(), Optional.of(variable));
        Interval mayBe = built.propagation()
                .narrow(othersRounded)
                .orElseGet(() -> built.propagation().derive(othersRounded))
                .getOrDefault(variable, Interval.ANY);
        Interval rounded = stated.rounded().get(variable);
        return Stream.of(
                        nominal.intersect(byOthers),
                        nominal.intersect(mayBe),
                        rounded.intersect(byOthers).intersect(mayBe.widened(PRINTED_FRACTION)),
                        rounded.intersect(mayBe))
                .filter(both -> !both.isEmpty())
                .findFirst()
                .map(both -> new Value(ordered(both), Optional.of(nominal), true))
                .orElseGet(() -> new Value(byOthers.isAny() ? nominal : byOthers, Optional.of(nominal), false));
    }

    /** Noise of arithmetic may have turned the ends of a point round. */
    private static Interval ordered(Interval interval) {
        return interval.low() > interval.high() ? Interval.exactly(interval.high()) : interval;
    }
}
