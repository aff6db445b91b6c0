package muster.planner.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import muster.planner.domain.Explanation;
import muster.planner.domain.Explanation.BreakEven;
import muster.planner.domain.Explanation.Cost;
import muster.planner.domain.Explanation.Driver;
import muster.planner.domain.Explanation.End;
import muster.planner.domain.Explanation.LimitWorth;
import muster.planner.domain.Explanation.NextStep;
import muster.planner.domain.Explanation.Worth;
import muster.planner.domain.Objective;
import muster.planner.domain.Plan;
import muster.planner.domain.PlanAnswer;
import muster.planner.report.Block.Chart;
import muster.planner.report.Block.Heading;
import muster.planner.report.Page.Tone;

/** An explanation for people: what limits are worth, at which prices the fleet changes, and what drives the cost. */
public final class ExplanationReport {
    private static final String DRIVERS = "What drives the cost";

    private ExplanationReport() {}

    /** {@return the report as text, ending in a newline} */
    public static String text(Explanation explanation, boolean colour) {
        return page(explanation, colour).text();
    }

    public static String markdown(Explanation explanation) {
        List<Block> blocks = new ArrayList<>(List.of(new Heading(1, title(explanation))));
        blocks.addAll(parts(explanation));
        return Blocks.markdown(blocks);
    }

    public static String html(Explanation explanation) {
        List<Block> blocks = new ArrayList<>();
        for (Block block : parts(explanation)) {
            blocks.add(block);
            if (block instanceof Heading heading && heading.text().equals(DRIVERS)) {
                blocks.add(tornado(explanation));
            }
        }
        return Blocks.html(title(explanation), blocks);
    }

    private static String title(Explanation explanation) {
        return explanation.answer().scenario().title();
    }

    private static List<Block> parts(Explanation explanation) {
        List<Block> blocks = page(explanation, false).blocks();
        return blocks.subList(1, blocks.size());
    }

    private static Page page(Explanation explanation, boolean colour) {
        PlanAnswer answer = explanation.answer();
        Page page = new Page(colour);
        page.line(Tone.STRONG, title(explanation)).blank();
        PlanText.headline(page, answer);
        answer.plan().ifPresent(plan -> {
            page.line("Fleet: " + FleetWords.of(plan));
            if (!explanation.run().reproducible()) {
                page.line(Tone.DOUBTFUL, "Cut short, by --time or Ctrl-C: what follows is incomplete.");
            }
            limits(page, explanation);
            breakEvens(page, explanation);
            drivers(page, explanation, plan);
        });
        NoPlanText.write(page, answer);
        return page;
    }

    private static void limits(Page page, Explanation explanation) {
        if (explanation.limits().isEmpty()) {
            return;
        }
        page.heading("What limits are worth");
        Objective objective = explanation.answer().scenario().objectives().getFirst();
        Table table =
                new Table("limit", ">at most", ">plan", "", "with one more", ">gains", ">relaxed", "next better plan");
        for (LimitWorth limit : explanation.limits()) {
            table.row(
                    limit.name(),
                    amount(limit.limit(), limit.unit()),
                    amount(limit.value(), limit.unit()),
                    limit.binding() ? "binds" : "",
                    limit.worth().map(Worth::step).orElse(""),
                    limit.worth().map(worth -> gain(worth, objective)).orElse("not settled"),
                    limit.dual().map(dual -> gain(dual.gain(), objective)).orElse(""),
                    limit.worth()
                            .flatMap(Worth::next)
                            .map(next -> next(limit, next, objective))
                            .orElse(""));
        }
        page.table(table);
        page.paragraph(
                "  ",
                "Each by planning again with that limit alone loosened. Fleets come in steps, so one more unit may gain"
                        + " nothing and the next step much. Relaxed: what it gains where parts of nodes count, the limit's"
                        + " price (dual).");
    }

    private static String next(LimitWorth limit, NextStep next, Objective objective) {
        String to = NoPlanText.needed(new PlanAnswer.Relaxation(limit.name(), next.to(), limit.unit()));
        return "at %s: gains %s".formatted(to, gain(next.gain(), objective));
    }

    private static String gain(Worth worth, Objective objective) {
        if (worth.proved()) {
            return gain(worth.gain(), objective);
        }
        return worth.gain() == 0 ? "none found" : "about " + gain(worth.gain(), objective);
    }

    private static String gain(double gain, Objective objective) {
        if (gain == 0) {
            return "nothing";
        }
        return switch (objective) {
            case COST -> Amounts.usd(gain);
            case DAYS -> Amounts.days(gain);
            case ENERGY -> Amounts.kilowattHours(Math.round(gain * 3.6e6));
            case CARBON -> Amounts.kilograms(Math.round(gain * 1e3));
        };
    }

    private static String amount(double value, String unit) {
        return unit.equals("nodes") ? Amounts.count(Math.round(value), "node") : Amounts.amount(value, unit);
    }

    private static void breakEvens(Page page, Explanation explanation) {
        page.heading("Break-even prices");
        if (explanation.breakEvens().isEmpty()) {
            page.line("  Told where cost is minimised first and something has a price.");
            return;
        }
        Table table = new Table("pool", "by", ">price now", ">break-even", "");
        for (BreakEven found : explanation.breakEvens()) {
            table.row(
                    found.pool(),
                    found.acquisition().key(),
                    Amounts.amount(found.stated(), found.unit()),
                    found.value().stream()
                            .mapToObj(value -> Amounts.amount(value, found.unit()))
                            .findFirst()
                            .orElse("-"),
                    meaning(found));
        }
        page.table(table);
    }

    private static String meaning(BreakEven found) {
        String others = found.beats().stream()
                .map(pool -> pool.equals(found.pool()) ? pool + " by other terms" : pool)
                .collect(Collectors.joining(" + "));
        String meaning = switch (found.outcome()) {
            case FLIPS ->
                found.stated() > found.value().orElseThrow()
                        ? "wins below it; above, the best fleet is " + others
                        : "in the best fleet up to it; above, %s takes over".formatted(others);
            case NO_PLAN_ABOVE -> "above it no plan keeps the budget";
            case NEEDED -> "without it there is no plan, whatever it costs";
            case NEVER -> "not even for nothing is it in the best fleet";
            case NOT_SETTLED -> "not settled by the search";
        };
        return found.proved() || found.value().isEmpty() ? meaning : meaning + " (not proved)";
    }

    private static void drivers(Page page, Explanation explanation, Plan plan) {
        page.heading(DRIVERS);
        if (explanation.drivers().isEmpty()) {
            page.line("  Nothing: no input moves the cost by being a tenth lower or higher.");
            return;
        }
        Table table = new Table("input", ">-10 %", ">+10 %", ">cost at -10 %", ">cost at +10 %");
        for (Driver driver : explanation.drivers()) {
            table.row(
                    driver.path(),
                    Amounts.lever(driver.low(), driver.unit()),
                    Amounts.lever(driver.high(), driver.unit()),
                    cost(driver.atLow(), plan),
                    cost(driver.atHigh(), plan));
        }
        page.table(table);
        page.paragraph(
                "  ",
                "All is planned again for each, so a cheaper fleet may take over. Inputs that move nothing are left out."
                        + (proved(explanation)
                                ? ""
                                : " Not every plan here is proved best: small differences may be chance."));
    }

    private static boolean proved(Explanation explanation) {
        return explanation.answer().status() == PlanAnswer.Status.OPTIMAL
                && explanation.drivers().stream()
                        .allMatch(driver ->
                                driver.atLow().proved() && driver.atHigh().proved());
    }

    private static String cost(End end, Plan plan) {
        Optional<Cost> cost = end.cost();
        if (cost.isEmpty()) {
            return end.proved() ? "no plan" : "none found";
        }
        double before = plan.totals().microUsd() / 1e6;
        double percent = before == 0 ? 0 : 100 * (cost.get().usd() - before) / before;
        return "%s (%s)"
                .formatted(Amounts.wholeUsd(Math.round(cost.get().usd() * 1e6)), Amounts.signedPercent(percent));
    }

    private static Chart tornado(Explanation explanation) {
        Plan plan = explanation.answer().plan().orElseThrow();
        List<TornadoChart.Bar> bars = explanation.drivers().stream()
                .map(driver -> new TornadoChart.Bar(
                        driver.path(),
                        driver.atLow().cost().map(Cost::usd).orElse(Double.NaN),
                        driver.atHigh().cost().map(Cost::usd).orElse(Double.NaN),
                        "%s at -10 %%, %s at +10 %%"
                                .formatted(cost(driver.atLow(), plan), cost(driver.atHigh(), plan))))
                .toList();
        return new Chart(
                new TornadoChart(
                                "cost with each input a tenth lower and higher",
                                plan.totals().microUsd() / 1e6,
                                Amounts.wholeUsd(plan.totals().microUsd()),
                                bars)
                        .svg(),
                "Cost with each input a tenth lower (blue) and a tenth higher (orange). The table has the same values.");
    }

    /** {@return one table of all findings} */
    public static String csv(Explanation explanation) {
        List<List<String>> rows = new ArrayList<>();
        String unit = explanation.answer().scenario().objectives().getFirst().unit();
        for (LimitWorth limit : explanation.limits()) {
            rows.add(List.of(
                    "limit",
                    limit.name(),
                    plain(limit.limit()),
                    limit.unit(),
                    Boolean.toString(limit.binding()),
                    limit.worth().map(worth -> plain(worth.gain())).orElse(""),
                    limit.worth().map(worth -> unit + " per " + worth.step()).orElse(""),
                    "",
                    "",
                    limit.dual().map(dual -> plain(dual.gain())).orElse("")));
        }
        for (BreakEven found : explanation.breakEvens()) {
            rows.add(List.of(
                    "breakEven",
                    found.path(),
                    plain(found.stated()),
                    found.unit(),
                    "",
                    found.value().stream()
                            .mapToObj(ExplanationReport::plain)
                            .findFirst()
                            .orElse(""),
                    found.outcome().key(),
                    "",
                    "",
                    ""));
        }
        for (Driver driver : explanation.drivers()) {
            rows.add(List.of(
                    "driver",
                    driver.path(),
                    "",
                    driver.unit(),
                    "",
                    plain(driver.low()),
                    plain(driver.high()),
                    driver.atLow().cost().map(cost -> plain(cost.usd())).orElse(""),
                    driver.atHigh().cost().map(cost -> plain(cost.usd())).orElse(""),
                    ""));
        }
        return CsvText.of(
                List.of("kind", "path", "stated", "unit", "binding", "value", "valueOf", "usdLow", "usdHigh", "dual"),
                rows);
    }

    private static String plain(double value) {
        return Decimals.shortest(value).toPlainString();
    }
}
