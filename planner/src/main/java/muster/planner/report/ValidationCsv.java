package muster.planner.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import muster.planner.domain.Measurement;
import muster.planner.domain.Validation;
import muster.planner.domain.Validation.Prediction;

/** A row per measurement for spreadsheets, those that were not used included. */
public final class ValidationCsv {
    private ValidationCsv() {}

    public static String of(Validation validation) {
        List<List<String>> rows = new ArrayList<>();
        for (Validation.Row row : validation.rows()) {
            Measurement measurement = row.measurement();
            Optional<Prediction> prediction = row.prediction();
            rows.add(List.of(
                    measurement.id(),
                    measurement.model(),
                    measurement.gpu(),
                    measurement.kind().map(kind -> kind.unit()).orElse(""),
                    measurement.stated().map(ValidationCsv::plain).orElse(""),
                    prediction.map(found -> plain(found.value())).orElse(""),
                    prediction.map(found -> plain(found.errorPercent())).orElse(""),
                    String.valueOf(row.used()),
                    row.reason()));
        }
        return CsvText.of(
                List.of("id", "model", "gpu", "unit", "measured", "predicted", "errorPercent", "used", "reason"), rows);
    }

    private static String plain(double value) {
        return Decimals.shortest(value).toPlainString();
    }
}
