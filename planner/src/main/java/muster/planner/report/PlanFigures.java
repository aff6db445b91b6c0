package muster.planner.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import muster.planner.domain.Acquisition;
import muster.planner.domain.FleetChoice;
import muster.planner.domain.KeyUnits;
import muster.planner.domain.Plan;
import muster.planner.domain.PlanAnswer;
import muster.planner.domain.PlanAnswer.Bound;
import muster.planner.domain.PlanAnswer.Computed;
import muster.planner.domain.PlanAnswer.LimitUse;
import muster.planner.domain.PlanAnswer.Run;
import muster.planner.domain.PlanAnswer.Status;
import muster.planner.domain.Scenario;
import tools.jackson.databind.JsonNode;

/**
 * Finds figures of a plan by their path in its JSON; list items are addressed by name: {@code totals.usd},
 * {@code limits.power.slack}, {@code fleet.h800.nodes} (owned and rented together), or {@code gap} for short.
 */
public final class PlanFigures {
    private static final List<String> NAMES_OF_ITEMS = List.of("pool", "job", "name", "key");

    private PlanFigures() {}

    /** {@return what stands at the path in an answer to this scenario, its value aside; empty if nothing ever does} */
    public static Optional<PlanFigure> expected(Scenario scenario, String path) {
        return at(PlanJson.tree(everythingAtZero(scenario)), path);
    }

    /** {@return the figure at the path; a pool that the plan does not use counts 0} */
    public static Optional<PlanFigure> find(PlanAnswer answer, String path) {
        return at(PlanJson.tree(answer), path).or(() -> expected(answer.scenario(), path));
    }

    private static Optional<PlanFigure> at(JsonNode tree, String path) {
        List<PlanFigure> found = new ArrayList<>();
        collect(tree, path.equals("gap") ? "bound.gapPercent" : path, "", found);
        return found.stream().reduce(PlanFigures::together);
    }

    /** A pool used in two ways has two rows; their amounts add up. */
    private static PlanFigure together(PlanFigure first, PlanFigure second) {
        return first instanceof PlanFigure.Amount one && second instanceof PlanFigure.Amount other
                ? new PlanFigure.Amount(one.value().add(other.value()), one.unit())
                : first;
    }

    private static void collect(JsonNode node, String path, String unit, List<PlanFigure> found) {
        if (node.isObject()) {
            for (String key : node.propertyNames()) {
                rest(path, key)
                        .ifPresent(rest -> collectBelow(
                                node.get(key), rest, unit(key, node).orElse(unit), found));
            }
        } else if (node.isArray()) {
            for (JsonNode item : node) {
                name(item).flatMap(name -> rest(path, name)).ifPresent(rest -> collectBelow(item, rest, unit, found));
            }
        }
    }

    private static void collectBelow(JsonNode node, String rest, String unit, List<PlanFigure> found) {
        if (!rest.isEmpty()) {
            collect(node, rest, unit, found);
        } else if (!node.isContainer()) {
            found.add(leaf(node, unit));
        }
    }

    private static PlanFigure leaf(JsonNode node, String unit) {
        if (node.isNumber()) {
            return new PlanFigure.Amount(node.decimalValue(), unit);
        }
        return node.isNull() ? new PlanFigure.Unstated(unit) : new PlanFigure.Word(node.asString());
    }

    /** What is left of a path after this first part; names may hold dots, so the path is not split beforehand. */
    private static Optional<String> rest(String path, String part) {
        if (path.equals(part)) {
            return Optional.of("");
        }
        return path.startsWith(part + ".") ? Optional.of(path.substring(part.length() + 1)) : Optional.empty();
    }

    private static Optional<String> name(JsonNode item) {
        return NAMES_OF_ITEMS.stream()
                .filter(item::has)
                .map(key -> item.get(key).asString())
                .findFirst();
    }

    private static Optional<String> unit(String key, JsonNode parent) {
        if (List.of("value", "limit", "slack").contains(key) && parent.has("unit")) {
            return Optional.of(parent.get("unit").asString());
        }
        if (key.equals("costs")) {
            return Optional.of("USD");
        }
        return KeyUnits.find(key);
    }

    /** An answer with every row that any answer to the scenario may have. */
    private static PlanAnswer everythingAtZero(Scenario scenario) {
        int jobCount = scenario.jobs().size();
        int poolCount = scenario.pools().size();
        List<Plan.PoolShare> shares = scenario.pools().stream()
                .map(pool -> new Plan.PoolShare(pool, 0, 0, 0, 0, Optional.empty()))
                .toList();
        Plan plan = new Plan(
                new FleetChoice(new int[jobCount][poolCount], new long[jobCount]),
                scenario.jobs().stream()
                        .map(job -> new Plan.JobPlan(job, 0, 0, 0, 0, 0, 0, shares, Optional.empty()))
                        .toList(),
                scenario.pools().stream()
                        .map(pool -> new Plan.FleetRow(pool, Acquisition.RENT, 0, 0))
                        .toList(),
                new Plan.Totals(0, 0, 0, 0, 0, OptionalLong.of(0), 0, true));
        return new PlanAnswer(
                scenario,
                Status.FEASIBLE,
                Optional.of(plan),
                Optional.of(new Bound(0, "")),
                limits(scenario),
                Optional.empty(),
                List.of(),
                new Run(0, 0, 0, 0, 0, true, false, "", OptionalDouble.empty(), new Computed("", 0, "")));
    }

    private static List<LimitUse> limits(Scenario scenario) {
        List<LimitUse> limits = new ArrayList<>();
        scenario.limits().deadlineSeconds().ifPresent(stated -> limits.add(new LimitUse("deadline", 0, 0, "d", false)));
        scenario.limits().budgetUsd().ifPresent(stated -> limits.add(new LimitUse("budget", 0, 0, "USD", false)));
        scenario.limits().powerWatts().ifPresent(stated -> limits.add(new LimitUse("power", 0, 0, "W", false)));
        scenario.jobs().stream()
                .filter(job -> job.deadlineSeconds().isPresent())
                .forEach(job -> limits.add(new LimitUse("jobs." + job.name() + ".deadline", 0, 0, "d", false)));
        return limits;
    }
}
