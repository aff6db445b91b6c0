package muster.planner.report;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import muster.planner.domain.Accounting;
import muster.planner.domain.Acquisition;
import muster.planner.domain.Plan;
import muster.planner.domain.Plan.FleetRow;
import muster.planner.domain.Plan.JobPlan;
import muster.planner.domain.Plan.PoolShare;
import muster.planner.domain.Plan.Totals;
import muster.planner.domain.PlanAnswer.LimitUse;
import muster.planner.domain.Scenario;
import muster.planner.report.Page.Tone;

/** The blocks of a report that describe a plan: what to get, when it runs, what it costs, how close the limits are. */
final class PlanSections {
    /** As a share of the limit; less is what rounding leaves. */
    private static final double NO_SLACK = 1e-6;

    /** Time lost over time worked from which on interruptions that meet interruptions count. */
    private static final double MUCH_OVERHEAD = 1 / 3.0;

    private PlanSections() {}

    static void fleet(Page page, Plan plan) {
        page.heading("Fleet (most nodes busy at once)");
        Table table = new Table("pool", "GPU", ">nodes", ">pool max", "GPUs", "tenure", ">cost");
        for (FleetRow row : plan.fleet()) {
            int perNode = row.pool().node().gpusPerNode().asInt();
            table.row(
                    row.pool().name(),
                    row.pool().node().gpu().label(),
                    Amounts.count(row.nodes()),
                    Amounts.count(row.pool().maxNodes().asInt()),
                    "%s = %s × %s"
                            .formatted(Amounts.count(row.gpus()), Amounts.count(row.nodes()), Amounts.count(perNode)),
                    tenure(row.acquisition()),
                    Amounts.usd(row.usd()));
        }
        page.table(table);
    }

    private static String tenure(Acquisition acquisition) {
        return switch (acquisition) {
            case OWN -> "owned";
            case BUY -> "bought";
            case RESERVE -> "reserved";
            case RENT -> "rented";
            case SPOT -> "spot";
        };
    }

    static void schedule(Page page, Plan plan, Optional<LocalDate> start) {
        page.heading("Schedule");
        Table jobs = new Table("job", ">start", ">end", ">takes", ">rate", ">GPU-hours", ">cost");
        for (JobPlan job : plan.jobs()) {
            jobs.row(
                    job.job().name(),
                    moment(start, job.startMicros()),
                    moment(start, job.endMicros()),
                    Amounts.days(job.durationMicros()),
                    Amounts.tokensPerSecond(job.tokensPerSecond()),
                    Amounts.decimal(job.gpuHours(), 0),
                    Amounts.usd(job.microUsd()));
        }
        page.table(jobs).blank();
        boolean terms = plan.fleet().stream()
                .anyMatch(row -> row.acquisition() == Acquisition.BUY || row.acquisition() == Acquisition.RESERVE);
        boolean spares =
                plan.jobs().stream().flatMap(job -> job.pools().stream()).anyMatch(share -> share.spareNodes() > 0);
        List<String> heads = new ArrayList<>(List.of("job", "on pool", ">nodes"));
        heads.addAll(spares ? List.of(">of them spare") : List.of());
        heads.add(">owned");
        boolean spot = plan.jobs().stream().anyMatch(job -> job.interruption().isPresent());
        heads.addAll(terms ? List.of(">bought", ">reserved") : List.of());
        heads.addAll(spot ? List.of(">spot") : List.of());
        heads.addAll(List.of(">rate", ">share of tokens"));
        Table shares = new Table(heads.toArray(String[]::new));
        for (JobPlan job : plan.jobs()) {
            for (PoolShare share : job.pools()) {
                List<String> cells =
                        new ArrayList<>(List.of(job.job().name(), share.pool().name(), Amounts.count(share.nodes())));
                if (spares) {
                    cells.add(Amounts.count(share.spareNodes()));
                }
                cells.add(Amounts.count(share.ownedNodes()));
                if (terms) {
                    cells.add(Amounts.count(share.boughtNodes()));
                    cells.add(Amounts.count(share.reservedNodes()));
                }
                if (spot) {
                    cells.add(Amounts.count(share.spotNodes()));
                }
                cells.add(Amounts.tokensPerSecond(share.tokensPerSecond()));
                cells.add(Amounts.percent(100 * share.shareFraction()));
                shares.row(cells.toArray(String[]::new));
            }
        }
        page.table(shares);
        if (spot) {
            interruptions(page, plan);
        }
    }

    /** What evictions cost, which rates, days and rents of the schedule have in them already. */
    private static void interruptions(Page page, Plan plan) {
        page.heading("Interruptions");
        Table table = new Table("job", ">spot nodes", ">evictions", ">one in", ">time lost");
        for (JobPlan job : plan.jobs()) {
            job.interruption()
                    .ifPresent(interruption -> table.row(
                            job.job().name(),
                            Amounts.count(job.pools().stream()
                                    .mapToLong(PoolShare::spotNodes)
                                    .sum()),
                            Amounts.decimal(interruption.evictionsPerHour() * job.durationMicros() / 3600e6, 0),
                            Amounts.decimal(60 / interruption.evictionsPerHour(), 0) + " min",
                            Amounts.percent(
                                    100 * interruption.overheadFraction() / (1 + interruption.overheadFraction()))));
        }
        page.table(table);
        page.paragraph(
                "  ",
                "Rates, days and rent count with checkpoints, lost work and restarts; a node that is taken away is thought to be"
                        + " replaced within the restart.");
        if (plan.jobs().stream().anyMatch(job -> job.timeFactor() > 1 + MUCH_OVERHEAD)) {
            page.paragraph(
                    Tone.DOUBTFUL,
                    "  ",
                    "Where more than a quarter of the time is lost it is told too short: the formula is of first order"
                            + " (docs/model.md, Spot nodes).");
        }
    }

    /** A date where the scenario has a calendar, else a day of the plan. */
    private static String moment(Optional<LocalDate> start, long micros) {
        return start.map(date -> PlanText.date(date, micros)).orElse("day " + Amounts.decimal(micros / 86_400e6, 2));
    }

    private static String accounted(Accounting accounting) {
        return switch (accounting) {
            case AMORTISED -> "amortised, by the days held over life, with financing";
            case CASH -> "in cash, whole, less the residual";
        };
    }

    static void cost(Page page, Plan plan, Scenario scenario) {
        Totals totals = plan.totals();
        page.heading("Cost");
        Table table = new Table("", ">", "");
        table.row(
                "rent",
                Amounts.usd(totals.rentMicroUsd() - totals.spotMicroUsd()),
                "energy, space and network included");
        if (totals.spotMicroUsd() > 0) {
            table.row("spot nodes", Amounts.usd(totals.spotMicroUsd()), "energy, space and network included");
        }
        if (totals.reserveMicroUsd() > 0) {
            table.row("reserved rent", Amounts.usd(totals.reserveMicroUsd()), "minimum terms in full, energy included");
        }
        if (totals.capexMicroUsd() > 0) {
            table.row("purchases", Amounts.usd(totals.capexMicroUsd()), accounted(scenario.accounting()));
        }
        table.row(
                "energy",
                Amounts.usd(totals.energyMicroUsd()),
                totals.energyPriced()
                        ? totals.capexMicroUsd() > 0 ? "of owned and bought nodes" : "of owned nodes"
                        : totals.capexMicroUsd() > 0
                                ? "energy not priced: the site of owned or bought nodes states none"
                                : "energy not priced: the site of owned nodes states none");
        table.row(Tone.STRONG, "total", Amounts.usd(totals.microUsd()), "");
        table.row("per GPU-hour", Amounts.usd(totals.microUsd() / 1e6 / totals.gpuHours()), gpuHours(totals));
        // Tokens trained on and tokens written are no sum.
        if (plan.jobs().stream().map(job -> job.job().work().kind()).distinct().count() == 1) {
            double tokens = plan.jobs().stream()
                    .mapToDouble(job -> job.job().tokens().value())
                    .sum();
            table.row(
                    "per T tokens",
                    Amounts.usd(totals.microUsd() / 1e6 / (tokens / 1e12)),
                    "over " + Amounts.tokens(tokens));
        }
        page.table(table);
        boolean offered =
                scenario.pools().stream().anyMatch(pool -> pool.supply().buy().isPresent());
        if (offered && totals.capexMicroUsd() == 0) {
            page.line("  Nothing is bought; purchases would be charged " + accounted(scenario.accounting()) + ".");
        }
        page.line("  Energy drawn: " + Amounts.kilowattHours(totals.energyJoules())
                + (totals.carbonGrams().isPresent()
                        ? ", emitting " + Amounts.kilograms(totals.carbonGrams().getAsLong()) + " CO2e"
                        : "; emissions unknown, as no grid intensity is stated"));
    }

    private static String gpuHours(Totals totals) {
        return "over " + Amounts.decimal(totals.gpuHours(), 0) + " GPU-hours";
    }

    static void limits(Page page, List<LimitUse> limits) {
        page.heading("Limits");
        if (limits.isEmpty()) {
            page.line("  None stated.");
            return;
        }
        Table table = new Table("limit", ">at most", ">plan", ">slack", "");
        for (LimitUse use : limits) {
            String share = use.limit() > 0 ? " (" + Amounts.percent(100 * use.slack() / use.limit()) + ")" : "";
            table.row(
                    use.binding() ? Tone.DOUBTFUL : Tone.PLAIN,
                    use.name(),
                    Amounts.amount(use.limit(), use.unit()),
                    Amounts.amount(use.value(), use.unit()),
                    Amounts.amount(use.slack(), use.unit()) + share,
                    use.binding() ? "binds" : "");
        }
        page.table(table);
        if (limits.stream().anyMatch(LimitUse::binding)) {
            page.line("  More of what binds would allow a better plan.");
            if (limits.stream().anyMatch(use -> use.binding() && use.slack() > NO_SLACK * use.limit())) {
                page.line(
                        "  What binds with slack left: fleets come in steps, and the next better one would pass the limit.");
            }
        }
    }
}
