package muster.planner.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import muster.planner.domain.Claim;
import muster.planner.domain.ClaimAnswer;
import muster.planner.domain.ClaimAnswer.FleetShare;
import muster.planner.domain.Confidence;
import muster.planner.domain.Interval;

/** What a reader should know and no single check says. */
final class ClaimFindings {
    private static final double HOURS_PER_DAY = 24;

    private final ClaimAnswer answer;
    private final List<String> findings = new ArrayList<>();

    private ClaimFindings(ClaimAnswer answer) {
        this.answer = answer;
    }

    static List<String> of(ClaimAnswer answer) {
        ClaimFindings found = new ClaimFindings(answer);
        found.reconstructed();
        found.clashes();
        found.scopeOfTotals();
        found.comparedRun();
        found.failures();
        found.unknownGpu();
        found.scope();
        found.findings.addAll(answer.claim().notes());
        return List.copyOf(found.findings);
    }

    private void reconstructed() {
        Claim claim = answer.claim();
        long recalled = claim.figures().values().stream()
                .filter(figure -> figure.origin().confidence() == Confidence.LOW)
                .count();
        if (claim.source().confidence() == Confidence.LOW) {
            findings.add("Low confidence: a rumour, an estimate by others, or recalled and not read again.");
        } else if (recalled > 0) {
            findings.add(
                    "Reconstructed: %d of the stated figures are recalled, not read; what follows from them is no better."
                            .formatted(recalled));
        }
    }

    private void clashes() {
        answer.clashes()
                .forEach(clash -> findings.add(
                        clash.figures().size() == 1
                                ? "This cannot be true: %s."
                                        .formatted(clash.figures().getFirst())
                                : "These cannot all be true: %s.%s"
                                        .formatted(
                                                String.join(", ", clash.figures()),
                                                clash.smallest() ? " No smaller set of stated figures clashes." : "")));
    }

    /** A sentence about a part of a fleet is often quoted with the totals of all of it. */
    private void scopeOfTotals() {
        Map<String, Interval> all = answer.derived();
        Interval total = all.getOrDefault("gpus", Interval.ANY);
        for (FleetShare part : answer.fleet()) {
            Interval gpus = part.derived().getOrDefault("gpus", Interval.ANY);
            if (!part.part() || !gpus.isKnown() || !total.isKnown() || gpus.high() >= total.low()) {
                continue;
            }
            List<String> left = answer.fleet().stream()
                    .filter(share -> !share.part() && !members(part.name()).contains(share.name()))
                    .map(share -> count(share.derived().get("gpus")) + " × "
                            + share.name().toUpperCase(Locale.ROOT))
                    .toList();
            String money = "capex %s against %s, opex %s against %s"
                    .formatted(
                            Ranges.of(Optional.ofNullable(all.get("capexUsd")), "USD"),
                            Ranges.of(Optional.ofNullable(part.derived().get("capexUsd")), "USD"),
                            Ranges.of(Optional.ofNullable(all.get("opexUsd")), "USD"),
                            Ranges.of(Optional.ofNullable(part.derived().get("opexUsd")), "USD"));
            findings.add(
                    "The totals cover %s GPUs, %s of which are the %s; they include %s, which a sentence about the %s does not: %s."
                            .formatted(
                                    count(total),
                                    count(gpus),
                                    part.name(),
                                    String.join(" and ", left),
                                    part.name(),
                                    money));
        }
    }

    private List<String> members(String part) {
        return answer.claim().parts().stream()
                .filter(named -> named.name().equals(part))
                .flatMap(named -> named.gpus().stream())
                .toList();
    }

    private void comparedRun() {
        Optional<Claim> run = answer.claim().compared();
        if (run.isEmpty()) {
            return;
        }
        double hours =
                answer.derived().getOrDefault("comparedGpuHours", Interval.ANY).low();
        String size = run.get()
                .find("gpus")
                .filter(gpus -> gpus.nominal().isPoint())
                .map(gpus -> "%s GPUs for %.0f days"
                        .formatted(count(gpus.nominal()), hours / gpus.nominal().low() / HOURS_PER_DAY))
                .orElseGet(() -> Amounts.decimal(hours, 0) + " GPU-hours");
        for (FleetShare share : answer.fleet()) {
            Interval days = share.derived().get("runDays");
            Interval percent = share.derived().get("runPercentOfPeriod");
            if (share.part() && days != null) {
                findings.add("%s (%s) is %.1f days of the %s %s%s."
                        .formatted(
                                run.get().title(),
                                size,
                                days.low(),
                                count(share.derived().get("gpus")),
                                share.name(),
                                percent == null
                                        ? ""
                                        : ", %.2f %% of their hours in the period".formatted(percent.low())));
            }
            Interval meets = share.derived().get("breakEvenUtilisationPercent");
            if (meets != null) {
                findings.add(
                        "An owned %s costs %s when always used; the run's price of %s is met at %.1f %% of the hours."
                                .formatted(
                                        share.name(),
                                        Ranges.of(share.derived().get("usdPerGpuHourOwned"), "USD/GPU/h"),
                                        run.get()
                                                .find("price")
                                                .map(price -> price.text())
                                                .orElse(""),
                                        meets.low()));
            }
        }
    }

    private void failures() {
        Interval interruptions = answer.derived().get("interruptions");
        Interval lost = answer.derived().get("lostPercent");
        if (interruptions == null) {
            return;
        }
        findings.add("Hardware of this size is interrupted %s at the rates that others report%s."
                .formatted(times(interruptions), lost == null ? "" : "; " + lost(lost)));
    }

    private static String times(Interval interruptions) {
        return interruptions.high() < 1
                ? "less than once"
                : String.format(Locale.ROOT, "%,.0f to %,.0f times", interruptions.low(), interruptions.high());
    }

    private String lost(Interval percent) {
        if (percent.low() >= 100) {
            return "as often as that, restarts and lost work leave no time to compute";
        }
        String time = percent.high() < 0.1
                ? "less than 0.1 %"
                : String.format(Locale.ROOT, "%,.1f to %,.1f %%", percent.low(), percent.high());
        Interval usd = answer.derived().get("lostUsd");
        return "restarts and lost work would add %s of the time%s"
                .formatted(time, usd == null ? "" : ", " + Ranges.of(usd, "USD"));
    }

    /** What a reader may take for a test that was passed. */
    private void unknownGpu() {
        Claim claim = answer.claim();
        boolean ofGpus =
                claim.find("gpus").isPresent() || claim.find("gpuHours").isPresent();
        if (claim.gpu().isEmpty() && claim.fleet().isEmpty() && ofGpus) {
            findings.add(
                    "The kind of GPU is not stated: memory, power and prices cannot be held against anything, and arithmetic only against the fastest GPU there is.");
        }
    }

    private void scope() {
        List<String> excludes = answer.claim().scope().excludes();
        if (!excludes.isEmpty()) {
            findings.add("Left out: " + String.join(", ", excludes) + ".");
        } else if (answer.claim().scope().includes().isEmpty()) {
            findings.add("The source does not say what the figures include.");
        }
    }

    private static String count(Interval interval) {
        return interval == null ? "?" : String.format(Locale.ROOT, "%,.0f", interval.low());
    }
}
