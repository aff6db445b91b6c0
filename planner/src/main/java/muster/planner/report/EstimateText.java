package muster.planner.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import muster.planner.domain.Layout;
import muster.planner.domain.LayoutEstimate;
import muster.planner.domain.LayoutEstimates;
import muster.planner.domain.LayoutQuestion;
import muster.planner.domain.LayoutQuestion.InScenario;
import muster.planner.domain.LayoutWish;
import muster.planner.domain.StepBand;
import muster.planner.report.Page.Tone;

/**
 * An estimate as text for people: the headline first, then the layouts with their arithmetic, memory, where the best
 * one's step goes, notes and sources.
 */
public final class EstimateText {
    private EstimateText() {}

    /**
     * {@return the report, ending in a newline}
     *
     * @param colour whether to add terminal colours; every meaning is in the words too
     */
    public static String of(LayoutQuestion question, LayoutEstimates estimates, boolean colour) {
        Page page = new Page(colour);
        page.line(Tone.STRONG, title(question));
        page.paragraph("", asked(question)).blank();
        if (estimates.best().isEmpty()) {
            page.paragraph(Tone.BAD, "", noneIsLegal(question));
            page.heading("What every layout must keep");
            if (EstimateNotes.rules(question).stream().noneMatch(EstimateNotes::isBroken)) {
                page.line("  What is fixed breaks no rule alone; together they leave nothing.");
            }
            EstimateNotes.rules(question).forEach(rule -> page.paragraph("  - ", rule));
            return page.text();
        }
        LayoutEstimate best = estimates.best().getFirst();
        headline(page, question, estimates, best);
        layouts(page, estimates.best());
        memory(page, estimates.best());
        breakdown(page, best);
        page.heading("Notes");
        EstimateNotes.of(question, estimates).forEach(note -> page.paragraph("  - ", note));
        PlanSources.write(page, EstimateProvenance.of(question), "estimate");
        return page.text();
    }

    private static String title(LayoutQuestion question) {
        return "%s on %s (%s): %s"
                .formatted(
                        question.job().model().label(),
                        Amounts.count(question.nodes().asInt(), "node"),
                        question.node().label(),
                        Amounts.count(question.gpus(), "GPU"));
    }

    private static String asked(LayoutQuestion question) {
        return "%s sequences of %s tokens per step, %s, %s%s"
                .formatted(
                        Amounts.count(question.job().batchSequences().asInt()),
                        Amounts.count(question.job().sequenceTokens().asInt()),
                        question.job().precision().key(),
                        question.job().stack().label(),
                        question.origin()
                                .map(origin -> "; job %s on pool %s of %s"
                                        .formatted(question.job().name(), origin.pool(), file(origin)))
                                .orElse(""));
    }

    private static String file(InScenario origin) {
        return origin.file().equals(origin.title()) ? origin.title() : "\"" + origin.title() + "\"";
    }

    private static String noneIsLegal(LayoutQuestion question) {
        return "No layout is legal on %s%s."
                .formatted(
                        Amounts.count(question.gpus(), "GPU"),
                        question.wish().equals(LayoutWish.any()) ? "" : " with the dimensions that are fixed");
    }

    private static void headline(Page page, LayoutQuestion question, LayoutEstimates estimates, LayoutEstimate best) {
        String evaluated = Amounts.count(estimates.candidates(), "layout") + " evaluated";
        if (estimates.feasible() == 0) {
            page.paragraph(
                    Tone.BAD,
                    "",
                    "No layout fits in memory: of %s, none. The one that lacks least:".formatted(evaluated));
        } else {
            page.line(
                    Tone.GOOD,
                    "The fastest of %s, of which %s in memory."
                            .formatted(
                                    evaluated,
                                    estimates.feasible() == 1
                                            ? "1 fits"
                                            : Amounts.count(estimates.feasible()) + " fit"));
        }
        page.line(
                Tone.STRONG,
                "%s per step · %s · %s tokens/s/GPU · MFU %s"
                        .formatted(
                                seconds(best.stepSeconds()),
                                Amounts.tokensPerSecond(best.tokensPerSecond()),
                                Amounts.decimal(best.tokensPerSecondPerGpu(), 1),
                                percent(best.mfuPercent())));
        page.blank();
        StepBand band =
                StepBand.of(best.stepSeconds(), question.job(), question.node().gpu());
        page.paragraph(
                Tone.DOUBTFUL,
                "",
                "Step between %s and %s (± %s %%): %s."
                        .formatted(
                                seconds(band.lowSeconds()),
                                seconds(band.highSeconds()),
                                Amounts.decimal(band.halfWidthPercent(), 0),
                                band.basis()));
        page.line("MFU: %s.".formatted(best.mfuBasis()));
    }

    private static void layouts(Page page, List<LayoutEstimate> best) {
        page.heading("Layouts (fastest first)");
        Table table = new Table(
                ">#",
                ">GPUs = tp × pp × dp × cp",
                ">vpp",
                ">ep",
                ">mbs",
                "recompute",
                ">zero",
                "schedule",
                ">step",
                ">MFU");
        for (int rank = 0; rank < best.size(); rank++) {
            Layout layout = best.get(rank).layout();
            table.row(
                    String.valueOf(rank + 1),
                    arithmetic(layout),
                    String.valueOf(layout.virtualPipeline()),
                    String.valueOf(layout.expert()),
                    String.valueOf(layout.microbatch()),
                    layout.recompute().key(),
                    String.valueOf(layout.zero()),
                    best.get(rank).schedule().key(),
                    seconds(best.get(rank).stepSeconds()),
                    percent(best.get(rank).mfuPercent()));
        }
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

    private static void memory(Page page, List<LayoutEstimate> best) {
        page.heading("Memory (per GPU)");
        Table table = new Table(">#", ">used", ">limit", ">left", ">tokens/s/GPU", "");
        for (int rank = 0; rank < best.size(); rank++) {
            LayoutEstimate estimate = best.get(rank);
            double left = estimate.memoryLimitBytesPerGpu() - estimate.memoryBytesPerGpu();
            table.row(
                    estimate.fits() ? Tone.PLAIN : Tone.BAD,
                    String.valueOf(rank + 1),
                    gigabytes(estimate.memoryBytesPerGpu()),
                    gigabytes(estimate.memoryLimitBytesPerGpu()),
                    gigabytes(left),
                    Amounts.decimal(estimate.tokensPerSecondPerGpu(), 1),
                    estimate.fits() ? "fits" : "does not fit");
        }
        page.table(table);
    }

    private static void breakdown(Page page, LayoutEstimate best) {
        page.heading("Where the step of layout 1 goes");
        List<BreakdownPart> parts = BreakdownPart.of(best.breakdown()).stream()
                .filter(part -> part.seconds() != 0)
                .toList();
        List<Double> times = parts.stream().map(BreakdownPart::seconds).toList();
        List<BigDecimal> seconds = RoundedParts.of(times, 3);
        List<BigDecimal> percents = RoundedParts.of(
                times.stream().map(time -> 100 * time / best.stepSeconds()).toList(), 2);
        Table table = new Table("part", ">seconds", ">share");
        for (int i = 0; i < parts.size(); i++) {
            table.row(
                    parts.get(i).words(),
                    seconds.get(i).toPlainString(),
                    percents.get(i).toPlainString() + " %");
        }
        table.row(Tone.STRONG, "step", fixed(best.stepSeconds(), 3), "100.00 %");
        page.table(table);
    }

    private static String seconds(double seconds) {
        return fixed(seconds, 3) + " s";
    }

    private static String percent(double percent) {
        return fixed(percent, 1) + " %";
    }

    private static String gigabytes(double bytes) {
        return fixed(bytes / 1e9, 2) + " GB";
    }

    /** As many decimal places in every row, so that a column lines up. */
    private static String fixed(double value, int places) {
        return String.format(
                Locale.ROOT, "%,." + places + "f", Decimals.shortest(value).setScale(places, RoundingMode.HALF_UP));
    }
}
