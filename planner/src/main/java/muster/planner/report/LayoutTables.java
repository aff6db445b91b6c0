package muster.planner.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import muster.planner.domain.Layout;
import muster.planner.domain.LayoutEstimate;
import muster.planner.report.Page.Tone;

/** Layouts as tables: their arithmetic, their memory, where their steps go. The first columns name the layout. */
final class LayoutTables {
    private LayoutTables() {}

    /** A layout under its name: a cell for each of the first columns. */
    record Named(List<String> name, LayoutEstimate estimate) {}

    static void layouts(Page page, List<String> nameColumns, List<Named> layouts) {
        Table table = table(
                nameColumns,
                ">GPUs = tp × pp × dp × cp",
                ">vpp",
                ">ep",
                ">mbs",
                "recompute",
                ">zero",
                "schedule",
                ">step",
                ">MFU");
        for (Named named : layouts) {
            Layout layout = named.estimate().layout();
            table.row(cells(
                    named,
                    arithmetic(layout),
                    String.valueOf(layout.virtualPipeline()),
                    String.valueOf(layout.expert()),
                    String.valueOf(layout.microbatch()),
                    layout.recompute().key(),
                    String.valueOf(layout.zero()),
                    named.estimate().schedule().key(),
                    seconds(named.estimate().stepSeconds()),
                    percent(named.estimate().mfuPercent())));
        }
        page.table(table);
    }

    static void memory(Page page, List<String> nameColumns, List<Named> layouts) {
        page.heading("Memory (per GPU)");
        Table table = table(nameColumns, ">used", ">limit", ">left", ">tokens/s/GPU", "");
        for (Named named : layouts) {
            LayoutEstimate estimate = named.estimate();
            double left = estimate.memoryLimitBytesPerGpu() - estimate.memoryBytesPerGpu();
            table.row(
                    estimate.fits() ? Tone.PLAIN : Tone.BAD,
                    cells(
                            named,
                            gigabytes(estimate.memoryBytesPerGpu()),
                            gigabytes(estimate.memoryLimitBytesPerGpu()),
                            gigabytes(left),
                            Amounts.decimal(estimate.tokensPerSecondPerGpu(), 1),
                            estimate.fits() ? "fits" : "does not fit"));
        }
        page.table(table);
    }

    /** Where the step of one layout goes, its parts adding up as printed. */
    static void breakdown(Page page, LayoutEstimate estimate) {
        List<BreakdownPart> parts = BreakdownPart.of(estimate.breakdown()).stream()
                .filter(part -> part.seconds() != 0)
                .toList();
        List<Double> times = parts.stream().map(BreakdownPart::seconds).toList();
        List<BigDecimal> seconds = RoundedParts.of(times, 3);
        List<BigDecimal> percents = RoundedParts.of(
                times.stream().map(time -> 100 * time / estimate.stepSeconds()).toList(), 2);
        Table table = new Table("part", ">seconds", ">share");
        for (int i = 0; i < parts.size(); i++) {
            table.row(
                    parts.get(i).words(),
                    seconds.get(i).toPlainString(),
                    percents.get(i).toPlainString() + " %");
        }
        table.row(Tone.STRONG, "step", fixed(estimate.stepSeconds(), 3), "100.00 %");
        page.table(table);
    }

    static String arithmetic(Layout layout) {
        return "%s = %d × %d × %d × %d"
                .formatted(
                        Amounts.count(layout.gpus()),
                        layout.tensor(),
                        layout.pipeline(),
                        layout.data(),
                        layout.context());
    }

    static String seconds(double seconds) {
        return fixed(seconds, 3) + " s";
    }

    static String percent(double percent) {
        return fixed(percent, 1) + " %";
    }

    static String gigabytes(double bytes) {
        return fixed(bytes / 1e9, 2) + " GB";
    }

    /** As many decimal places in every row, so that a column lines up. */
    private static String fixed(double value, int places) {
        return String.format(
                Locale.ROOT, "%,." + places + "f", Decimals.shortest(value).setScale(places, RoundingMode.HALF_UP));
    }

    private static Table table(List<String> nameColumns, String... columns) {
        return new Table(Stream.concat(nameColumns.stream(), Stream.of(columns)).toArray(String[]::new));
    }

    private static String[] cells(Named named, String... cells) {
        List<String> row = new ArrayList<>(named.name());
        row.addAll(List.of(cells));
        return row.toArray(String[]::new);
    }
}
