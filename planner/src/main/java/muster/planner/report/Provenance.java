package muster.planner.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import muster.planner.domain.Figure;
import muster.planner.domain.Job;
import muster.planner.domain.Node;
import muster.planner.domain.Pool;
import muster.planner.domain.Scenario;
import muster.planner.domain.Site;
import muster.planner.domain.Supply;
import muster.planner.domain.Work;

/**
 * A figure that entered the answer, under the name by which a reader finds it: {@code pools.h800.rent},
 * {@code nodes.hgx-h800.trainingPower}.
 *
 * @param pools those that the figure says something about; empty where it counts for every plan
 */
record Provenance(String key, Figure figure, List<Pool> pools) {
    Provenance(String key, Figure figure) {
        this(key, figure, List.of());
    }

    /** {@return whether a plan on these pools rests on the figure} */
    boolean counts(Collection<Pool> used) {
        return pools.isEmpty() || pools.stream().anyMatch(used::contains);
    }

    /**
     * {@return every figure that the search and the bound counted with, limits first, catalogue last} All pools count,
     * used or not: an unused pool's price is a reason for the answer too.
     */
    static List<Provenance> of(Scenario scenario) {
        List<Provenance> rows = new ArrayList<>();
        scenario.limits().deadlineSeconds().ifPresent(figure -> rows.add(new Provenance("limits.deadline", figure)));
        scenario.limits().budgetUsd().ifPresent(figure -> rows.add(new Provenance("limits.budget", figure)));
        scenario.limits().powerWatts().ifPresent(figure -> rows.add(new Provenance("limits.power", figure)));
        scenario.jobs().forEach(job -> addJob(rows, job, scenario.pools()));
        scenario.pools().forEach(pool -> addPool(rows, pool));
        Map<String, Figure> catalogue = new LinkedHashMap<>();
        for (Pool pool : scenario.pools()) {
            Node node = pool.node();
            catalogue.putIfAbsent("nodes." + node.name() + ".gpus", node.gpusPerNode());
            catalogue.putIfAbsent("nodes." + node.name() + ".trainingPower", node.trainingPowerWatts());
            pool.site().ifPresent(site -> addSite(catalogue, site));
        }
        catalogue.forEach((key, figure) -> rows.add(new Provenance(key, figure, poolsWith(key, scenario))));
        rows.addAll(modelled(scenario, rows));
        return rows;
    }

    /** {@return what modelled rates rest on and is not said yet, each figure once with all the pools it counts for} */
    private static List<Provenance> modelled(Scenario scenario, List<Provenance> said) {
        Set<String> saidKeys = said.stream().map(Provenance::key).collect(Collectors.toSet());
        Map<String, Provenance> rows = new LinkedHashMap<>();
        for (Job job : scenario.jobs()) {
            for (Pool pool : scenario.pools()) {
                if (job.modelled().contains(pool.name())) {
                    ModelProvenance.of(job, pool).stream()
                            .filter(row -> !saidKeys.contains(row.key()))
                            .forEach(row -> rows.merge(row.key(), row, Provenance::together));
                }
            }
        }
        return List.copyOf(rows.values());
    }

    private static Provenance together(Provenance one, Provenance other) {
        List<Pool> pools = Stream.concat(one.pools().stream(), other.pools().stream())
                .distinct()
                .toList();
        return new Provenance(one.key(), one.figure(), pools);
    }

    /** {@return the pools whose node or site the catalogue's figure describes} */
    private static List<Pool> poolsWith(String key, Scenario scenario) {
        return scenario.pools().stream()
                .filter(pool -> key.startsWith("nodes." + pool.node().name() + ".")
                        || pool.site()
                                .filter(site -> key.startsWith("sites." + site.name() + "."))
                                .isPresent())
                .toList();
    }

    private static void addJob(List<Provenance> rows, Job job, List<Pool> pools) {
        String prefix = "jobs." + job.name() + ".";
        switch (job.work()) {
            case Work.Training training -> rows.add(new Provenance(prefix + "tokens", training.tokens()));
            case Work.Generation generation -> {
                rows.add(new Provenance(prefix + "samples", generation.samples()));
                rows.add(new Provenance(prefix + "outputTokens.mean", generation.meanOutputTokens()));
            }
        }
        job.releaseSeconds().ifPresent(figure -> rows.add(new Provenance(prefix + "release", figure)));
        job.deadlineSeconds().ifPresent(figure -> rows.add(new Provenance(prefix + "deadline", figure)));
        job.measured()
                .forEach((name, rate) -> rows.add(new Provenance(
                        prefix + "measured." + name,
                        rate,
                        pools.stream().filter(pool -> pool.name().equals(name)).toList())));
    }

    private static void addPool(List<Provenance> rows, Pool pool) {
        String prefix = "pools." + pool.name() + ".";
        rows.add(new Provenance(prefix + "max", pool.maxNodes(), List.of(pool)));
        rows.add(new Provenance(prefix + "own", pool.ownNodes(), List.of(pool)));
        pool.rentUsdPerGpuHour().ifPresent(figure -> rows.add(new Provenance(prefix + "rent", figure, List.of(pool))));
        rows.add(new Provenance(prefix + "granularity", pool.granularityNodes(), List.of(pool)));
        pool.spare().ifPresent(figure -> rows.add(new Provenance(prefix + "spare", figure, List.of(pool))));
        pool.network().ifPresent(network -> {
            rows.add(new Provenance(prefix + "network.rate", network.bytesPerSecondPerGpu(), List.of(pool)));
            rows.add(new Provenance(prefix + "network.oversubscription", network.oversubscription(), List.of(pool)));
        });
        addSupply(rows, prefix, pool);
        rows.add(new Provenance(prefix + "pue", pool.powerUsageEffectiveness(), List.of(pool)));
    }

    /** Tranches are numbered from 1, in the order of the file. */
    private static void addSupply(List<Provenance> rows, String prefix, Pool pool) {
        pool.supply().buy().ifPresent(terms -> {
            rows.add(new Provenance(prefix + "buy.price", terms.usdPerNode(), List.of(pool)));
            rows.add(new Provenance(prefix + "buy.life", terms.lifeSeconds(), List.of(pool)));
            rows.add(new Provenance(prefix + "buy.residual", terms.residualFraction(), List.of(pool)));
            rows.add(new Provenance(prefix + "buy.lead", terms.leadSeconds(), List.of(pool)));
            rows.add(new Provenance(prefix + "buy.financing", terms.financingFractionPerYear(), List.of(pool)));
        });
        pool.supply().reserve().ifPresent(terms -> {
            rows.add(new Provenance(prefix + "reserve.price", terms.usdPerGpuHour(), List.of(pool)));
            rows.add(new Provenance(prefix + "reserve.minimum", terms.minimumSeconds(), List.of(pool)));
        });
        pool.supply().spot().ifPresent(terms -> {
            rows.add(new Provenance(prefix + "spot.price", terms.usdPerGpuHour(), List.of(pool)));
            rows.add(new Provenance(prefix + "spot.eviction", terms.evictionsPerHour(), List.of(pool)));
            rows.add(new Provenance(prefix + "spot.checkpoint", terms.checkpointSeconds(), List.of(pool)));
            rows.add(new Provenance(prefix + "spot.restart", terms.restartSeconds(), List.of(pool)));
        });
        List<Supply.Tranche> tranches = pool.supply().available();
        for (int t = 0; t < tranches.size(); t++) {
            String tranche = prefix + "available." + (t + 1) + ".";
            rows.add(new Provenance(tranche + "from", tranches.get(t).fromSeconds(), List.of(pool)));
            rows.add(new Provenance(tranche + "nodes", tranches.get(t).nodes(), List.of(pool)));
        }
    }

    private static void addSite(Map<String, Figure> catalogue, Site site) {
        String path = "sites." + site.name() + ".";
        site.caps().powerWatts().ifPresent(power -> catalogue.putIfAbsent(path + "power", power));
        site.caps().racks().ifPresent(racks -> catalogue.putIfAbsent(path + "racks", racks));
        site.caps().rackWatts().ifPresent(power -> catalogue.putIfAbsent(path + "rackPower", power));
        site.usdPerKwh().ifPresent(price -> catalogue.putIfAbsent("sites." + site.name() + ".energyPrice", price));
        site.kgPerKwh().ifPresent(intensity -> catalogue.putIfAbsent("sites." + site.name() + ".carbon", intensity));
    }
}
