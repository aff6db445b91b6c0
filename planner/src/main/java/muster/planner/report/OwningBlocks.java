package muster.planner.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import muster.planner.domain.ClaimAnswer;
import muster.planner.domain.ClaimAnswer.Owning;
import muster.planner.domain.Interval;
import muster.planner.report.Block.Chart;
import muster.planner.report.Block.Grid;
import muster.planner.report.Block.Paragraph;

/** What a GPU of the run costs its owner, part by part, and when that is cheaper than rent. */
final class OwningBlocks {
    private OwningBlocks() {}

    static void add(List<Block> blocks, int level, ClaimAnswer answer, SourceNumbers numbers) {
        answer.owning().ifPresent(owning -> {
            List<Block> content = new ArrayList<>();
            content.add(
                    new Chart(
                            new BarChart("cost of owning, part by part", waterfall(owning)).svg(),
                            "High ends of the parts of a year's cost, each where the last one ended; the table has both ends."));
            content.add(new Grid(List.of("per GPU and year", ">low", ">high"), rows(owning)));
            content.add(new Paragraph(meeting(owning)));
            content.add(new Grid(List.of("yardstick", "range", "source"), yardsticks(owning, numbers)));
            ClaimReport.section(
                    blocks, level, "Own or rent: " + owning.gpu() + ", " + owning.topology() + " network", content);
        });
    }

    private static List<BarChart.Bar> waterfall(Owning owning) {
        List<BarChart.Bar> bars = new ArrayList<>();
        double from = 0;
        int colour = 0;
        for (Map.Entry<String, Interval> part : owning.usdPerGpuYear().entrySet()) {
            double to = from + part.getValue().high();
            bars.add(new BarChart.Bar(
                    part.getKey(), from, to, dollars(part.getValue().high()), colour++));
            from = to;
        }
        bars.add(new BarChart.Bar("in all", 0, from, dollars(from), 7));
        return bars;
    }

    private static List<List<String>> rows(Owning owning) {
        List<List<String>> rows = new ArrayList<>();
        double low = 0;
        double high = 0;
        for (Map.Entry<String, Interval> part : owning.usdPerGpuYear().entrySet()) {
            low += part.getValue().low();
            high += part.getValue().high();
            rows.add(List.of(
                    part.getKey(),
                    dollars(part.getValue().low()),
                    dollars(part.getValue().high())));
        }
        rows.add(List.of("in all", dollars(low), dollars(high)));
        return rows;
    }

    private static List<List<String>> yardsticks(Owning owning, SourceNumbers numbers) {
        return owning.sources().stream()
                .map(input ->
                        List.of(input.key().replaceFirst("^owning\\.", ""), input.range(), numbers.of(input.source())))
                .toList();
    }

    private static String meeting(Owning owning) {
        String hour = "A GPU-hour costs its owner %s when used all the time, %s at %s of it."
                .formatted(
                        Ranges.of(owning.usdPerGpuHour(), "USD/GPU/h"),
                        Ranges.of(owning.usdPerGpuHourUsed(), "USD/GPU/h"),
                        Ranges.of(owning.utilisationFraction().times(100), "%"));
        return owning.breakEvenFraction()
                .map(share -> hour
                        + " Owning meets the price of the claim at %s of the time; above that owning is cheaper%s."
                                .formatted(
                                        Ranges.of(share.times(100), "%"),
                                        share.high() > 1 ? ", and where that is over 100 % rent always is" : ""))
                .orElse(hour);
    }

    private static String dollars(double usd) {
        return String.format(Locale.ROOT, "$%,.0f", usd);
    }
}
