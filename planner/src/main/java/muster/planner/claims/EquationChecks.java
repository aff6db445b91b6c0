package muster.planner.claims;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import muster.planner.domain.Claim;
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

    List<Check> all() {
        List<Check> checks = new ArrayList<>();
        for (Equation equation : built.equations()) {
            check(equation).ifPresent(checks::add);
        }
        return checks;
    }

    private Optional<Check> check(Equation equation) {
        for (String target : equation.variables()) {
            if (!stated.has(target)) {
                continue;
            }
            Map<String, Interval> given =
                    StatedValues.with(built.fixedAndBounds(), stated.rounded(), Optional.of(target));
            Map<String, Interval> others =
                    Propagation.narrow(built.equations(), given).orElse(given);
            Interval derived = equation.solve(target, without(others, target));
            if (!derived.isAny() && (derived.isEmpty() || informative(equation, target, others))) {
                return Optional.of(determined(equation, target, derived));
            }
        }
        return undetermined(equation);
    }

    /** Without anything but what is fixed on the other side, nobody's word is held against anything. */
    private boolean informative(Equation equation, String target, Map<String, Interval> others) {
        return equation.variables().stream()
                .filter(variable -> !variable.equals(target))
                .allMatch(
                        variable -> !others.getOrDefault(variable, Interval.ANY).isAny());
    }

    private Check determined(Equation equation, String target, Interval derived) {
        StatedFigure figure = stated.get(target);
        Interval may = stated.rounded().get(target);
        Map<String, Interval> written = Propagation.derive(
                built.equations(), StatedValues.with(built.fixed(), stated.nominal(), Optional.of(target)));
        Interval shown = equation.solve(target, without(written, target));
        Verdict verdict = may.meets(derived) ? Verdict.CONSISTENT : Verdict.CONTRADICTED;
        String path = stated.path(target);
        List<String> sources = sources(equation, target);
        return new Check(
                path.equals("mfu") ? "mfu" : equation.name(),
                Optional.of(Reported.of(path, figure.unit(), figure.nominal())),
                Optional.of(Reported.of(path, figure.unit(), shown.isEmpty() || shown.isAny() ? derived : shown)),
                Reported.unit(path, figure.unit()),
                verdict,
                equation.formula(),
                sources,
                note(equation, path, figure, shown),
                List.of());
    }

    private String note(Equation equation, String path, StatedFigure figure, Interval shown) {
        List<String> notes = new ArrayList<>();
        if (isReconstructed(equation)) {
            notes.add("reconstructed: rests on figures that are recalled, not read");
        }
        if (path.equals("mfu") && shown.isKnown() && figure.nominal().low() > 0) {
            double unexplained = 1 - shown.high() / figure.nominal().low();
            notes.add(
                    unexplained > UNEXPLAINED_FRACTION
                            ? "steps as fast as stated explain %.0f %% of the hours; the rest is restarts, ramps, longer sequences or idle time"
                                    .formatted(100 * (1 - unexplained))
                            : "steps as fast as stated explain all hours: no allowance for restarts is visible");
        }
        return String.join("; ", notes);
    }

    private boolean isReconstructed(Equation equation) {
        return claim.source().confidence() != Confidence.LOW
                && equation.variables().stream()
                        .filter(stated::has)
                        .anyMatch(variable -> stated.get(variable).origin().confidence() == Confidence.LOW);
    }

    private Optional<Check> undetermined(Equation equation) {
        boolean anyStated = equation.variables().stream().anyMatch(stated::has);
        if (!EXPECTED.contains(equation.name()) || !anyStated) {
            return Optional.empty();
        }
        Map<String, Interval> given = StatedValues.with(built.fixedAndBounds(), stated.rounded(), Optional.empty());
        Map<String, Interval> values =
                Propagation.narrow(built.equations(), given).orElse(given);
        List<String> unknown = equation.variables().stream()
                .filter(variable -> !values.getOrDefault(variable, Interval.ANY).isKnown())
                .toList();
        // All known, and none of them twice: the equation told one figure, and so has nothing to hold against it.
        String note = unknown.isEmpty()
                ? "one of the figures follows from the others; none is stated besides"
                : "not stated and not derivable: " + String.join(", ", unknown);
        return Optional.of(new Check(
                equation.name(),
                Optional.empty(),
                Optional.empty(),
                "",
                Verdict.UNDETERMINED,
                equation.formula(),
                equation.sources(),
                note,
                List.of()));
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
