package muster.planner.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import muster.planner.domain.ClaimAnswer;
import muster.planner.domain.ClaimAnswer.Verdict;
import muster.planner.report.ClaimFigures;
import muster.planner.report.PlanFigure.Amount;

/**
 * A condition that must not hold of any claim: {@code verdict = contradicted}, {@code derived.usd.high > $6 M}, or of one:
 * {@code claims.deepseek-v3.derived.days.low > 60 d}.
 */
record ClaimThreshold(Condition condition) {
    private static final String VERDICT = "verdict";

    static ClaimThreshold parse(String text) throws BadInput {
        ClaimThreshold threshold =
                new ClaimThreshold(Condition.parse(text, "--fail-if 'verdict = contradicted', in single quotes."));
        threshold.check();
        return threshold;
    }

    private void check() throws BadInput {
        if (ofVerdict()) {
            List<String> words = Stream.of(Verdict.values()).map(Verdict::key).toList();
            if (!condition.isEquality() || !words.contains(condition.value())) {
                throw new BadInput(
                        "The condition (%s) of --fail-if: a verdict is compared with = or !=."
                                .formatted(condition.text()),
                        Optional.of("verdict = contradicted; the others are consistent, tight and undetermined."));
            }
            return;
        }
        String unit = ClaimFigures.unit(path())
                .orElseThrow(() -> new BadInput(
                        "The condition (%s) of --fail-if asks for (%s), which is not in the answer about a claim."
                                .formatted(condition.text(), condition.name()),
                        Optional.of("verdict, or a figure such as derived.usd.high; see --output json.")));
        condition.limit(unit);
    }

    private boolean ofVerdict() {
        return condition.name().equals(VERDICT)
                || condition.name().startsWith("claims.") && condition.name().endsWith("." + VERDICT);
    }

    /** The figure's path in a claim, without the claim's name. */
    private String path() {
        int derived = condition.name().indexOf("derived.");
        return derived < 0 ? condition.name() : condition.name().substring(derived);
    }

    private boolean isAbout(ClaimAnswer answer) {
        return !condition.name().startsWith("claims.")
                || condition.name().startsWith("claims." + answer.claim().name() + ".");
    }

    /** {@return why it fails, one reason per claim; a figure that a claim does not have fails too} */
    List<String> reasonsToFail(List<ClaimAnswer> answers) throws BadInput {
        List<String> reasons = new ArrayList<>();
        List<ClaimAnswer> meant = answers.stream().filter(this::isAbout).toList();
        if (meant.isEmpty()) {
            throw new BadInput(
                    "The condition (%s) of --fail-if names a claim that is not checked.".formatted(condition.text()),
                    Optional.empty());
        }
        for (ClaimAnswer answer : meant) {
            reason(answer).ifPresent(reasons::add);
        }
        return reasons;
    }

    private Optional<String> reason(ClaimAnswer answer) throws BadInput {
        String claim = answer.claim().name();
        if (ofVerdict()) {
            return condition.holds(answer.verdict().key())
                    ? Optional.of("The condition (%s) of --fail-if holds of %s: its verdict is %s."
                            .formatted(condition.text(), claim, answer.verdict().key()))
                    : Optional.empty();
        }
        Optional<Amount> figure = ClaimFigures.find(answer, path());
        if (figure.isEmpty()) {
            return Optional.of("The condition (%s) of --fail-if cannot be judged: %s does not determine %s."
                    .formatted(condition.text(), claim, path()));
        }
        return condition.holds(figure.get())
                ? Optional.of("The condition (%s) of --fail-if holds of %s: %s is %s %s."
                        .formatted(
                                condition.text(),
                                claim,
                                path(),
                                figure.get().value().toPlainString(),
                                figure.get().unit()))
                : Optional.empty();
    }
}
