package muster.planner.claims;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import muster.planner.domain.Claim;
import muster.planner.domain.ClaimAnswer;
import muster.planner.domain.ClaimAnswer.Check;
import muster.planner.domain.ClaimAnswer.Verdict;
import muster.planner.domain.Confidence;
import muster.planner.domain.Interval;
import muster.planner.domain.Origin;
import muster.planner.domain.StatedFigure;

/** One check per equation: a stated figure against what the others make of it. */
final class EquationChecks {
    /** Of these a reader misses the check where there is none. */
    private static final Set<String> EXPECTED = Set.of("cost", "days");

    /** Below this share of the hours nobody writes home about. */
    private static final double UNEXPLAINED_FRACTION = 0.02;

    private final Claim claim;
    private final ClaimEquations built;
    private final StatedValues stated;

    EquationChecks(Claim claim, ClaimEquations built, StatedValues stated) {
        this.claim = claim;
        this.built = built;
        this.stated = stated;
    }

    /** {@return a check for every equation that is not needed to find its figures, and for those that readers expect} */
    List<Check> all() {
        Set<String> known = new LinkedHashSet<>(stated.variables());
        known.addAll(built.fixed().keySet());
        Set<Equation> open = new LinkedHashSet<>(built.equations());
        // Forward first: a stated output is then held against its inputs, and not used up to find one of them.
        while (find(open, known, true) || find(open, known, false)) {
            continue;
        }
        List<Check> checks = new ArrayList<>();
        for (Equation equation : built.equations()) {
            if (open.contains(equation)) {
                check(equation, known).ifPresent(checks::add);
            }
        }
        return checks;
    }

    /** Uses up equations with one unknown figure; one at a time where that is not the output. */
    private static boolean find(Set<Equation> open, Set<String> known, boolean forward) {
        boolean found = false;
        for (Equation equation : List.copyOf(open)) {
            List<String> unknown = equation.variables().stream()
                    .filter(variable -> !known.contains(variable))
                    .toList();
            if (unknown.size() == 1 && unknown.getFirst().equals(equation.output()) == forward) {
                known.add(unknown.getFirst());
                open.remove(equation);
                found = true;
                if (!forward) {
                    break;
                }
            }
        }
        return found;
    }

    private Optional<Check> check(Equation equation, Set<String> known) {
        List<String> unknown = equation.variables().stream()
                .filter(variable -> !known.contains(variable))
                .toList();
        Optional<String> target = target(equation);
        if (!unknown.isEmpty()) {
            return EXPECTED.contains(equation.name())
                            && claim.fleet().isEmpty()
                            && equation.variables().stream().anyMatch(variable -> known.contains(variable))
                    ? Optional.of(undetermined(equation, unknown))
                    : Optional.empty();
        }
        if (target.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Interval> given = StatedValues.with(built.fixedAndBounds(), stated.rounded(), target);
        // Where the others clash among themselves, each still says what it says.
        Map<String, Interval> others = built.propagation()
                .narrow(given)
                .orElseGet(() -> built.propagation().derive(given));
        Interval derived = equation.solve(target.get(), without(others, target.get()));
        return derived.isAny() ? Optional.empty() : Optional.of(determined(equation, target.get(), derived));
    }

    /** The output where it is stated, else the last of the inputs that is. */
    private Optional<String> target(Equation equation) {
        if (stated.has(equation.output())) {
            return Optional.of(equation.output());
        }
        return equation.variables().reversed().stream().filter(stated::has).findFirst();
    }

    private Check determined(Equation equation, String target, Interval derived) {
        StatedFigure figure = stated.get(target);
        Interval may = stated.rounded().get(target);
        Map<String, Interval> written =
                built.propagation().derive(StatedValues.with(built.fixed(), stated.nominal(), Optional.of(target)));
        // What follows as written, unless only other values of rounded figures go together.
        Interval asWritten = equation.solve(target, without(written, target))
                .intersect(derived.widened(Derivation.PRINTED_FRACTION));
        Interval shown = asWritten.isEmpty() || asWritten.isAny() ? derived : asWritten;
        Verdict verdict = may.meets(derived) ? Verdict.CONSISTENT : Verdict.CONTRADICTED;
        String path = stated.path(target);
        List<String> sources = sources(equation, target);
        return new Check(
                path.equals("mfu") ? "mfu" : equation.name(),
                Optional.of(Reported.of(path, figure.unit(), figure.nominal())),
                Optional.of(Reported.of(path, figure.unit(), shown)),
                Reported.unit(path, figure.unit()),
                verdict,
                equation.formula(),
                sources,
                note(equation, path, figure, shown, verdict),
                List.of(),
                // A utilisation is that of steps, which bounds the mean, not one that rounds to it.
                path.equals("mfu")
                        ? Optional.empty()
                        : Optional.of(new ClaimAnswer.Rounding(
                                Reported.of(path, figure.unit(), may), Reported.of(path, figure.unit(), derived))));
    }

    private String note(Equation equation, String path, StatedFigure figure, Interval shown, Verdict verdict) {
        List<String> notes = new ArrayList<>();
        if (isReconstructed(equation)) {
            notes.add("reconstructed: rests on figures that are recalled, not read");
        }
        if (path.equals("mfu") && shown.isKnown() && figure.nominal().low() > 0) {
            notes.add(explained(figure, shown, verdict));
        }
        return String.join("; ", notes);
    }

    /** What the stated utilisation of steps says about all hours. */
    private static String explained(StatedFigure figure, Interval shown, Verdict verdict) {
        double unexplained = 1 - shown.high() / figure.nominal().low();
        if (verdict == Verdict.CONTRADICTED) {
            return "the mean over all hours exceeds what steps are said to reach";
        }
        return unexplained > UNEXPLAINED_FRACTION
                ? "steps as fast as stated explain %.0f %% of the hours; the rest is restarts, ramps, longer sequences or idle time"
                        .formatted(100 * (1 - unexplained))
                : "steps as fast as stated explain all hours: no allowance for restarts is visible";
    }

    private boolean isReconstructed(Equation equation) {
        return claim.source().confidence() != Confidence.LOW
                && equation.variables().stream()
                        .filter(stated::has)
                        .anyMatch(variable -> stated.get(variable).origin().confidence() == Confidence.LOW);
    }

    private static Check undetermined(Equation equation, List<String> unknown) {
        return new Check(
                equation.name(),
                Optional.empty(),
                Optional.empty(),
                "",
                Verdict.UNDETERMINED,
                equation.formula(),
                equation.sources(),
                "not stated, and not to be derived: " + String.join(", ", unknown));
    }

    private static Map<String, Interval> without(Map<String, Interval> values, String variable) {
        Map<String, Interval> others = new LinkedHashMap<>(values);
        others.remove(variable);
        return others;
    }

    /** {@return where the equation's figures come from; those behind a derived figure stand with its own equation} */
    private List<String> sources(Equation equation, String target) {
        Set<String> sources = new LinkedHashSet<>();
        equation.variables().forEach(variable -> {
            if (stated.has(variable)) {
                sources.add(shown(stated.get(variable).origin()));
            }
            built.fixedSource(variable).ifPresent(sources::add);
        });
        sources.addAll(equation.sources());
        return List.copyOf(sources);
    }

    static String shown(Origin origin) {
        return origin.date().isEmpty() ? origin.source() : origin.source() + " (" + origin.date() + ")";
    }
}
