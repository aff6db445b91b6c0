package muster.planner.cli;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import muster.planner.domain.ClaimAnswer;
import muster.planner.domain.ClaimAnswer.Verdict;
import muster.planner.profile.Quantities;
import muster.planner.profile.QuantityException;
import muster.planner.report.ClaimFigures;
import muster.planner.report.PlanFigure.Amount;

/**
 * A condition that must not hold of any claim: {@code verdict = contradicted}, {@code derived.usd.high > $6 M}, or of one:
 * {@code claims.deepseek-v3.derived.days.low > 60 d}.
 */
record ClaimThreshold(String text, String name, String operator, String value) {
    private static final Pattern CONDITION =
            Pattern.compile("\\s*([^<>=!]+?)\\s*(<=|>=|!=|==|=|<|>)\\s*([^<>=!].*?)\\s*");
    private static final String VERDICT = "verdict";

    static ClaimThreshold parse(String text) throws BadInput {
        Matcher matcher = CONDITION.matcher(text);
        if (!matcher.matches()) {
            throw new BadInput(
                    "The condition (%s) of --fail-if is not of the form NAME OP VALUE.".formatted(text),
                    Optional.of("--fail-if 'verdict = contradicted', in single quotes."));
        }
        ClaimThreshold threshold = new ClaimThreshold(text, matcher.group(1), matcher.group(2), matcher.group(3));
        threshold.check();
        return threshold;
    }

    private void check() throws BadInput {
        if (ofVerdict()) {
            List<String> words = Stream.of(Verdict.values()).map(Verdict::key).toList();
            boolean equality = operator.equals("=") || operator.equals("==") || operator.equals("!=");
            if (!equality || !words.contains(value)) {
                throw new BadInput(
                        "The condition (%s) of --fail-if: a verdict is compared with = or !=.".formatted(text),
                        Optional.of("verdict = contradicted; the others are consistent, tight and undetermined."));
            }
            return;
        }
        String unit = ClaimFigures.unit(path())
                .orElseThrow(() -> new BadInput(
                        "The condition (%s) of --fail-if asks for (%s), which is not in the answer about a claim."
                                .formatted(text, name),
                        Optional.of("verdict, or a figure such as derived.usd.high; see --output json.")));
        limit(unit);
    }

    private boolean ofVerdict() {
        return name.equals(VERDICT) || name.startsWith("claims.") && name.endsWith("." + VERDICT);
    }

    /** The figure's path in a claim, without the claim's name. */
    private String path() {
        int derived = name.indexOf("derived.");
        return derived < 0 ? name : name.substring(derived);
    }

    private boolean isAbout(ClaimAnswer answer) {
        return !name.startsWith("claims.")
                || name.startsWith("claims." + answer.claim().name() + ".");
    }

    /** {@return why it fails, one reason per claim; a figure that a claim does not have fails too} */
    List<String> reasonsToFail(List<ClaimAnswer> answers) throws BadInput {
        List<String> reasons = new ArrayList<>();
        List<ClaimAnswer> meant = answers.stream().filter(this::isAbout).toList();
        if (meant.isEmpty()) {
            throw new BadInput(
                    "The condition (%s) of --fail-if names a claim that is not checked.".formatted(text),
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
            boolean same = answer.verdict().key().equals(value);
            return same != operator.equals("!=")
                    ? Optional.of("The condition (%s) of --fail-if holds of %s: its verdict is %s."
                            .formatted(text, claim, answer.verdict().key()))
                    : Optional.empty();
        }
        Optional<Amount> figure = ClaimFigures.find(answer, path());
        if (figure.isEmpty()) {
            return Optional.of("The condition (%s) of --fail-if cannot be judged: %s does not determine %s."
                    .formatted(text, claim, path()));
        }
        int order = figure.get().value().compareTo(limit(figure.get().unit()));
        boolean holds = switch (operator) {
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            case ">=" -> order >= 0;
            case "!=" -> order != 0;
            default -> order == 0;
        };
        return holds
                ? Optional.of("The condition (%s) of --fail-if holds of %s: %s is %s %s."
                        .formatted(
                                text,
                                claim,
                                path(),
                                figure.get().value().toPlainString(),
                                figure.get().unit()))
                : Optional.empty();
    }

    private BigDecimal limit(String unit) throws BadInput {
        try {
            return Quantities.parse(value, unit);
        } catch (QuantityException e) {
            throw new BadInput("The condition (%s) of --fail-if: %s".formatted(text, e.getMessage()), e.maybe());
        }
    }
}
