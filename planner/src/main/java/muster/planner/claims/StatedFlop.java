package muster.planner.claims;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import muster.planner.domain.Claim;
import muster.planner.domain.ClaimAnswer.Check;
import muster.planner.domain.ClaimAnswer.Rounding;
import muster.planner.domain.ClaimAnswer.Verdict;
import muster.planner.domain.Interval;

/** Stated FLOP against every usual way to count them: causal, with the full attention matrix, and 6ND. */
final class StatedFlop {
    private StatedFlop() {}

    static Optional<Check> check(Claim claim, Map<String, Interval> derived) {
        // Without a model the stated FLOP are themselves the derived ones, and 6ND is all there is to hold them
        // against.
        List<String> ways =
                derived.containsKey("flopPerToken") ? List.of("flop", "flopFull", "flop6nd") : List.of("flop6nd");
        List<Interval> counts = ways.stream()
                .filter(derived::containsKey)
                .map(derived::get)
                .filter(Interval::isKnown)
                .toList();
        return claim.find("flop").filter(figure -> !counts.isEmpty()).map(figure -> {
            Interval any = new Interval(
                    counts.stream().mapToDouble(Interval::low).min().orElseThrow(),
                    counts.stream().mapToDouble(Interval::high).max().orElseThrow());
            Interval allowed = any.widened(StatedValues.COUNTING_FRACTION);
            boolean meets = figure.rounded().meets(allowed);
            return new Check(
                    "flop",
                    Optional.of(figure.nominal()),
                    Optional.of(any),
                    figure.unit().symbol(),
                    meets ? Verdict.CONSISTENT : Verdict.CONTRADICTED,
                    "FLOP = FLOP per token × tokens; causal, with the full matrix, or 6 × active parameters; ± 2 %",
                    List.of(
                            EquationChecks.shown(figure.origin()),
                            "model: docs/model.md#parameters-and-flop-of-a-model"),
                    "",
                    List.of(),
                    Optional.of(new Rounding(figure.rounded(), allowed)));
        });
    }
}
