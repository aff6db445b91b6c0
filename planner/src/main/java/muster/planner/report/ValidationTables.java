package muster.planner.report;

import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import muster.planner.domain.Calibration;
import muster.planner.domain.MeasuredKind;
import muster.planner.domain.Measurement;
import muster.planner.domain.Validation;
import muster.planner.domain.Validation.Errors;
import muster.planner.domain.Validation.Prediction;
import muster.planner.domain.Validation.Row;

/** The tables of a validation, for text, Markdown and HTML alike. */
final class ValidationTables {
    private static final int WORST = 12;

    /**
     * @param headings one that begins with {@code >} sets its column to the right
     */
    record Grid(String title, List<String> headings, List<List<String>> rows) {}

    private ValidationTables() {}

    static String summary(Validation validation) {
        Errors counted = validation.overall();
        Errors used = validation.overallAll();
        if (counted.rows() == 0) {
            return used.rows() == 0
                    ? "No row could be used; the rows say why."
                    : "No complete row. All %s: mean error of the step time %s."
                            .formatted(Amounts.count(used.rows(), "used row"), percent(used.meanPercent()));
        }
        return "%s: mean error of the step time %s (bias %s). All %s: %s. %s of %s lie in their band."
                .formatted(
                        Amounts.count(counted.rows(), "complete row"),
                        percent(counted.meanPercent()),
                        signed(counted.biasPercent()),
                        Amounts.count(used.rows(), "used row"),
                        percent(used.meanPercent()),
                        percent(100 * validation.insideBandFraction()),
                        "the complete rows");
    }

    static Grid groups(Validation validation) {
        List<List<String>> rows = new ArrayList<>();
        validation.groups().forEach(group -> rows.add(errors(group.name(), group)));
        rows.add(errors("all complete", validation.overall()));
        rows.add(errors("all used", validation.overallAll()));
        return new Grid(
                "Error of the step time by group", List.of("group", ">rows", ">mean size", ">bias", ">largest"), rows);
    }

    private static List<String> errors(String name, Errors errors) {
        return List.of(
                name,
                String.valueOf(errors.rows()),
                percent(errors.meanPercent()),
                signed(errors.biasPercent()),
                percent(errors.largestPercent()));
    }

    static Grid rankings(Validation validation) {
        return new Grid(
                "Order of layouts",
                List.of("layouts of", ">rows", ">spread", ">rank correlation"),
                validation.rankings().stream()
                        .map(ranking -> List.of(
                                ranking.name(),
                                String.valueOf(ranking.rows()),
                                percent(ranking.spreadPercent()),
                                fixed(ranking.rankCorrelation(), 2)))
                        .toList());
    }

    static Grid worst(Validation validation) {
        List<Row> worst = validation.rows().stream()
                .filter(Row::counts)
                .sorted(Comparator.comparingDouble((Row row) ->
                                -Math.abs(row.prediction().orElseThrow().errorPercent()))
                        .thenComparing(row -> row.measurement().id()))
                .limit(WORST)
                .toList();
        return rows("The rows that are farthest off", worst);
    }

    static Grid all(Validation validation) {
        return rows("Rows", validation.rows());
    }

    static Grid inDoubt(Validation validation) {
        return rows(
                "Rows in doubt, shown apart",
                validation.rows().stream()
                        .filter(row -> !row.measurement().defect().isEmpty()
                                && row.prediction().isPresent())
                        .toList());
    }

    static Grid unused(Validation validation) {
        List<List<String>> rows = new ArrayList<>();
        validation.rows().stream()
                .filter(row -> row.prediction().isEmpty())
                .forEach(row -> rows.add(
                        List.of(row.measurement().id(), row.measurement().model(), row.reason())));
        return new Grid("Rows that are not used", List.of("row", "model", "reason"), rows);
    }

    static Grid misfits(Validation validation) {
        List<List<String>> rows = new ArrayList<>();
        validation.rows().stream()
                .filter(Row::used)
                .filter(row -> !row.prediction().orElseThrow().fits())
                .forEach(row -> rows.add(List.of(
                        row.measurement().id(),
                        row.measurement().model(),
                        row.measurement().gpu(),
                        fixed(row.prediction().orElseThrow().memoryBytesPerGpu() / 1e9, 1) + " GB")));
        return new Grid(
                "Layouts that ran, but would not fit by the model", List.of("row", "model", "GPU", ">needs"), rows);
    }

    private static Grid rows(String title, List<Row> shown) {
        List<List<String>> rows = new ArrayList<>();
        for (Row row : shown) {
            Measurement measurement = row.measurement();
            Optional<Prediction> prediction = row.prediction();
            rows.add(List.of(
                    measurement.id(),
                    measurement.model(),
                    measurement.gpu(),
                    measurement.stated().map(ValidationTables::shortened).orElse("–"),
                    prediction.map(found -> shortened(found.value())).orElse("–"),
                    measurement.kind().map(MeasuredKind::unit).orElse(""),
                    prediction.map(found -> signed(found.errorPercent())).orElse("–"),
                    row.reason()));
        }
        return new Grid(
                title, List.of("row", "model", "GPU", ">measured", ">predicted", "unit", ">error", "note"), rows);
    }

    static Grid fits(List<Calibration> calibrations) {
        List<List<String>> rows = new ArrayList<>();
        for (Calibration calibration : calibrations) {
            long inside = calibration.leftOut().stream()
                    .filter(Calibration.LeftOut::insideBand)
                    .count();
            rows.add(List.of(
                    calibration.stack().name(),
                    String.valueOf(calibration.rows()),
                    String.valueOf(calibration.constants().size()),
                    percent(calibration.errorPercent()),
                    percent(calibration.leftOutPercent()),
                    percent(calibration.withoutAnyPercent()),
                    percent(100.0 * inside / Math.max(1, calibration.rows()))));
        }
        rows.add(total(calibrations));
        return new Grid(
                "Fit by stack",
                List.of(
                        "stack",
                        ">runs",
                        ">constants",
                        ">in the fit",
                        ">model and GPU left out",
                        ">stack left out",
                        ">in band"),
                rows);
    }

    /** Over all complete rows; of the stacks that have none, nothing. */
    private static List<String> total(List<Calibration> calibrations) {
        double inFit = 0;
        double without = 0;
        double leftOut = 0;
        int complete = 0;
        int inside = 0;
        int runs = 0;
        int constants = 0;
        for (Calibration calibration : calibrations) {
            long counted = calibration.leftOut().stream()
                    .filter(row -> row.measurement().complete())
                    .count();
            inFit += counted * calibration.errorPercent();
            without += counted * calibration.withoutAnyPercent();
            leftOut += counted * calibration.leftOutPercent();
            complete += Math.toIntExact(counted);
            inside += Math.toIntExact(calibration.leftOut().stream()
                    .filter(row -> row.measurement().complete() && row.insideBand())
                    .count());
            runs += calibration.rows();
            constants += calibration.constants().size();
        }
        int rows = Math.max(1, complete);
        return List.of(
                "all stacks",
                String.valueOf(runs),
                String.valueOf(constants),
                percent(inFit / rows),
                percent(leftOut / rows),
                percent(without / rows),
                percent(100.0 * inside / rows));
    }

    static Grid constants(Calibration calibration) {
        List<List<String>> rows = new ArrayList<>();
        calibration
                .constants()
                .forEach((path, value) -> rows.add(List.of(
                        path,
                        Optional.ofNullable(calibration.stack().figures().get(path))
                                .map(figure -> shortened(figure.value()))
                                .orElse("–"),
                        shortened(value))));
        return new Grid(
                "Constants of %s".formatted(calibration.stack().name()), List.of("constant", ">now", ">fits"), rows);
    }

    static String percent(double percent) {
        return fixed(percent, 1) + " %";
    }

    private static String signed(double percent) {
        return (percent >= 0 ? "+" : "−") + fixed(Math.abs(percent), 1) + " %";
    }

    private static String shortened(double value) {
        return new java.math.BigDecimal(value)
                .round(new java.math.MathContext(5))
                .stripTrailingZeros()
                .toPlainString();
    }

    private static String fixed(double value, int places) {
        return String.format(
                Locale.ROOT, "%,." + places + "f", Decimals.shortest(value).setScale(places, RoundingMode.HALF_UP));
    }
}
