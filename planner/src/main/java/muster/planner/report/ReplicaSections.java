package muster.planner.report;

import java.util.ArrayList;
import java.util.List;
import muster.planner.domain.Plan;
import muster.planner.domain.Plan.JobPlan;
import muster.planner.domain.Plan.PoolShare;
import muster.planner.domain.ReplicaEstimate;
import muster.planner.domain.StepBand;

/** The blocks of a report that say how jobs that generate run where the performance model gives their rate. */
final class ReplicaSections {
    private static final List<String> NAMES = List.of("job", "on pool");

    private ReplicaSections() {}

    static void write(Page page, Plan plan) {
        List<ReplicaTables.Named> rows = new ArrayList<>();
        for (JobPlan job : plan.jobs()) {
            for (PoolShare share : job.pools()) {
                share.replicas()
                        .ifPresent(found -> rows.add(new ReplicaTables.Named(
                                List.of(job.job().name(), share.pool().name()), found)));
            }
        }
        if (rows.isEmpty()) {
            return;
        }
        page.heading("Replicas that generate");
        ReplicaTables.replicas(page, NAMES, rows);
        rows.stream()
                .map(row -> row.estimate().mfuBasis())
                .distinct()
                .forEach(basis -> page.line("  MFU: %s.".formatted(basis)));
        for (JobPlan job : plan.jobs()) {
            job.pools().forEach(share -> share.replicas().ifPresent(found -> band(page, job, share, found)));
        }
        ReplicaTables.memory(page, NAMES, rows);
        for (ReplicaTables.Named row : rows) {
            page.heading("Where a step of %s on %s goes"
                    .formatted(row.name().getFirst(), row.name().getLast()));
            ReplicaTables.breakdown(page, row.estimate());
            page.paragraph("  ", ReplicaTables.aside(row.estimate()));
        }
    }

    private static void band(Page page, JobPlan job, PoolShare share, ReplicaEstimate found) {
        StepBand band =
                StepBand.of(found.stepSeconds(), job.job(), share.pool().node().gpu());
        page.paragraph(
                Page.Tone.DOUBTFUL,
                "  ",
                "A step of %s on %s takes %s to %s: %s. Days and costs follow."
                        .formatted(
                                job.job().name(),
                                share.pool().name(),
                                ReplicaTables.milliseconds(band.lowSeconds()),
                                ReplicaTables.milliseconds(band.highSeconds()),
                                band.basis()));
        // Spare nodes have a column of their own.
        long idle = share.computingGpus() - found.layout().gpus();
        if (idle > 0) {
            page.paragraph(
                    "  ",
                    "%s of %s stay idle on %s: replicas take %s each."
                            .formatted(
                                    Amounts.count(idle, "GPU"),
                                    Amounts.count(share.computingGpus()),
                                    share.pool().name(),
                                    Amounts.count(found.gpusPerReplica())));
        }
    }
}
