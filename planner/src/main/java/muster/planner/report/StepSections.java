package muster.planner.report;

import java.util.ArrayList;
import java.util.List;
import muster.planner.domain.LayoutEstimate;
import muster.planner.domain.Objective;
import muster.planner.domain.Plan;
import muster.planner.domain.Plan.JobPlan;
import muster.planner.domain.Plan.JobStep;
import muster.planner.domain.Plan.PoolShare;
import muster.planner.domain.Plan.PoolStep;
import muster.planner.domain.PlanAnswer;
import muster.planner.domain.PlanAnswer.OnePool;
import muster.planner.domain.PlanAnswer.Relaxation;
import muster.planner.domain.StepBand;

/** The blocks of a report that say how jobs run where the performance model gives their rate. */
final class StepSections {
    private StepSections() {}

    static void write(Page page, PlanAnswer answer) {
        List<JobPlan> jobs = answer.plan().stream()
                .flatMap(plan -> plan.jobs().stream())
                .filter(job -> job.step().isPresent())
                .toList();
        if (jobs.isEmpty()) {
            return;
        }
        List<LayoutTables.Named> layouts = new ArrayList<>();
        for (JobPlan job : jobs) {
            for (PoolShare share : job.pools()) {
                share.step()
                        .ifPresent(step -> layouts.add(new LayoutTables.Named(
                                List.of(job.job().name(), share.pool().name()), step.estimate())));
            }
        }
        page.heading("Layouts");
        LayoutTables.layouts(page, List.of("job", "on pool"), layouts);
        layouts.stream()
                .map(layout -> layout.estimate().mfuBasis())
                .distinct()
                .forEach(basis -> page.line("  MFU: %s.".formatted(basis)));
        bands(page, jobs);
        LayoutTables.memory(page, List.of("job", "on pool"), layouts);
        for (JobPlan job : jobs) {
            for (PoolShare share : job.pools()) {
                share.step().ifPresent(step -> breakdown(page, job, share, step.estimate()));
            }
        }
        jobs.stream().filter(job -> modelled(job) > 1).forEach(job -> together(page, job));
    }

    private static long modelled(JobPlan job) {
        return job.pools().stream().filter(share -> share.step().isPresent()).count();
    }

    private static void bands(Page page, List<JobPlan> jobs) {
        for (JobPlan job : jobs) {
            for (PoolShare share : job.pools()) {
                share.step().ifPresent(step -> {
                    StepBand band = StepBand.of(
                            step.estimate().stepSeconds(),
                            job.job(),
                            share.pool().node().gpu());
                    page.paragraph(
                            Page.Tone.DOUBTFUL,
                            "  ",
                            "A step of %s on %s takes %s to %s: %s. Days and costs follow."
                                    .formatted(
                                            job.job().name(),
                                            share.pool().name(),
                                            LayoutTables.seconds(band.lowSeconds()),
                                            LayoutTables.seconds(band.highSeconds()),
                                            band.basis()));
                });
            }
        }
    }

    private static void breakdown(Page page, JobPlan job, PoolShare share, LayoutEstimate estimate) {
        page.heading("Where a step of %s on %s goes"
                .formatted(job.job().name(), share.pool().name()));
        LayoutTables.breakdown(page, estimate);
    }

    /** Pools that take steps together wait for the slowest share, then for the exchange. */
    private static void together(Page page, JobPlan job) {
        JobStep step = job.step().orElseThrow();
        page.heading("Shares of a step of " + job.job().name());
        Table table = new Table("pool", ">sequences", ">microbatches", ">computes", ">waits", ">exchanges", ">step");
        for (PoolShare share : job.pools()) {
            if (share.step().isPresent()) {
                PoolStep own = share.step().orElseThrow();
                double computes = own.estimate().stepSeconds();
                table.row(
                        share.pool().name(),
                        Amounts.count(own.sequences()),
                        "%s × %s"
                                .formatted(
                                        Amounts.count(own.microbatches()),
                                        Amounts.count(own.estimate().layout().data())),
                        LayoutTables.seconds(computes),
                        LayoutTables.seconds(Math.max(0, step.stepSeconds() - step.exchangeSeconds() - computes)),
                        LayoutTables.seconds(step.exchangeSeconds()),
                        LayoutTables.seconds(step.stepSeconds()));
            }
        }
        page.table(table);
        double loss = mixingLossPercent(job);
        page.paragraph(
                "  ",
                loss >= 0
                        ? "Mixing costs %s of the rate that the pools would have alone, each with the whole batch."
                                .formatted(Amounts.percent(loss))
                        : "Together the pools are %s faster than alone: their batch divides better."
                                .formatted(Amounts.percent(-loss)));
    }

    /** {@return how far the job's rate is below what its pools give alone, percent} */
    static double mixingLossPercent(JobPlan job) {
        return job.step()
                .filter(step -> job.pools().size() > 1)
                .map(step -> 100 * (1 - job.tokensPerSecond() * job.timeFactor() / step.aloneTokensPerSecond()))
                .orElse(0.0);
    }

    /** What each pool could do alone, where the performance model gives rates. */
    static void alternatives(Page page, PlanAnswer answer, Plan plan) {
        boolean modelled = plan.jobs().stream()
                .flatMap(job -> job.pools().stream())
                .anyMatch(share -> share.run().isPresent());
        if (answer.onePools().isEmpty() || !modelled) {
            return;
        }
        Objective objective = answer.scenario().objectives().getFirst();
        page.heading("Why more than one pool");
        Table table = new Table("alone on", ">least " + objective.key(), "");
        for (OnePool alone : answer.onePools()) {
            table.row(
                    alone.pool(),
                    switch (alone.verdict()) {
                        case POSSIBLE -> Amounts.amount(alone.value().orElseThrow(), objective.unit());
                        case BREAKS_LIMITS, NO_LAYOUT -> "impossible";
                        case NOT_SETTLED -> "unknown";
                    },
                    reason(alone));
        }
        table.row(
                Page.Tone.STRONG,
                "together",
                plan.totals().value(objective).stream()
                        .mapToObj(value -> Amounts.amount(value, objective.unit()))
                        .findFirst()
                        .orElse(""),
                "");
        page.table(table);
    }

    private static String reason(OnePool alone) {
        return switch (alone.verdict()) {
            case POSSIBLE -> "";
            case NO_LAYOUT -> "no layout is legal and fits in memory";
            case NOT_SETTLED -> "the bound was not carried that far";
            case BREAKS_LIMITS ->
                alone.waysOut().isEmpty()
                        ? "no limit is enough to loosen alone"
                        : "needs "
                                + String.join(
                                        ", or ",
                                        alone.waysOut().stream()
                                                .map(StepSections::wayOut)
                                                .toList());
        };
    }

    private static String wayOut(Relaxation relaxation) {
        return "a %s of %s".formatted(relaxation.limit(), NoPlanText.needed(relaxation));
    }
}
