package muster.planner.report;

import java.util.List;
import java.util.Optional;
import muster.planner.domain.Calibration;
import muster.planner.domain.MeasuredKind;
import muster.planner.domain.Validation;
import muster.planner.domain.Validation.Row;
import muster.planner.report.ValidationTables.Grid;

/** Predicted against measured as one page for a browser. */
public final class ValidationHtml {
    /** The strip that is drawn around the diagonal. */
    private static final double BAND_FRACTION = 0.1;

    private ValidationHtml() {}

    public static String of(Validation validation, Optional<List<Calibration>> calibrations) {
        HtmlPage page = new HtmlPage("Predicted against measured: " + validation.file());
        page.paragraph(ValidationTables.summary(validation));
        page.heading("Chart");
        List<ScatterChart.Point> points = validation.rows().stream()
                .filter(Row::used)
                .map(ValidationHtml::point)
                .toList();
        page.chart(
                new ScatterChart("measured", "predicted", BAND_FRACTION, points).svg(),
                "Each point is a used row in its own unit (seconds per step, tokens/s/GPU, TFLOP/s/GPU, %); the strip is"
                        + " ± 10 %. The table of rows has the same values.");
        grid(page, ValidationTables.groups(validation));
        grid(page, ValidationTables.rankings(validation));
        calibrations.ifPresent(found -> {
            grid(page, ValidationTables.fits(found));
            found.forEach(calibration -> grid(page, ValidationTables.constants(calibration)));
        });
        grid(page, ValidationTables.misfits(validation));
        grid(page, ValidationTables.all(validation));
        return page.text();
    }

    private static ScatterChart.Point point(Row row) {
        String unit = row.measurement().kind().map(MeasuredKind::unit).orElse("");
        double predicted = row.prediction().orElseThrow().value();
        return new ScatterChart.Point(
                row.measurement().group(),
                row.measurement().value(),
                predicted,
                "%s: measured %s, predicted %s %s"
                        .formatted(
                                row.measurement().id(),
                                Amounts.decimal(row.measurement().value(), 3),
                                Amounts.decimal(predicted, 3),
                                unit));
    }

    private static void grid(HtmlPage page, Grid grid) {
        if (!grid.rows().isEmpty()) {
            page.heading(grid.title()).table(grid.headings(), grid.rows());
        }
    }
}
