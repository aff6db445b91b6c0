package muster.planner.claims;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import muster.planner.domain.Claim;
import muster.planner.domain.Interval;
import muster.planner.domain.Node;
import muster.planner.domain.Yardsticks;

/** Equations (15) to (21) of docs/claims.md: what a fleet costs, draws and comes to in a year. */
final class FleetEquations {
    private static final double SECONDS_PER_HOUR = 3_600;
    private static final double SECONDS_PER_YEAR = 365 * 86_400.0;
    private static final double SECONDS_PER_MONTH = SECONDS_PER_YEAR / 12;

    private final Yardsticks yardsticks;
    private final EquationList equations;
    private final boolean powerStated;

    private FleetEquations(Claim claim, Yardsticks yardsticks, EquationList equations) {
        this.yardsticks = yardsticks;
        this.equations = equations;
        this.powerStated = claim.find("power").isPresent();
    }

    static void add(
            Claim claim,
            Yardsticks yardsticks,
            EquationList equations,
            Map<String, Interval> fixed,
            Map<String, String> fixedSources) {
        FleetEquations building = new FleetEquations(claim, yardsticks, equations);
        for (Claim.FleetGpu held : claim.fleet()) {
            building.gpu(held, fixed, fixedSources);
        }
        List<String> names =
                claim.fleet().stream().map(held -> held.gpu().name()).toList();
        if (!names.isEmpty()) {
            for (String key : List.of("gpus", "capex", "opex", "power")) {
                building.total(key, key, "", names);
            }
            building.perYear("", "");
        } else {
            building.power(claim, fixed, fixedSources);
        }
        for (Claim.FleetPart part : claim.parts()) {
            for (String key : List.of("gpus", "capex", "opex")) {
                building.total(key + " of " + part.name(), key, "parts." + part.name() + ".", part.gpus());
            }
            building.perYear(" of " + part.name(), "parts." + part.name() + ".");
        }
        // A month of a year's twelve: opex = $/kW/month × kW × months.
        equations.product(
                "opex per kW and month",
                "opex = price per kW and month × kW × months",
                "opex",
                1 / (1e3 * SECONDS_PER_MONTH),
                List.of("opexPerKwMonth", "power", "period"),
                List.of());
    }

    private void gpu(Claim.FleetGpu held, Map<String, Interval> fixed, Map<String, String> fixedSources) {
        String name = held.gpu().name();
        String gpus = Claim.fleetPath(name, "gpus");
        for (String key : List.of("capex", "opex")) {
            equations.product(
                    key + " of " + name,
                    "%s = GPUs × %s per GPU".formatted(key, key),
                    Claim.fleetPath(name, key),
                    1,
                    List.of(gpus, Claim.fleetPath(name, key + "PerGpu")),
                    List.of());
        }
        equations.sum(
                "cost of a " + name,
                "capex and opex per GPU",
                Claim.fleetPath(name, "costPerGpu"),
                List.of(Claim.fleetPath(name, "capexPerGpu"), Claim.fleetPath(name, "opexPerGpu")));
        equations.product(
                "owned hour of " + name,
                "price per owned hour = capex and opex per GPU / hours of the period",
                Claim.fleetPath(name, "usdPerGpuHour"),
                SECONDS_PER_HOUR,
                List.of(Claim.fleetPath(name, "costPerGpu")),
                List.of("period"));
        held.node().ifPresent(node -> {
            String watts = Claim.fleetPath(name, "wattsPerGpu");
            fixWatts(watts, node, fixed, fixedSources);
            equations.product(
                    "power of " + name,
                    powerFormula(),
                    Claim.fleetPath(name, "power"),
                    1,
                    List.of(gpus, watts),
                    List.of());
        });
    }

    /** A run's power, where it has GPUs of one kind. */
    private void power(Claim claim, Map<String, Interval> fixed, Map<String, String> fixedSources) {
        Optional<Node> node = claim.node();
        node.ifPresent(server -> {
            fixWatts("wattsPerGpu", server, fixed, fixedSources);
            equations.product("power", powerFormula(), "power", 1, List.of("gpus", "wattsPerGpu"), List.of());
        });
    }

    private String powerFormula() {
        return powerStated
                ? "power = GPUs × power per GPU, from its board's under load to the server's rating with cooling"
                : "power = GPUs × rated power per GPU";
    }

    /**
     * The nameplate, which space is rented by. Who states a power may mean less or more of it: what the boards draw in
     * training, what servers draw, what they are rated for, or what the site draws with its cooling.
     */
    private void fixWatts(String variable, Node node, Map<String, Interval> fixed, Map<String, String> fixedSources) {
        double rated = node.nameplatePowerWatts().value() / node.gpusPerNode().value();
        String source = "nodes.%s.nameplatePower: %s"
                .formatted(node.name(), node.nameplatePowerWatts().origin().source());
        if (powerStated) {
            double board = node.gpu().boardPowerWatts().value();
            double load = yardsticks.range("owning.load").low() / 100;
            fixed.put(
                    variable,
                    new Interval(
                            Math.min(board, rated) * load,
                            rated * yardsticks.range("owning.pue").high()));
            source += "; gpus.%s.boardPower, owning.load, owning.pue"
                    .formatted(node.gpu().name());
        } else {
            fixed.put(variable, Interval.exactly(rated));
        }
        fixedSources.put(variable, source);
    }

    private void total(String name, String key, String prefix, List<String> gpus) {
        List<String> terms = new ArrayList<>();
        gpus.forEach(gpu -> terms.add(Claim.fleetPath(gpu, key)));
        equations.sum(name, "%s = Σ over GPUs".formatted(key), prefix + key, terms);
    }

    private void perYear(String nameEnd, String prefix) {
        equations.sum(
                "capex and opex" + nameEnd,
                "cost = capex + opex",
                prefix + "totalCost",
                List.of(prefix + "capex", prefix + "opex"));
        equations.product(
                "cost per year" + nameEnd,
                "cost per year = (capex + opex) / years of the period",
                prefix + "costPerYear",
                SECONDS_PER_YEAR,
                List.of(prefix + "totalCost"),
                List.of("period"));
    }
}
