package muster.planner;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import muster.planner.domain.Acquisition;
import muster.planner.domain.BaseUnit;
import muster.planner.domain.Figure;
import muster.planner.domain.Plan;
import muster.planner.domain.Pool;
import muster.planner.domain.Scenario;
import muster.planner.domain.Supply;
import muster.planner.domain.Supply.Purchase;
import muster.planner.domain.Supply.Reservation;
import muster.planner.domain.Supply.Spot;

/**
 * A price at which nodes of a pool are come by. What a plan costs is a straight line of it.
 *
 * @param key of the price within the pool
 * @param unit of the price
 * @param resolution to which a break-even is told, in {@code unit}
 */
record PoolPrice(Pool pool, Acquisition acquisition, String key, Figure stated, String unit, double resolution) {
    private static final double RESOLUTION_USD_PER_GPU_HOUR = 1e-4;
    private static final double RESOLUTION_USD_PER_NODE = 1;

    /** Next to nothing, where a price of nothing would hide how the cost grows with it. */
    private static final double NEXT_TO_NOTHING = 1e-6;

    /** {@return the prices of a scenario: of each pool its rent, then those of other terms} */
    static List<PoolPrice> of(Scenario scenario) {
        List<PoolPrice> prices = new ArrayList<>();
        for (Pool pool : scenario.pools()) {
            Supply supply = pool.supply();
            pool.rentUsdPerGpuHour().ifPresent(rent -> prices.add(hourly(pool, Acquisition.RENT, "rent", rent)));
            supply.spot()
                    .map(Spot::usdPerGpuHour)
                    .ifPresent(price -> prices.add(hourly(pool, Acquisition.SPOT, "spot.price", price)));
            supply.reserve()
                    .map(Reservation::usdPerGpuHour)
                    .ifPresent(price -> prices.add(hourly(pool, Acquisition.RESERVE, "reserve.price", price)));
            supply.buy()
                    .map(Purchase::usdPerNode)
                    .ifPresent(price -> prices.add(new PoolPrice(
                            pool, Acquisition.BUY, "buy.price", price, "USD/node", RESOLUTION_USD_PER_NODE)));
        }
        return prices;
    }

    private static PoolPrice hourly(Pool pool, Acquisition acquisition, String key, Figure price) {
        return new PoolPrice(pool, acquisition, key, price, "USD/GPU/h", RESOLUTION_USD_PER_GPU_HOUR);
    }

    /** {@return as {@code --set} takes it} */
    String path() {
        return "pools." + pool.name() + "." + key;
    }

    /** {@return the scenario at another price} */
    Scenario at(Scenario scenario, double value) {
        BaseUnit base = acquisition == Acquisition.BUY ? BaseUnit.USD_PER_NODE : BaseUnit.USD_PER_GPU_HOUR;
        return with(scenario, Optional.of(WhatIfs.figure(value, base)));
    }

    /** {@return the scenario where nodes of the pool are not come by in this way} */
    Scenario without(Scenario scenario) {
        return with(scenario, Optional.empty());
    }

    private Scenario with(Scenario scenario, Optional<Figure> price) {
        UnaryOperator<Pool> change = switch (acquisition) {
            case RENT -> each -> each.withRent(price);
            case SPOT ->
                each -> each.withSupply(each.supply()
                        .withSpot(price.map(
                                usd -> each.supply().spot().orElseThrow().withPrice(usd))));
            case RESERVE -> each -> each.withSupply(reserving(each.supply(), price));
            case BUY -> each -> each.withSupply(buying(each.supply(), price));
            case OWN -> throw new IllegalStateException("Owned nodes have no price.");
        };
        return scenario.withPools(each -> each.name().equals(pool.name()), change);
    }

    private static Supply reserving(Supply supply, Optional<Figure> price) {
        Reservation before = supply.reserve().orElseThrow();
        return supply.withReserve(price.map(each -> new Reservation(each, before.minimumSeconds())));
    }

    private static Supply buying(Supply supply, Optional<Figure> price) {
        Purchase before = supply.buy().orElseThrow();
        return supply.withBuy(price.map(each -> new Purchase(
                each,
                before.lifeSeconds(),
                before.residualFraction(),
                before.leadSeconds(),
                before.financingFractionPerYear())));
    }

    /** {@return the price to begin with where one asks from nothing upwards} */
    double least() {
        return acquisition == Acquisition.RENT || acquisition == Acquisition.SPOT ? 0 : NEXT_TO_NOTHING;
    }

    /**
     * {@return by how much the plan's cost grows with a dollar of the price: GPU-hours, or nodes by their share of a
     * purchase; 0 where the plan comes by no nodes in this way}
     *
     * @param price at which the plan was made, above 0 unless it is a rent by the hour
     */
    double perUnit(Plan plan, double price) {
        return switch (acquisition) {
            case OWN -> 0;
            case RENT, SPOT -> rentedGpuHours(plan);
            case RESERVE -> rowUsd(plan) / price;
            case BUY -> (rowUsd(plan) - energyUsd(plan)) / price;
        };
    }

    private double rowUsd(Plan plan) {
        return plan.fleet().stream()
                .filter(row -> isOf(row.pool()) && row.acquisition() == acquisition)
                .mapToDouble(Plan.FleetRow::usd)
                .sum();
    }

    private double rentedGpuHours(Plan plan) {
        return nodeHours(plan, acquisition) * pool.node().gpusPerNode().asInt();
    }

    /** What bought nodes pay for energy, which is in their row of the fleet. */
    private double energyUsd(Plan plan) {
        double kilowatts = pool.node().trainingPowerWatts().value()
                * pool.powerUsageEffectiveness().value()
                / 1e3;
        double usdPerKwh =
                pool.site().flatMap(site -> site.usdPerKwh()).map(Figure::value).orElse(0.0);
        return nodeHours(plan, Acquisition.BUY) * kilowatts * usdPerKwh;
    }

    private double nodeHours(Plan plan, Acquisition way) {
        double hours = 0;
        for (Plan.JobPlan job : plan.jobs()) {
            for (Plan.PoolShare share : job.pools()) {
                hours += isOf(share.pool()) ? share.nodes(way) * (job.durationMicros() / 3600e6) : 0;
            }
        }
        return hours;
    }

    /** {@return whether a row of a fleet has the nodes in question, or those of the pool that are owned already} */
    boolean isOfItsOwn(Plan.FleetRow row) {
        return isOf(row.pool()) && (row.acquisition() == acquisition || row.acquisition() == Acquisition.OWN);
    }

    private boolean isOf(Pool other) {
        return other.name().equals(pool.name());
    }
}
