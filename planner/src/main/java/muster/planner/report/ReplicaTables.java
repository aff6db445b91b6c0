package muster.planner.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import muster.planner.domain.Layout;
import muster.planner.domain.ReplicaEstimate;
import muster.planner.domain.ReplicaEstimate.Part;
import muster.planner.domain.ReplicaEstimate.PartKind;
import muster.planner.report.Page.Tone;

/** Replicas as tables: their GPUs and sequences, their memory, where their steps go. The first columns name the row. */
final class ReplicaTables {
    private ReplicaTables() {}

    /** Replicas under their name: a cell for each of the first columns. */
    record Named(List<String> name, ReplicaEstimate estimate) {}

    static void replicas(Page page, List<String> nameColumns, List<Named> rows) {
        Table table = table(
                nameColumns,
                ">replicas",
                ">GPUs = tp × pp × dp",
                ">ep",
                ">sequences each",
                ">step",
                ">tokens/s/GPU",
                ">MFU",
                "waits most for");
        for (Named named : rows) {
            ReplicaEstimate estimate = named.estimate();
            Layout layout = estimate.layout();
            table.row(cells(
                    named,
                    Amounts.count(estimate.replicas()),
                    "%s = %d × %d × %d"
                            .formatted(
                                    Amounts.count(estimate.gpusPerReplica()),
                                    layout.tensor(),
                                    layout.pipeline(),
                                    layout.data() / estimate.replicas()),
                    String.valueOf(layout.expert()),
                    Amounts.count(estimate.sequencesPerReplica()),
                    milliseconds(estimate.stepSeconds()),
                    Amounts.decimal(estimate.tokensPerSecondPerGpu(), 1),
                    LayoutTables.percent(estimate.mfuPercent()),
                    estimate.bound().key()));
        }
        page.table(table);
    }

    static void memory(Page page, List<String> nameColumns, List<Named> rows) {
        page.heading("Memory (per GPU that generates)");
        Table table = table(nameColumns, ">weights", ">cache", ">working", ">used", ">limit", "");
        for (Named named : rows) {
            ReplicaEstimate estimate = named.estimate();
            table.row(
                    estimate.fits() ? Tone.PLAIN : Tone.BAD,
                    cells(
                            named,
                            LayoutTables.gigabytes(estimate.memory().weightBytes()),
                            LayoutTables.gigabytes(estimate.memory().cacheBytes()),
                            LayoutTables.gigabytes(estimate.memory().workingBytes()),
                            LayoutTables.gigabytes(estimate.memoryBytesPerGpu()),
                            LayoutTables.gigabytes(estimate.memoryLimitBytesPerGpu()),
                            estimate.fits() ? "fits" : "does not fit"));
        }
        page.table(table);
    }

    /** Where the step of one layout goes, its parts adding up as printed. */
    static void breakdown(Page page, ReplicaEstimate estimate) {
        List<Double> times = estimate.parts().stream().map(Part::seconds).toList();
        List<BigDecimal> milliseconds =
                RoundedParts.of(times.stream().map(time -> 1e3 * time).toList(), 3);
        List<BigDecimal> percents = RoundedParts.of(
                times.stream().map(time -> 100 * time / estimate.stepSeconds()).toList(), 2);
        Table table = new Table("part", ">time", ">share", "waits for");
        for (int i = 0; i < times.size(); i++) {
            Part part = estimate.parts().get(i);
            table.row(
                    words(part.kind()),
                    milliseconds.get(i).toPlainString() + " ms",
                    percents.get(i).toPlainString() + " %",
                    part.waitsFor().key());
        }
        table.row(Tone.STRONG, "step", milliseconds(estimate.stepSeconds()), "100.00 %", "");
        page.table(table);
    }

    /** What a sample takes besides its steps. */
    static String aside(ReplicaEstimate estimate) {
        return "A step gives every sequence one token, %s tokens after its start on average. A prompt takes %s of a data rank;"
                        .formatted(
                                Amounts.decimal(estimate.meanContextTokens(), 0),
                                milliseconds(estimate.prefillSeconds()))
                + " at the end the longest samples write on for %s."
                        .formatted(LayoutTables.seconds(estimate.tailSeconds()));
    }

    private static String words(PartKind kind) {
        return switch (kind) {
            case PROJECTIONS -> "queries, keys, values and outputs of attention";
            case CACHE -> "attention over the cache";
            case FEED_FORWARD -> "dense layers and shared experts";
            case EXPERTS -> "routed experts";
            case ROUTER -> "router";
            case HEAD -> "head and logits";
            case ACTIVATIONS -> "norms, residuals and activations";
            case TENSOR_PARALLEL -> "exchange between tensor ranks";
            case EXPERT_PARALLEL -> "exchange between experts";
            case PIPELINE_SEND -> "sends between pipeline stages";
            case LAUNCH -> "starting kernels";
        };
    }

    static String milliseconds(double seconds) {
        return String.format(
                Locale.ROOT, "%,.3f ms", Decimals.shortest(1e3 * seconds).setScale(3, RoundingMode.HALF_UP));
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
