package muster.planner.claims;

import java.util.Map;
import java.util.Optional;
import muster.planner.domain.BaseUnit;
import muster.planner.domain.Interval;

/**
 * What a figure is by the others: a stated one too is derived from the rest, where the rest says what it is; else, and where
 * it counts things one by one, it stands as stated.
 *
 * @param written all figures as written, and what follows from them
 */
record Derivation(ClaimEquations built, StatedValues stated, Map<String, Interval> written) {
    Interval of(String variable) {
        Interval asWritten = written.getOrDefault(variable, Interval.ANY);
        boolean counted = stated.has(variable) && stated.get(variable).unit() == BaseUnit.COUNT;
        if (counted || !stated.nominal().containsKey(variable)) {
            return asWritten;
        }
        Interval byOthers = built.propagation()
                .derive(StatedValues.with(built.fixed(), stated.nominal(), Optional.of(variable)))
                .getOrDefault(variable, Interval.ANY);
        return byOthers.isKnown() ? byOthers : asWritten;
    }
}
