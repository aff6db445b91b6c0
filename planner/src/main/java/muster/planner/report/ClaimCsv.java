package muster.planner.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import muster.planner.domain.ClaimAnswer;
import muster.planner.domain.Interval;

/** Checked claims as one table: a row per check and per figure that follows. */
public final class ClaimCsv {
    private static final List<String> HEADINGS = List.of(
            "claim",
            "title",
            "claimVerdict",
            "row",
            "name",
            "statedLow",
            "statedHigh",
            "derivedLow",
            "derivedHigh",
            "unit",
            "verdict",
            "formula",
            "note",
            "sources",
            "differencePercent");

    private ClaimCsv() {}

    public static String of(List<ClaimAnswer> answers) {
        List<List<String>> rows = new ArrayList<>();
        for (ClaimAnswer answer : answers) {
            answer.checks()
                    .forEach(check -> rows.add(List.of(
                            answer.claim().name(),
                            answer.claim().title(),
                            answer.verdict().key(),
                            "check",
                            check.name(),
                            check.stated().map(ClaimCsv::low).orElse(""),
                            check.stated().map(ClaimCsv::high).orElse(""),
                            check.derived().map(ClaimCsv::low).orElse(""),
                            check.derived().map(ClaimCsv::high).orElse(""),
                            check.unit(),
                            check.verdict().key(),
                            check.formula(),
                            check.note(),
                            String.join("; ", check.sources()),
                            check.differencePercent()
                                    .map(percent -> Decimals.shortest(percent).toPlainString())
                                    .orElse(""))));
            answer.derived()
                    .forEach((key, value) -> rows.add(figure(
                            answer, "derived", key, value, DerivedFigure.of(key).unit())));
            answer.atPrices().forEach(run -> rows.add(figure(answer, "atPrice", run.name(), run.usd(), "USD")));
            answer.fleet()
                    .forEach(share -> share.derived()
                            .forEach((key, value) -> rows.add(figure(
                                    answer,
                                    "fleet",
                                    share.name() + "." + key,
                                    value,
                                    DerivedFigure.of(key).unit()))));
        }
        return CsvText.of(HEADINGS, rows);
    }

    /** {@return a line per claim} */
    public static String list(List<ClaimAnswer> answers) {
        return CsvText.of(
                List.of("claim", "title", "date", "confidence", "verdict"),
                answers.stream()
                        .map(answer -> List.of(
                                answer.claim().name(),
                                answer.claim().title(),
                                answer.claim().source().date(),
                                ClaimJson.word(answer.claim().source().confidence()),
                                answer.verdict().key()))
                        .toList());
    }

    private static List<String> figure(ClaimAnswer answer, String row, String name, Interval value, String unit) {
        Optional<ClaimAnswer.Stated> stated =
                Optional.ofNullable(answer.stated().get(name)).filter(found -> row.equals("derived"));
        return List.of(
                answer.claim().name(),
                answer.claim().title(),
                answer.verdict().key(),
                row,
                name,
                stated.map(found -> low(found.nominal())).orElse(""),
                stated.map(found -> high(found.nominal())).orElse(""),
                low(value),
                high(value),
                unit,
                stated.filter(found -> !found.fits())
                        .map(found -> "contradicted")
                        .orElse(""),
                "",
                "",
                "",
                "");
    }

    private static String low(Interval interval) {
        return Decimals.shortest(interval.low()).toPlainString();
    }

    /** An open end is empty. */
    private static String high(Interval interval) {
        return Double.isInfinite(interval.high())
                ? ""
                : Decimals.shortest(interval.high()).toPlainString();
    }
}
