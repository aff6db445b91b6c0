package muster.planner.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import muster.planner.domain.Claim;
import muster.planner.domain.ClaimAnswer;
import muster.planner.domain.Interval;
import muster.planner.domain.StatedFigure;
import muster.planner.report.Block.Chart;
import muster.planner.report.Block.Grid;

/** A claimed run phase by phase, as time and as money. */
final class RunBlocks {
    private static final double HOURS_PER_DAY = 24;

    private RunBlocks() {}

    /** A phase whose GPU-hours are stated as one number; the days follow where its GPUs are known. */
    private record Phase(String name, double hours, Optional<Double> days) {}

    static void add(List<Block> blocks, int level, ClaimAnswer answer) {
        List<Phase> phases = phases(answer);
        if (phases.size() > 1) {
            List<Block> content = new ArrayList<>();
            if (phases.stream().allMatch(phase -> phase.days().isPresent())) {
                timeline(content, phases);
            }
            Interval price = answer.derived().getOrDefault("usdPerGpuHour", Interval.ANY);
            if (price.isPoint()) {
                money(content, phases, price.low());
            }
            if (!content.isEmpty()) {
                ClaimReport.section(blocks, level, "Phase by phase", content);
            }
        }
    }

    private static List<Phase> phases(ClaimAnswer answer) {
        Claim claim = answer.claim();
        List<Phase> phases = new ArrayList<>();
        for (String name : claim.phases()) {
            Optional<StatedFigure> hours = claim.find(Claim.phasePath(name, "gpuHours"))
                    .filter(found -> found.nominal().isPoint());
            Optional<Double> gpus = claim.find(Claim.phasePath(name, "gpus"))
                    .or(() -> claim.find("gpus"))
                    .map(StatedFigure::nominal)
                    .filter(Interval::isPoint)
                    .map(Interval::low);
            hours.map(found -> found.nominal().low())
                    .ifPresent(found ->
                            phases.add(new Phase(name, found, gpus.map(count -> found / count / HOURS_PER_DAY))));
        }
        return phases;
    }

    /** One phase after another, as sources tell them. */
    private static void timeline(List<Block> content, List<Phase> phases) {
        List<BarChart.Bar> bars = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        double day = 0;
        for (Phase phase : phases) {
            double days = phase.days().orElseThrow();
            bars.add(new BarChart.Bar(phase.name(), day, day + days, shown(days, "d"), bars.size()));
            rows.add(List.of(phase.name(), shown(phase.hours(), "GPU-h"), shown(day, "d"), shown(days, "d")));
            day += days;
        }
        content.add(new Chart(
                new BarChart("schedule: days of phases", bars).svg(),
                "Days of each phase, one after another; the table has the same values."));
        content.add(new Grid(List.of("phase", ">GPU-hours", ">from day", ">takes"), rows));
    }

    private static void money(List<Block> content, List<Phase> phases, double price) {
        List<BarChart.Bar> bars = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        double from = 0;
        for (Phase phase : phases) {
            double usd = phase.hours() * price;
            bars.add(new BarChart.Bar(phase.name(), from, from + usd, shown(usd, "USD"), bars.size()));
            rows.add(List.of(phase.name(), shown(phase.hours(), "GPU-h"), shown(usd, "USD")));
            from += usd;
        }
        bars.add(new BarChart.Bar("in all", 0, from, shown(from, "USD"), bars.size()));
        rows.add(List.of(
                "in all", shown(phases.stream().mapToDouble(Phase::hours).sum(), "GPU-h"), shown(from, "USD")));
        content.add(new Chart(
                new BarChart("cost, phase by phase", bars).svg(),
                "Cost of each phase at %s, each where the last one ended; the table has the same values."
                        .formatted(shown(price, "USD/GPU/h"))));
        content.add(new Grid(List.of("phase", ">GPU-hours", ">cost"), rows));
    }

    private static String shown(double value, String unit) {
        return Ranges.of(Interval.exactly(value), unit);
    }
}
