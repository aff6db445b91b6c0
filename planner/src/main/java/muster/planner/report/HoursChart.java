package muster.planner.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import muster.planner.domain.ClaimAnswer.Check;
import muster.planner.domain.Interval;
import muster.planner.report.Block.Chart;

/** Stated GPU-hours against those that the GPUs' peak and the performance model allow; the table of checks has the same. */
final class HoursChart {
    private static final List<String> OF_HOURS = List.of("peak", "physics");

    private HoursChart() {}

    /** {@return the chart, where hours are held against a limit} */
    static Optional<Chart> of(List<Check> checks) {
        List<Check> limits = checks.stream()
                .filter(check -> OF_HOURS.contains(check.name()))
                .filter(check -> check.stated().isPresent() && check.derived().isPresent())
                .toList();
        if (limits.isEmpty()) {
            return Optional.empty();
        }
        Interval stated = limits.getFirst().stated().orElseThrow();
        double most = Stream.concat(
                        Stream.of(stated),
                        limits.stream().map(check -> check.derived().orElseThrow()))
                .mapToDouble(range -> Double.isInfinite(range.high()) ? range.low() : range.high())
                .max()
                .orElseThrow();
        List<BarChart.Bar> bars = new ArrayList<>();
        bars.add(bar("stated", new Interval(0, stated.high()), most, stated, 0));
        for (Check check : limits) {
            Interval possible = check.derived().orElseThrow();
            String label = check.name().equals("peak") ? "peak of the GPUs" : "performance model";
            bars.add(bar(label, possible, most, possible, bars.size()));
        }
        return Optional.of(new Chart(
                new BarChart("GPU-hours against limits", bars).svg(),
                "GPU-hours as stated, and what peak and performance model allow; the table has the same values."));
    }

    /** An open end is drawn up to the largest number. */
    private static BarChart.Bar bar(String label, Interval drawn, double most, Interval shown, int colour) {
        return new BarChart.Bar(label, drawn.low(), Math.min(drawn.high(), most), Ranges.of(shown, "GPU-h"), colour);
    }
}
