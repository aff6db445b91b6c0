package muster.planner.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import muster.planner.PlanExplainer;
import muster.planner.domain.Explanation;
import muster.planner.domain.Explanation.BreakEven;
import muster.planner.domain.Explanation.Driver;
import muster.planner.domain.Explanation.LimitWorth;
import muster.planner.domain.Explanation.Worth;
import muster.planner.domain.Figure;
import muster.planner.domain.Limits;
import muster.planner.domain.Objective;
import muster.planner.domain.Scenario;
import muster.planner.domain.SearchSettings;
import muster.planner.domain.Supply;
import muster.planner.domain.Work;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** On tiny scenarios an explanation says what trying every plan of the changed scenario says. */
class ExplanationAgreementTest {
    private static final double HOURLY_STEP = 1e-4;
    private static final double NODE_STEP = 1;
    private static final double NEXT_TO_NOTHING = 1e-6;

    private int gains;
    private int nexts;
    private int flips;
    private int drivers;
    private int conflicts;

    @Test
    void explanationsAgreeOnDozensOfScenarios() {
        agree(50_000_000, 25);
    }

    @Test
    void pricesOfOtherTermsAgreeOnDozensOfPrograms() {
        pricesAgree(52_000_000, 40);
    }

    @Test
    @Tag("long")
    void pricesOfOtherTermsAgreeOnHundredsOfPrograms() {
        pricesAgree(53_000_000, 1_000);
    }

    /** Programs with nodes to buy or to reserve; only what their prices say is held against brute force. */
    private void pricesAgree(long firstSeed, int count) {
        int ofTerms = 0;
        for (long seed = firstSeed; seed < firstSeed + count; seed++) {
            Scenario scenario = TinyPrograms.scenario(seed).withObjectives(List.of(Objective.COST));
            if (scenario.pools().stream().noneMatch(pool -> pool.supply().hasTerms())) {
                continue;
            }
            SearchSettings settings = new SearchSettings(
                    scenario.seed(), OptionalLong.empty(), OptionalDouble.empty(), OptionalDouble.empty());
            Explanation explanation = PlanExplainer.explain(scenario, settings, () -> false);
            for (BreakEven found : explanation.breakEvens()) {
                try {
                    int before = flips;
                    agree(scenario, found);
                    ofTerms += found.path().endsWith(".rent") ? 0 : flips - before;
                } catch (AssertionError | RuntimeException e) {
                    throw new AssertionError("Seed %d, %s of %s".formatted(seed, found, scenario), e);
                }
            }
            explanation.drivers().stream()
                    .filter(driver -> driver.atLow().proved() && driver.atHigh().proved())
                    .forEach(driver -> agree(scenario, driver));
        }
        System.out.printf(
                "Prices agree on %d programs from seed %d: %d break-evens of purchases and reservations.%n",
                count, firstSeed, ofTerms);
        assertThat(ofTerms).isPositive();
    }

    @Test
    @Tag("long")
    void explanationsAgreeOnHundredsOfScenarios() {
        agree(51_000_000, 1_500);
    }

    private void agree(long firstSeed, int count) {
        for (long seed = firstSeed; seed < firstSeed + count; seed++) {
            Scenario scenario = TinyScenarios.scenario(seed);
            try {
                agree(scenario);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("Seed %d of %s".formatted(seed, scenario), e);
            }
        }
        System.out.printf(
                "Explanations agree on %d scenarios from seed %d: %d gains, %d next steps, %d break-evens, %d drivers,"
                        + " %d conflicts.%n",
                count, firstSeed, gains, nexts, flips, drivers, conflicts);
        assertThat(List.of(gains, nexts, flips, drivers, conflicts)).allMatch(seen -> seen > 0);
    }

    private void agree(Scenario scenario) {
        SearchSettings settings = new SearchSettings(
                scenario.seed(), OptionalLong.empty(), OptionalDouble.empty(), OptionalDouble.empty());
        Explanation explanation = PlanExplainer.explain(scenario, settings, () -> false);
        Optional<BruteForce.Best> best = BruteForce.best(scenario);
        if (best.isEmpty()) {
            conflicts++;
            assertThat(explanation.answer().conflict()).isPresent();
            assertThat(explanation.limits()).isEmpty();
            assertThat(explanation.drivers()).isEmpty();
            return;
        }
        long value = best.get().criteria().getFirst();
        explanation.limits().forEach(limit -> agree(scenario, limit, value));
        explanation.breakEvens().forEach(found -> agree(scenario, found));
        explanation.drivers().forEach(driver -> agree(scenario, driver));
    }

    /** One step more gains what brute force gains by it; the next step is the least that gains. */
    private void agree(Scenario scenario, LimitWorth limit, long value) {
        Worth worth = limit.worth().orElseThrow();
        assertThat(worth.proved()).as(limit.name()).isTrue();
        assertThat(worth.gain()).as(limit.name()).isNotNegative();
        double step = step(limit, worth.step());
        long loosened =
                first(turned(scenario, path(limit), limit.limit() + step)).orElseThrow();
        double grid = grid(scenario.objectives().getFirst());
        assertThat(worth.gain())
                .as("gain of %s", limit.name())
                .isCloseTo((value - loosened) * grid, within(1.01 * grid));
        if (worth.gain() > 0) {
            gains++;
            assertThat(limit.binding()).as(limit.name()).isTrue();
        }
        worth.next().ifPresent(next -> {
            nexts++;
            long there = first(turned(scenario, path(limit), next.to())).orElseThrow();
            assertThat(next.gain()).isPositive().isCloseTo((value - there) * grid, within(1.01 * grid));
            double before = next.to() - (limit.unit().equals("nodes") ? 1 : 1e-3 * Math.abs(next.to()) + 2);
            if (limit.unit().equals("W") || limit.unit().equals("nodes")) {
                assertThat(first(turned(scenario, path(limit), Math.max(limit.limit(), before))))
                        .as("just before the next step of %s", limit.name())
                        .contains(value);
            }
        });
    }

    /** The scenario where nodes are not come by at that price; written without the planner's own. */
    private static Scenario without(Scenario scenario, BreakEven found) {
        return scenario.withPools(each -> each.name().equals(found.pool()), each -> switch (found.acquisition()) {
            case RENT -> each.withRent(Optional.empty());
            case RESERVE ->
                each.withSupply(new Supply(
                        each.supply().buy(), Optional.empty(), each.supply().available()));
            case BUY ->
                each.withSupply(new Supply(
                        Optional.empty(), each.supply().reserve(), each.supply().available()));
            case SPOT -> each.withSupply(each.supply().withSpot(Optional.empty()));
            case OWN -> throw new IllegalArgumentException(found.path());
        });
    }

    /** Just below the break-even renting is worth it, just above it is not, and without the pool it is the same there. */
    private void agree(Scenario scenario, BreakEven found) {
        double step = found.unit().equals("USD/node") ? NODE_STEP : HOURLY_STEP;
        double least = found.path().endsWith(".rent") ? 0 : NEXT_TO_NOTHING;
        Optional<Long> without = first(without(scenario, found));
        switch (found.outcome()) {
            case FLIPS, NO_PLAN_ABOVE -> {
                flips++;
                assertThat(found.proved()).isTrue();
                double price = found.value().orElseThrow();
                Optional<Long> below = first(turned(scenario, found.path(), Math.max(least, price - step)));
                Optional<Long> above = first(turned(scenario, found.path(), price + 2 * step));
                assertThat(below).isPresent();
                assertThat(above).isEqualTo(without);
                assertThat(without.isEmpty()).isEqualTo(found.outcome() == BreakEven.Outcome.NO_PLAN_ABOVE);
                without.ifPresent(usd -> assertThat(below.get()).isLessThanOrEqualTo(usd));
            }
            case NEEDED -> assertThat(without).isEmpty();
            case NEVER ->
                assertThat(first(turned(scenario, found.path(), least))).isEqualTo(without);
            // So close to each other that the fleets tie on the cent.
            case NOT_SETTLED -> assertThat(scenario.pools()).isNotEmpty();
        }
    }

    private void agree(Scenario scenario, Driver driver) {
        drivers++;
        assertThat(driver.atLow().proved() && driver.atHigh().proved()).isTrue();
        assertThat(cents(turned(scenario, driver.path(), driver.low())))
                .as("%s at %s", driver.path(), driver.low())
                .isEqualTo(driver.atLow().cost().map(cost -> Math.round(cost.usd() * 100)));
        assertThat(cents(turned(scenario, driver.path(), driver.high())))
                .as("%s at %s", driver.path(), driver.high())
                .isEqualTo(driver.atHigh().cost().map(cost -> Math.round(cost.usd() * 100)));
    }

    private static Optional<Long> first(Scenario scenario) {
        return BruteForce.best(scenario).map(best -> best.criteria().getFirst());
    }

    private static Optional<Long> cents(Scenario scenario) {
        int index = scenario.objectives().indexOf(Objective.COST);
        return BruteForce.best(scenario)
                .map(best ->
                        best.criteria().get(index < 0 ? scenario.objectives().size() : index));
    }

    /** One step of the objective's grid, in the unit it is reported in. */
    private static double grid(Objective objective) {
        return switch (objective) {
            case COST -> 0.01;
            case DAYS -> 1e-3 / 86_400;
            case ENERGY, CARBON -> 1e-3;
        };
    }

    private static double step(LimitWorth limit, String word) {
        return switch (word) {
            case "d", "W", "USD" -> 1;
            case "h" -> 1.0 / 24;
            case "kW", "k USD" -> 1e3;
            case "MW", "M USD" -> 1e6;
            case "node" -> 1;
            default -> Integer.parseInt(word.split(" ")[0]);
        };
    }

    private static String path(LimitWorth limit) {
        return limit.name().contains(".") ? limit.name() : "limits." + limit.name();
    }

    /** The scenario with a value at a path; written without the planner's own levers. */
    private static Scenario turned(Scenario scenario, String path, double value) {
        String[] keys = path.split("\\.");
        Limits limits = scenario.limits();
        return switch (keys[0] + "." + keys[keys.length == 2 ? 1 : 2]) {
            case "limits.deadline" ->
                scenario.withLimits(new Limits(
                        with(limits.deadlineSeconds(), value * 86_400), limits.budgetUsd(), limits.powerWatts()));
            case "limits.budget" ->
                scenario.withLimits(
                        new Limits(limits.deadlineSeconds(), with(limits.budgetUsd(), value), limits.powerWatts()));
            case "limits.power" ->
                scenario.withLimits(
                        new Limits(limits.deadlineSeconds(), limits.budgetUsd(), with(limits.powerWatts(), value)));
            case "jobs.deadline" ->
                scenario.withJob(keys[1], job -> job.withDeadline(with(job.deadlineSeconds(), value * 86_400)));
            case "jobs.samples" ->
                scenario.withJob(keys[1], job -> {
                    Work.Generation work = (Work.Generation) job.work();
                    return job.withWork(work.withSamples(with(work.samples(), value)));
                });
            case "jobs.tokens" -> scenario.withJob(keys[1], job -> job.withTokens(with(job.tokens(), value)));
            case "jobs.measured" ->
                scenario.withJob(keys[1], job -> {
                    Map<String, Figure> rates = new LinkedHashMap<>(job.measured());
                    rates.put(keys[3], with(rates.get(keys[3]), value));
                    return job.withMeasured(rates);
                });
            case "pools.max" ->
                scenario.withPools(
                        pool -> pool.name().equals(keys[1]), pool -> pool.withMaxNodes(with(pool.maxNodes(), value)));
            case "pools.rent" ->
                scenario.withPools(
                        pool -> pool.name().equals(keys[1]),
                        pool -> pool.withRent(with(pool.rentUsdPerGpuHour(), value)));
            case "pools.reserve" ->
                scenario.withPools(
                        pool -> pool.name().equals(keys[1]),
                        pool -> pool.withSupply(new Supply(
                                pool.supply().buy(),
                                pool.supply()
                                        .reserve()
                                        .map(terms -> new Supply.Reservation(
                                                with(terms.usdPerGpuHour(), value), terms.minimumSeconds())),
                                pool.supply().available())));
            case "pools.buy" ->
                scenario.withPools(
                        pool -> pool.name().equals(keys[1]),
                        pool -> pool.withSupply(new Supply(
                                pool.supply()
                                        .buy()
                                        .map(terms -> new Supply.Purchase(
                                                with(terms.usdPerNode(), value),
                                                terms.lifeSeconds(),
                                                terms.residualFraction(),
                                                terms.leadSeconds(),
                                                terms.financingFractionPerYear())),
                                pool.supply().reserve(),
                                pool.supply().available())));
            case "nodes.trainingPower" ->
                scenario.withPools(
                        pool -> pool.node().name().equals(keys[1]),
                        pool -> pool.withNode(
                                pool.node().withTrainingPower(with(pool.node().trainingPowerWatts(), value))));
            case "sites.energyPrice" ->
                scenario.withPools(
                        pool -> pool.site()
                                .filter(site -> site.name().equals(keys[1]))
                                .isPresent(),
                        pool -> pool.withSite(pool.site()
                                .orElseThrow()
                                .withUsdPerKwh(with(
                                        pool.site().orElseThrow().usdPerKwh().orElseThrow(), value))));
            default -> throw new IllegalArgumentException(path);
        };
    }

    private static Figure with(Figure figure, double value) {
        return new Figure(value, figure.unit(), figure.origin());
    }

    private static Optional<Figure> with(Optional<Figure> figure, double value) {
        return figure.map(stated -> with(stated, value));
    }
}
