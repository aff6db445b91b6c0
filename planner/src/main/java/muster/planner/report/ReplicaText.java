package muster.planner.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import muster.planner.domain.LayoutQuestion;
import muster.planner.domain.LayoutWish;
import muster.planner.domain.ReplicaEstimate;
import muster.planner.domain.ReplicaEstimates;
import muster.planner.domain.Stack;
import muster.planner.domain.StepBand;
import muster.planner.domain.Work;
import muster.planner.report.Page.Tone;

/** An estimate of a job that generates as text for people: the headline first, then replicas, memory, the step, notes. */
public final class ReplicaText {
    private ReplicaText() {}

    /**
     * {@return the report, ending in a newline}
     *
     * @param colour whether to add terminal colours; every meaning is in the words too
     */
    public static String of(LayoutQuestion question, Work.Generation work, ReplicaEstimates estimates, boolean colour) {
        Page page = new Page(colour);
        page.line(Tone.STRONG, EstimateText.title(question));
        page.paragraph("", asked(question, work)).blank();
        if (estimates.best().isEmpty()) {
            page.paragraph(Tone.BAD, "", EstimateText.noneIsLegal(question));
            page.heading("Notes");
            notes(question, estimates).forEach(note -> page.paragraph("  - ", note));
            return page.text();
        }
        ReplicaEstimate best = estimates.best().getFirst();
        headline(page, question, estimates, best);
        List<ReplicaTables.Named> ranked = IntStream.range(0, estimates.best().size())
                .mapToObj(rank -> new ReplicaTables.Named(
                        List.of(String.valueOf(rank + 1)), estimates.best().get(rank)))
                .toList();
        page.heading("Replicas (fastest first)");
        ReplicaTables.replicas(page, List.of(">#"), ranked);
        ReplicaTables.memory(page, List.of(">#"), ranked);
        page.heading("Where the step of layout 1 goes");
        ReplicaTables.breakdown(page, best);
        page.paragraph("  ", ReplicaTables.aside(best));
        page.heading("Notes");
        notes(question, estimates).forEach(note -> page.paragraph("  - ", note));
        PlanSources.write(page, ModelProvenance.of(question), "estimate");
        return page.text();
    }

    private static String asked(LayoutQuestion question, Work.Generation work) {
        return "%s samples of %s tokens (99 %% up to %s) after prompts of %s, %s, %s%s"
                .formatted(
                        Amounts.decimal(work.samples().value(), 0),
                        Amounts.count(work.meanOutputTokens().asInt()),
                        Amounts.count(work.tailOutputTokens().asInt()),
                        Amounts.count(work.promptTokens().asInt()),
                        question.job().precision().key(),
                        question.job().stack().label(),
                        EstimateText.place(question));
    }

    private static void headline(Page page, LayoutQuestion question, ReplicaEstimates estimates, ReplicaEstimate best) {
        EstimateText.fits(page, estimates.candidates(), estimates.feasible());
        page.line(
                Tone.STRONG,
                "%s · %s tokens/s/GPU · %s per step · MFU %s"
                        .formatted(
                                Amounts.tokensPerSecond(best.tokensPerSecond()),
                                Amounts.decimal(best.tokensPerSecondPerGpu(), 1),
                                ReplicaTables.milliseconds(best.stepSeconds()),
                                LayoutTables.percent(best.mfuPercent())));
        page.blank();
        StepBand band =
                StepBand.of(best.stepSeconds(), question.job(), question.node().gpu());
        page.paragraph(
                Tone.DOUBTFUL,
                "",
                "Step between %s and %s (± %s %%): %s."
                        .formatted(
                                ReplicaTables.milliseconds(band.lowSeconds()),
                                ReplicaTables.milliseconds(band.highSeconds()),
                                Amounts.decimal(band.halfWidthPercent(), 0),
                                band.basis()));
        page.line("MFU: %s.".formatted(best.mfuBasis()));
    }

    /** {@return what a reader should know, in sentences} */
    static List<String> notes(LayoutQuestion question, ReplicaEstimates estimates) {
        List<String> notes = new ArrayList<>(question.notes());
        if (estimates.candidates() == 0) {
            notes.add(
                    "tp, pp and the data ranks of a replica are powers of two, of 512 GPUs at most; data ranks above 1 need"
                            + " experts, and ep divides these; vpp and cp are 1, zero is 0, recompute none.");
            if (!question.wish().equals(LayoutWish.any())) {
                notes.add("dp counts the data ranks of all replicas, mbs the sequences of a data rank in one pass.");
            }
            return notes;
        }
        notes.add("Rates count prompts and the tail of long samples, and expect batches to be kept full until then.");
        Stack.Reached reached = question.efficiency();
        if (!reached.own()) {
            notes.add("Stack %s states no %s efficiencies for the GPU %s; those of stack %s on %s stand in."
                    .formatted(
                            question.job().stack().name(),
                            question.job().precision().key(),
                            question.node().gpu().name(),
                            reached.stack(),
                            reached.key()));
        }
        return notes;
    }
}
