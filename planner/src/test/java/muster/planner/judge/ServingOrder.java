package muster.planner.judge;

import com.google.ortools.sat.BoolVar;
import com.google.ortools.sat.CpModel;
import com.google.ortools.sat.IntVar;
import com.google.ortools.sat.Literal;

/** In which order jobs are served with owned nodes: by start, then by the file. */
final class ServingOrder {
    private ServingOrder() {}

    /** {@return whether job k is served before job j and still runs when j starts, shape [k][j]} */
    static Literal[][] keeps(CpModel model, IntVar[] start, IntVar[] end) {
        int jobs = start.length;
        Literal[][] keeps = new Literal[jobs][jobs];
        for (int first = 0; first < jobs; first++) {
            for (int second = first + 1; second < jobs; second++) {
                BoolVar before = model.newBoolVar("served before");
                model.addLessOrEqual(start[first], start[second]).onlyEnforceIf(before);
                model.addGreaterThan(start[first], start[second]).onlyEnforceIf(before.not());
                keeps[first][second] = keeps(model, end[first], start[second], before);
                keeps[second][first] = keeps(model, end[second], start[first], before.not());
            }
        }
        return keeps;
    }

    private static Literal keeps(CpModel model, IntVar endOfEarlier, IntVar startOfLater, Literal before) {
        BoolVar over = model.newBoolVar("over");
        model.addLessOrEqual(endOfEarlier, startOfLater).onlyEnforceIf(over);
        model.addGreaterThan(endOfEarlier, startOfLater).onlyEnforceIf(over.not());
        BoolVar keeps = model.newBoolVar("keeps");
        model.addBoolAnd(new Literal[] {before, over.not()}).onlyEnforceIf(keeps);
        model.addBoolOr(new Literal[] {before.not(), over, keeps});
        return keeps;
    }
}
