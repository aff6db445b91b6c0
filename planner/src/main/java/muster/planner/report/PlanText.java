package muster.planner.report;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import muster.planner.domain.Objective;
import muster.planner.domain.Plan;
import muster.planner.domain.PlanAnswer;
import muster.planner.domain.Scenario;
import muster.planner.report.Page.Tone;

/**
 * An answer as text for people: the headline first, then fleet, schedule, cost, limits, how good it is, where the
 * numbers come from, and what they leave out.
 */
public final class PlanText {
    private PlanText() {}

    /**
     * {@return the report, ending in a newline}
     *
     * @param colour whether to add terminal colours; every meaning is in the words too
     */
    public static String of(PlanAnswer answer, boolean colour) {
        return page(answer, colour).text();
    }

    static Page page(PlanAnswer answer, boolean colour) {
        Page page = new Page(colour);
        page.line(Tone.STRONG, answer.scenario().title()).blank();
        headline(page, answer);
        answer.plan().ifPresent(plan -> {
            PlanSections.fleet(page, plan);
            PlanSections.schedule(page, plan, answer.scenario().start());
            StepSections.write(page, answer);
            ReplicaSections.write(page, plan);
            StepSections.alternatives(page, answer, plan);
            PlanSections.cost(page, plan, answer.scenario());
            PlanSections.limits(page, answer.limits());
            answer.alternatives().ifPresent(found -> AlternativesText.write(page, answer, plan, found));
        });
        NoPlanText.write(page, answer);
        PlanQuality.write(page, answer);
        notes(page, answer.scenario());
        PlanSources.write(page, answer);
        page.heading("Not included");
        page.paragraph("  ", """
                Research, ablations and failed runs; data and its preparation; staff; storage and checkpoints; \
                %s; price changes; taxes.""".formatted(notIncludedTrouble(answer)));
        return page;
    }

    /** Evictions of spot nodes are counted; what else goes wrong is not. */
    private static String notIncludedTrouble(PlanAnswer answer) {
        boolean evictions = answer.plan().stream()
                .flatMap(plan -> plan.jobs().stream())
                .anyMatch(job -> job.interruption().isPresent());
        return evictions
                ? "interruptions by anything but evictions, and late deliveries"
                : "interruptions, restarts and late deliveries";
    }

    static void headline(Page page, PlanAnswer answer) {
        switch (answer.status()) {
            case OPTIMAL ->
                page.line(Tone.GOOD, "Feasible, and proved best: no plan has " + lower(answer.scenario()) + ".");
            case FEASIBLE -> page.paragraph(Tone.GOOD, "", "Feasible: every limit is kept" + distance(answer) + ".");
            case INFEASIBLE -> page.line(Tone.BAD, "Infeasible, proved: no fleet keeps all the limits.");
            case UNKNOWN -> page.line(Tone.DOUBTFUL, "Unknown: no plan was found, and nothing was proved.");
        }
        answer.plan().ifPresent(plan -> page.line(Tone.STRONG, totals(plan, answer)));
        page.blank();
        List<Objective> objectives = answer.scenario().objectives();
        page.line("Objective: " + least(objectives.subList(0, 1)) + value(answer)
                + (objectives.size() == 1 ? "" : "; then " + least(objectives.subList(1, objectives.size()))));
    }

    private static String totals(Plan plan, PlanAnswer answer) {
        List<String> parts = new ArrayList<>();
        parts.add(Amounts.wholeUsd(plan.totals().microUsd()));
        parts.add(Amounts.decimal(plan.totals().finishMicros() / 86_400e6, 2) + " days"
                + answer.scenario()
                        .start()
                        .map(start -> ", done on " + date(start, plan.totals().finishMicros()))
                        .orElse(""));
        parts.add(Amounts.watts(plan.totals().peakMilliwatts() / 1e3) + " at peak");
        Gap.percent(answer).ifPresent(gap -> parts.add("gap " + Amounts.percent(gap)));
        return String.join(" · ", parts);
    }

    private static String lower(Scenario scenario) {
        return switch (scenario.objectives().getFirst()) {
            case COST -> "a lower cost";
            case DAYS -> "an earlier finish";
            case ENERGY -> "a lower energy use";
            case CARBON -> "lower emissions";
        };
    }

    private static String distance(PlanAnswer answer) {
        OptionalDouble gap = Gap.percent(answer);
        return gap.isEmpty()
                ? ""
                : ", and no plan can be better by more than " + Amounts.percent(gap.getAsDouble()) + " in "
                        + answer.scenario().objectives().getFirst().key();
    }

    private static String least(List<Objective> objectives) {
        return "least "
                + String.join(
                        ", then least ", objectives.stream().map(Objective::key).toList());
    }

    private static String value(PlanAnswer answer) {
        Objective objective = answer.scenario().objectives().getFirst();
        return answer.plan()
                .map(plan -> switch (objective) {
                    case COST -> ", " + Amounts.usd(plan.totals().microUsd());
                    case DAYS -> ", " + Amounts.days(plan.totals().finishMicros());
                    case ENERGY -> ", " + Amounts.kilowattHours(plan.totals().energyJoules());
                    case CARBON ->
                        plan.totals().carbonGrams().isPresent()
                                ? ", "
                                        + Amounts.kilograms(
                                                plan.totals().carbonGrams().getAsLong())
                                : "";
                })
                .orElse("");
    }

    private static void notes(Page page, Scenario scenario) {
        if (!scenario.notes().isEmpty()) {
            page.heading("Notes");
            scenario.notes().forEach(note -> page.paragraph("  - ", note));
        }
    }

    static String date(LocalDate start, long micros) {
        return start.plusDays(Math.floorDiv(micros, 86_400_000_000L)).toString();
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
