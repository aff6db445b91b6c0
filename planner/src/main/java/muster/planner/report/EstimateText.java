package muster.planner.report;

import java.util.List;
import java.util.stream.IntStream;
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
        List<LayoutTables.Named> ranked = IntStream.range(0, estimates.best().size())
                .mapToObj(rank -> new LayoutTables.Named(
                        List.of(String.valueOf(rank + 1)), estimates.best().get(rank)))
                .toList();
        page.heading("Layouts (fastest first)");
        LayoutTables.layouts(page, List.of(">#"), ranked);
        LayoutTables.memory(page, List.of(">#"), ranked);
        page.heading("Where the step of layout 1 goes");
        LayoutTables.breakdown(page, best);
        page.heading("Notes");
        EstimateNotes.of(question, estimates).forEach(note -> page.paragraph("  - ", note));
        PlanSources.write(page, ModelProvenance.of(question), "estimate");
        return page.text();
    }

    static String title(LayoutQuestion question) {
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
                        Amounts.count(question.job().training().batchSequences().asInt()),
                        Amounts.count(question.job().training().sequenceTokens().asInt()),
                        question.job().precision().key(),
                        question.job().stack().label(),
                        place(question));
    }

    /** {@return which job and pool of a scenario are meant, after a semicolon; nothing where they were named one by one} */
    static String place(LayoutQuestion question) {
        return question.origin()
                .map(origin ->
                        "; job %s on pool %s of %s".formatted(question.job().name(), origin.pool(), file(origin)))
                .orElse("");
    }

    private static String file(InScenario origin) {
        return origin.file().equals(origin.title()) ? origin.title() : "\"" + origin.title() + "\"";
    }

    static String noneIsLegal(LayoutQuestion question) {
        return "No layout is legal on %s%s."
                .formatted(
                        Amounts.count(question.gpus(), "GPU"),
                        question.wish().equals(LayoutWish.any()) ? "" : " with the dimensions that are fixed");
    }

    /** Tells how many layouts were looked at and how many of them fit. */
    static void fits(Page page, long candidates, long feasible) {
        String evaluated = Amounts.count(candidates, "layout") + " evaluated";
        if (feasible == 0) {
            page.paragraph(
                    Tone.BAD,
                    "",
                    "No layout fits in memory: of %s, none. The one that lacks least:".formatted(evaluated));
        } else {
            page.line(
                    Tone.GOOD,
                    "The fastest of %s, of which %s in memory."
                            .formatted(evaluated, feasible == 1 ? "1 fits" : Amounts.count(feasible) + " fit"));
        }
    }

    private static void headline(Page page, LayoutQuestion question, LayoutEstimates estimates, LayoutEstimate best) {
        fits(page, estimates.candidates(), estimates.feasible());
        page.line(
                Tone.STRONG,
                "%s per step · %s · %s tokens/s/GPU · MFU %s"
                        .formatted(
                                LayoutTables.seconds(best.stepSeconds()),
                                Amounts.tokensPerSecond(best.tokensPerSecond()),
                                Amounts.decimal(best.tokensPerSecondPerGpu(), 1),
                                LayoutTables.percent(best.mfuPercent())));
        page.blank();
        StepBand band =
                StepBand.of(best.stepSeconds(), question.job(), question.node().gpu());
        page.paragraph(
                Tone.DOUBTFUL,
                "",
                "Step between %s and %s (± %s %%): %s."
                        .formatted(
                                LayoutTables.seconds(band.lowSeconds()),
                                LayoutTables.seconds(band.highSeconds()),
                                Amounts.decimal(band.halfWidthPercent(), 0),
                                band.basis()));
        page.line("MFU: %s.".formatted(best.mfuBasis()));
    }
}
