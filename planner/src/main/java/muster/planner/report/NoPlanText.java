package muster.planner.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import muster.planner.domain.Figure;
import muster.planner.domain.PlanAnswer;
import muster.planner.domain.PlanAnswer.Conflict;
import muster.planner.domain.PlanAnswer.LeaveOut;
import muster.planner.domain.PlanAnswer.Relaxation;
import muster.planner.domain.PlanAnswer.Status;
import muster.planner.domain.Pool;
import muster.planner.domain.Scenario;
import muster.planner.domain.Site;

/** What to say where there is no plan: which limits exclude each other and the least way out, or what to try. */
final class NoPlanText {
    private NoPlanText() {}

    static void write(Page page, PlanAnswer answer) {
        answer.conflict().ifPresent(conflict -> conflict(page, conflict, answer.scenario()));
        if (answer.status() == Status.UNKNOWN) {
            page.heading("What to try");
            page.paragraph("  - ", "Maybe the search needs more: --time 60s, or a larger --steps.");
            page.paragraph(
                    "  - ",
                    "Maybe a limit is close to what is possible: loosen one with --set, such as"
                            + " --set 'limits.deadline=90 d', and look at its slack.");
        }
    }

    static void conflict(Page page, Conflict conflict, Scenario scenario) {
        page.heading("Limits in conflict");
        Table table = new Table("", "");
        conflict.limits().forEach(name -> table.row(name, stated(name, scenario).orElse("")));
        page.table(table);
        page.paragraph(
                "  ",
                conflict.minimal()
                        ? conflict.limits().size() == 1
                                ? "It cannot be kept, even with every other limit lifted."
                                : "They cannot be kept together, even with every other limit lifted; fewer of them can."
                        : "They cannot be kept together; perhaps some of them already cannot, which was not examined.");
        if (!conflict.relaxations().isEmpty()) {
            page.heading("Least ways out (each alone, all else kept)");
            Table relaxations = new Table("limit", ">stated", ">needed");
            for (Relaxation relaxation : conflict.relaxations()) {
                relaxations.row(
                        relaxation.limit(), stated(relaxation.limit(), scenario).orElse("-"), needed(relaxation));
            }
            page.table(relaxations);
        }
        List<String> others = conflict.limits().stream()
                .filter(name -> conflict.relaxations().stream()
                        .noneMatch(relaxation -> relaxation.limit().equals(name)))
                .toList();
        if (!others.isEmpty()) {
            page.paragraph("  ", "Not shown to be a way out alone: " + String.join(", ", others) + ".");
        }
        conflict.leaveOut().ifPresent(found -> leaveOut(page, found));
    }

    private static void leaveOut(Page page, LeaveOut found) {
        page.heading("Jobs to leave out");
        page.paragraph(
                "  ",
                "A plan was found for all jobs but %s%s. Jobs are kept by priority, then by their order in the file."
                        .formatted(
                                String.join(", ", found.jobs()),
                                found.minimal()
                                        ? found.jobs().size() == 1
                                                ? "; with it there is none"
                                                : "; with any of them there is none"
                                        : ""));
    }

    /** The terms of a scenario that a conflict may name, as stated there. */
    private static Optional<String> stated(String name, Scenario scenario) {
        Optional<Figure> limit = switch (name) {
            case "deadline" -> scenario.limits().deadlineSeconds();
            case "budget" -> scenario.limits().budgetUsd();
            case "power" -> scenario.limits().powerWatts();
            default -> Optional.empty();
        };
        if (limit.isPresent()) {
            return limit.map(Amounts::figure);
        }
        List<String> terms = Stream.concat(
                        scenario.pools().stream().flatMap(pool -> stated(name, pool)),
                        scenario.sites().stream().flatMap(site -> stated(name, site)))
                .toList();
        if (!terms.isEmpty()) {
            return Optional.of(terms.getFirst());
        }
        return scenario.jobs().stream()
                .flatMap(job -> name.equals("jobs." + job.name() + ".deadline")
                        ? job.deadlineSeconds().map(Amounts::figure).stream()
                        : name.equals("jobs." + job.name() + ".spread")
                                ? Stream.of(job.spread().key())
                                : Stream.empty())
                .findFirst();
    }

    private static Stream<String> stated(String name, Pool pool) {
        String path = "pools." + pool.name();
        if (name.equals(path + ".max")) {
            return Stream.of(Amounts.figure(pool.maxNodes()));
        }
        return name.equals(path + ".available") ? Stream.of(tranches(pool)) : Stream.empty();
    }

    private static String tranches(Pool pool) {
        return pool.supply().available().stream()
                .map(tranche -> Amounts.figure(tranche.nodes()) + " from " + Amounts.figure(tranche.fromSeconds()))
                .collect(Collectors.joining(", "));
    }

    private static Stream<String> stated(String name, Site site) {
        String path = "sites." + site.name();
        return Stream.concat(
                site.caps().powerWatts().filter(power -> name.equals(path + ".power")).map(Amounts::figure).stream(),
                site.caps().racks().filter(racks -> name.equals(path + ".racks")).map(Amounts::figure).stream());
    }

    /** Rounded up: what is printed here must be enough when it is typed. */
    static String needed(Relaxation relaxation) {
        if (relaxation.isWord()) {
            return relaxation.unit();
        }
        BigDecimal to = Decimals.shortest(relaxation.to());
        return switch (relaxation.unit()) {
            case "d" -> up(to, 2) + " d";
            case "USD" -> "$" + up(to, 2);
            case "W" ->
                relaxation.to() >= 1e6 ? up(to.movePointLeft(6), 3) + " MW" : up(to.movePointLeft(3), 3) + " kW";
            default -> (up(to, 3) + " " + relaxation.unit()).strip();
        };
    }

    private static String up(BigDecimal value, int places) {
        BigDecimal rounded = value.setScale(places, RoundingMode.CEILING).stripTrailingZeros();
        return String.format(Locale.ROOT, "%,." + Math.max(0, rounded.scale()) + "f", rounded);
    }
}
