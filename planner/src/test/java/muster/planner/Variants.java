package muster.planner;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import muster.planner.domain.BaseUnit;
import muster.planner.domain.Figure;
import muster.planner.domain.Job;
import muster.planner.domain.Limits;
import muster.planner.domain.Objective;
import muster.planner.domain.Pool;
import muster.planner.domain.Scenario;
import muster.planner.domain.Site;
import muster.planner.domain.Work;

/** Scenarios that differ from another in one thing. */
final class Variants {
    private Variants() {}

    static Scenario limits(Scenario scenario, Limits limits) {
        return copy(scenario, scenario.jobs(), scenario.pools(), limits, scenario.objectives());
    }

    static Scenario objectives(Scenario scenario, Objective... objectives) {
        return copy(scenario, scenario.jobs(), scenario.pools(), scenario.limits(), List.of(objectives));
    }

    static Scenario pools(Scenario scenario, UnaryOperator<Pool> change) {
        List<Pool> pools = scenario.pools().stream().map(change).toList();
        return copy(scenario, scenario.jobs(), pools, scenario.limits(), scenario.objectives());
    }

    static Scenario pool(Scenario scenario, int index, UnaryOperator<Pool> change) {
        List<Pool> pools = IntStream.range(0, scenario.pools().size())
                .mapToObj(p -> p == index
                        ? change.apply(scenario.pools().get(p))
                        : scenario.pools().get(p))
                .toList();
        return copy(scenario, scenario.jobs(), pools, scenario.limits(), scenario.objectives());
    }

    static Scenario jobs(Scenario scenario, UnaryOperator<Job> change) {
        List<Job> jobs = scenario.jobs().stream().map(change).toList();
        return copy(scenario, jobs, scenario.pools(), scenario.limits(), scenario.objectives());
    }

    /** {@return the scenario with one more pool at the end, that every job can use at the rate} */
    static Scenario withPool(Scenario scenario, Pool pool, double tokensPerSecondPerGpu) {
        List<Pool> pools =
                Stream.concat(scenario.pools().stream(), Stream.of(pool)).toList();
        List<Job> jobs = scenario.jobs().stream()
                .map(job -> measured(job, pool.name(), tokensPerSecondPerGpu))
                .toList();
        return copy(scenario, jobs, pools, scenario.limits(), scenario.objectives());
    }

    private static Job measured(Job job, String pool, double rate) {
        Map<String, Figure> measured = new LinkedHashMap<>(job.measured());
        measured.put(
                pool,
                new Figure(
                        rate, BaseUnit.TOKENS_PER_SECOND_PER_GPU, job.tokens().origin()));
        return job.withMeasured(measured);
    }

    /** {@return the job with changed tokens and release} */
    static Job work(Job job, UnaryOperator<Figure> change) {
        return new Job(
                job.name(),
                job.model(),
                work(job.work(), change),
                job.precision(),
                job.stack(),
                job.after(),
                job.releaseSeconds().map(change),
                job.deadlineSeconds(),
                job.spread(),
                job.measured(),
                job.modelled(),
                job.priority());
    }

    private static Work work(Work work, UnaryOperator<Figure> change) {
        return switch (work) {
            case Work.Training training ->
                new Work.Training(
                        change.apply(training.tokens()), training.sequenceTokens(), training.batchSequences());
            case Work.Generation generation -> generation.withSamples(change.apply(generation.samples()));
        };
    }

    static Job deadline(Job job, UnaryOperator<Figure> change) {
        return job.withDeadline(job.deadlineSeconds().map(change));
    }

    /** {@return the pool with that many nodes, no more of them owned} */
    static Pool maxNodes(Pool pool, int nodes) {
        Figure max = new Figure(nodes, BaseUnit.NODES, pool.maxNodes().origin());
        Figure own = new Figure(
                Math.min(nodes, pool.ownNodes().asInt()),
                BaseUnit.NODES,
                pool.ownNodes().origin());
        return copy(pool, pool.name(), max, own, pool.rentUsdPerGpuHour(), pool.site());
    }

    static Pool named(Pool pool, String name) {
        return copy(pool, name, pool.maxNodes(), pool.ownNodes(), pool.rentUsdPerGpuHour(), pool.site());
    }

    static Pool rent(Pool pool, UnaryOperator<Figure> change) {
        return copy(
                pool,
                pool.name(),
                pool.maxNodes(),
                pool.ownNodes(),
                pool.rentUsdPerGpuHour().map(change),
                pool.site());
    }

    static Pool energyPrice(Pool pool, UnaryOperator<Figure> change) {
        Optional<Site> site = pool.site()
                .map(old -> new Site(
                        old.name(),
                        old.label(),
                        old.powerUsageEffectiveness(),
                        old.usdPerKwh().map(change),
                        old.kgPerKwh()));
        return copy(pool, pool.name(), pool.maxNodes(), pool.ownNodes(), pool.rentUsdPerGpuHour(), site);
    }

    /** {@return a change that multiplies a figure} */
    static UnaryOperator<Figure> times(double factor) {
        return figure -> new Figure(figure.value() * factor, figure.unit(), figure.origin());
    }

    private static Pool copy(
            Pool pool, String name, Figure max, Figure own, Optional<Figure> rent, Optional<Site> site) {
        return new Pool(
                name,
                pool.node(),
                max,
                own,
                rent,
                pool.granularityNodes(),
                pool.network(),
                site,
                pool.powerUsageEffectiveness());
    }

    private static Scenario copy(
            Scenario scenario, List<Job> jobs, List<Pool> pools, Limits limits, List<Objective> objectives) {
        return new Scenario(
                scenario.title(),
                scenario.file(),
                scenario.start(),
                jobs,
                pools,
                limits,
                objectives,
                scenario.seed(),
                scenario.notes());
    }
}
