package muster.planner;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleFunction;
import java.util.function.Predicate;
import muster.planner.domain.Figure;
import muster.planner.domain.Job;
import muster.planner.domain.Node;
import muster.planner.domain.Pool;
import muster.planner.domain.Scenario;
import muster.planner.domain.Work;

/**
 * An input that can be turned.
 *
 * @param path as {@code --set} takes it, or as the provenance names it
 * @param value as it is, in {@code unit}
 * @param leastWhole the least of a value that must be whole; 0 where any value makes sense
 * @param worseAbove whether more of it is good for no plan; else less of it is
 * @param turned the scenario with another value
 */
record Lever(
        String path, double value, String unit, int leastWhole, boolean worseAbove, DoubleFunction<Scenario> turned) {
    /** {@return prices of nodes, evictions, work, stated rates, power, energy prices and limits, in this order} */
    static List<Lever> of(Scenario scenario) {
        List<Lever> levers = new ArrayList<>();
        for (PoolPrice price : PoolPrice.of(scenario)) {
            levers.add(new Lever(
                    price.path(), price.stated().value(), price.unit(), 0, true, value -> price.at(scenario, value)));
        }
        for (Pool pool : scenario.pools()) {
            pool.supply().spot().ifPresent(spot -> levers.add(eviction(scenario, pool, spot.evictionsPerHour())));
        }
        for (Job job : scenario.jobs()) {
            levers.add(work(scenario, job));
            job.measured().forEach((pool, rate) -> levers.add(measured(scenario, job, pool, rate)));
        }
        levers.addAll(power(scenario));
        levers.addAll(energyPrices(scenario));
        Term.of(scenario).stream()
                .flatMap(term -> Loosening.of(term, scenario).stream())
                .forEach(loosening -> levers.add(new Lever(
                        loosening.term().isLimit() && !(loosening.term() instanceof Term.JobDeadline)
                                ? "limits." + loosening.term().name()
                                : loosening.term().name(),
                        loosening.limit(),
                        loosening.unit(),
                        leastWhole(scenario, loosening.term()),
                        false,
                        value -> loosening.at(scenario, value))));
        return levers;
    }

    /** A pool has at least the nodes that are owned, and one. */
    private static int leastWhole(Scenario scenario, Term term) {
        if (!(term instanceof Term.MostNodes most)) {
            return 0;
        }
        return scenario.pools().stream()
                .filter(pool -> pool.name().equals(most.pool()))
                .mapToInt(pool -> Math.max(1, pool.ownNodes().asInt()))
                .findFirst()
                .orElse(1);
    }

    private static Lever eviction(Scenario scenario, Pool pool, Figure perHour) {
        return new Lever(
                "pools." + pool.name() + ".spot.eviction",
                perHour.value(),
                perHour.unit().symbol(),
                0,
                true,
                value -> scenario.withPools(
                        other -> other.name().equals(pool.name()),
                        other -> other.withSupply(other.supply()
                                .withSpot(other.supply()
                                        .spot()
                                        .map(spot -> spot.withEvictions(changed(perHour, value)))))));
    }

    private static Lever work(Scenario scenario, Job job) {
        String prefix = "jobs." + job.name() + ".";
        return switch (job.work()) {
            case Work.Training training ->
                new Lever(
                        prefix + "tokens",
                        training.tokens().value(),
                        "tokens",
                        0,
                        true,
                        value -> scenario.withJob(
                                job.name(), each -> each.withTokens(changed(training.tokens(), value))));
            case Work.Generation generation ->
                new Lever(
                        prefix + "samples",
                        generation.samples().value(),
                        "samples",
                        0,
                        true,
                        value -> scenario.withJob(
                                job.name(),
                                each -> each.withWork(generation.withSamples(changed(generation.samples(), value)))));
        };
    }

    private static Lever measured(Scenario scenario, Job job, String pool, Figure rate) {
        return new Lever(
                "jobs." + job.name() + ".measured." + pool,
                rate.value(),
                "tokens/s/GPU",
                0,
                false,
                value -> scenario.withJob(job.name(), each -> {
                    Map<String, Figure> rates = new LinkedHashMap<>(each.measured());
                    rates.put(pool, changed(rate, value));
                    return each.withMeasured(rates);
                }));
    }

    private static List<Lever> power(Scenario scenario) {
        return scenario.pools().stream()
                .map(Pool::node)
                .filter(distinctNames())
                .map(node -> new Lever(
                        "nodes." + node.name() + ".trainingPower",
                        node.trainingPowerWatts().value(),
                        "W",
                        0,
                        true,
                        value -> scenario.withPools(
                                pool -> pool.node().name().equals(node.name()),
                                pool -> pool.withNode(pool.node()
                                        .withTrainingPower(changed(pool.node().trainingPowerWatts(), value))))))
                .toList();
    }

    private static Predicate<Node> distinctNames() {
        Set<String> seen = new HashSet<>();
        return node -> seen.add(node.name());
    }

    private static List<Lever> energyPrices(Scenario scenario) {
        List<Lever> levers = new ArrayList<>();
        List<String> seen = new ArrayList<>();
        for (Pool pool : scenario.pools()) {
            // Energy is charged to owned and bought nodes only.
            boolean priced = (pool.ownNodes().asInt() > 0 || pool.supply().buy().isPresent())
                    && pool.site().flatMap(site -> site.usdPerKwh()).isPresent();
            if (priced && !seen.contains(pool.site().get().name())) {
                String site = pool.site().get().name();
                Figure price = pool.site().get().usdPerKwh().get();
                seen.add(site);
                levers.add(new Lever(
                        "sites." + site + ".energyPrice",
                        price.value(),
                        "USD/kWh",
                        0,
                        true,
                        value -> scenario.withPools(
                                other -> other.site()
                                        .filter(at -> at.name().equals(site))
                                        .isPresent(),
                                other -> other.withSite(
                                        other.site().orElseThrow().withUsdPerKwh(changed(price, value))))));
            }
        }
        return levers;
    }

    private static Figure changed(Figure figure, double value) {
        return WhatIfs.figure(value, figure.unit());
    }
}
