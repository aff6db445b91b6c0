package muster.planner;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import muster.planner.domain.BaseUnit;
import muster.planner.domain.Confidence;
import muster.planner.domain.Figure;
import muster.planner.domain.Job;
import muster.planner.domain.Limits;
import muster.planner.domain.Origin;
import muster.planner.domain.Pool;
import muster.planner.domain.Scenario;
import muster.planner.domain.Site;

/** A term of a scenario that can be lifted, to see whether it binds or takes part in a conflict. */
sealed interface Term {
    /** The most nodes a pool gets when its maximum is lifted; readers allow no more. */
    int UNLIMITED_NODES = 1_000_000;

    /** {@return its name in reports: the scenario's key, or a path of keys} */
    String name();

    /** {@return whether it is one of the scenario's limits on time, money and power, not a bound of a pool or job} */
    default boolean isLimit() {
        return this instanceof Deadline
                || this instanceof Budget
                || this instanceof Power
                || this instanceof JobDeadline
                || this instanceof SitePower
                || this instanceof SiteRacks;
    }

    /** {@return the scenario without it} */
    Scenario lifted(Scenario scenario);

    /** {@return the terms of a scenario, those first that people give up most readily} */
    static List<Term> of(Scenario scenario) {
        List<Term> terms = new ArrayList<>();
        for (Job job : scenario.jobs()) {
            if (job.spread() == Job.Spread.ONE_POOL) {
                terms.add(new OnePool(job.name()));
            }
        }
        for (Pool pool : scenario.pools()) {
            if (pool.canGrow()) {
                terms.add(new MostNodes(pool.name()));
            }
        }
        for (Pool pool : scenario.pools()) {
            if (!pool.supply().available().isEmpty()) {
                terms.add(new Available(pool.name()));
            }
        }
        for (Job job : scenario.jobs()) {
            if (job.deadlineSeconds().isPresent()) {
                terms.add(new JobDeadline(job.name()));
            }
        }
        terms.addAll(limits(scenario));
        return terms;
    }

    /** {@return the limits that a scenario states for the whole plan} */
    static List<Term> limits(Scenario scenario) {
        List<Term> terms = new ArrayList<>();
        for (Site site : scenario.sites()) {
            if (site.caps().racks().isPresent()) {
                terms.add(new SiteRacks(site.name()));
            }
            if (site.caps().powerWatts().isPresent()) {
                terms.add(new SitePower(site.name()));
            }
        }
        if (scenario.limits().powerWatts().isPresent()) {
            terms.add(new Power());
        }
        if (scenario.limits().budgetUsd().isPresent()) {
            terms.add(new Budget());
        }
        if (scenario.limits().deadlineSeconds().isPresent()) {
            terms.add(new Deadline());
        }
        return terms;
    }

    record Deadline() implements Term {
        @Override
        public String name() {
            return "deadline";
        }

        @Override
        public Scenario lifted(Scenario scenario) {
            Limits limits = scenario.limits();
            return scenario.withLimits(new Limits(Optional.empty(), limits.budgetUsd(), limits.powerWatts()));
        }
    }

    record Budget() implements Term {
        @Override
        public String name() {
            return "budget";
        }

        @Override
        public Scenario lifted(Scenario scenario) {
            Limits limits = scenario.limits();
            return scenario.withLimits(new Limits(limits.deadlineSeconds(), Optional.empty(), limits.powerWatts()));
        }
    }

    record Power() implements Term {
        @Override
        public String name() {
            return "power";
        }

        @Override
        public Scenario lifted(Scenario scenario) {
            return with(scenario, Optional.empty());
        }

        /** {@return the scenario with another power limit} */
        Scenario with(Scenario scenario, Optional<Figure> powerWatts) {
            Limits limits = scenario.limits();
            return scenario.withLimits(new Limits(limits.deadlineSeconds(), limits.budgetUsd(), powerWatts));
        }
    }

    record JobDeadline(String job) implements Term {
        @Override
        public String name() {
            return "jobs." + job + ".deadline";
        }

        @Override
        public Scenario lifted(Scenario scenario) {
            return with(scenario, Optional.empty());
        }

        /** {@return the scenario with another deadline of the job} */
        Scenario with(Scenario scenario, double deadlineSeconds) {
            Origin origin = new Origin("what if", "", Confidence.HIGH);
            return with(scenario, Optional.of(new Figure(deadlineSeconds, BaseUnit.SECONDS, origin)));
        }

        private Scenario with(Scenario scenario, Optional<Figure> deadlineSeconds) {
            return scenario.withJob(job, each -> each.withDeadline(deadlineSeconds));
        }
    }

    record OnePool(String job) implements Term {
        @Override
        public String name() {
            return "jobs." + job + ".spread";
        }

        @Override
        public Scenario lifted(Scenario scenario) {
            return scenario.withJob(job, each -> each.withSpread(Job.Spread.DATA_PARALLEL));
        }
    }

    record MostNodes(String pool) implements Term {
        @Override
        public String name() {
            return "pools." + pool + ".max";
        }

        @Override
        public Scenario lifted(Scenario scenario) {
            return with(scenario, UNLIMITED_NODES);
        }

        /** {@return the scenario with another maximum of the pool} */
        Scenario with(Scenario scenario, int nodes) {
            Figure most = new Figure(nodes, BaseUnit.NODES, new Origin("what if", "", Confidence.HIGH));
            return scenario.withPools(each -> each.name().equals(pool), each -> each.withMaxNodes(most));
        }
    }

    /** When the nodes of a pool come; lifted, all of them are there from day 0. */
    record Available(String pool) implements Term {
        @Override
        public String name() {
            return "pools." + pool + ".available";
        }

        @Override
        public Scenario lifted(Scenario scenario) {
            return scenario.withPools(
                    each -> each.name().equals(pool),
                    each -> each.withSupply(each.supply().withAvailable(List.of())));
        }
    }

    record SitePower(String site) implements Term {
        @Override
        public String name() {
            return "sites." + site + ".power";
        }

        @Override
        public Scenario lifted(Scenario scenario) {
            return with(scenario, Optional.empty());
        }

        /** {@return the scenario with another power of the site} */
        Scenario with(Scenario scenario, Optional<Figure> powerWatts) {
            return withCaps(scenario, site, caps -> caps.withPower(powerWatts));
        }
    }

    record SiteRacks(String site) implements Term {
        @Override
        public String name() {
            return "sites." + site + ".racks";
        }

        @Override
        public Scenario lifted(Scenario scenario) {
            return with(scenario, Optional.empty());
        }

        /** {@return the scenario with another number of racks at the site} */
        Scenario with(Scenario scenario, Optional<Figure> racks) {
            return withCaps(scenario, site, caps -> caps.withRacks(racks));
        }
    }

    private static Scenario withCaps(Scenario scenario, String site, UnaryOperator<Site.Caps> change) {
        return scenario.withPools(scenario.pools().stream()
                .map(pool -> pool.withSite(pool.site()
                        .map(place -> place.name().equals(site) ? place.withCaps(change.apply(place.caps())) : place)))
                .toList());
    }
}
