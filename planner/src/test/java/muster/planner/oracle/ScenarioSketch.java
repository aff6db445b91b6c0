package muster.planner.oracle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import muster.planner.domain.BaseUnit;
import muster.planner.domain.Confidence;
import muster.planner.domain.Figure;
import muster.planner.domain.Gpu;
import muster.planner.domain.Job;
import muster.planner.domain.Limits;
import muster.planner.domain.Model;
import muster.planner.domain.Node;
import muster.planner.domain.Objective;
import muster.planner.domain.Origin;
import muster.planner.domain.Pool;
import muster.planner.domain.Precision;
import muster.planner.domain.SampleEntries;
import muster.planner.domain.Scenario;
import muster.planner.domain.Site;
import muster.planner.domain.Stack;
import muster.planner.domain.Supply;
import muster.planner.domain.Work;

/** Writes a scenario in a few lines; everything that the arithmetic of stated rates never reads is filled in. */
public final class ScenarioSketch {
    private static final Origin ORIGIN = new Origin("test", "2026-01-01", Confidence.LOW);

    private final List<JobSketch> jobs = new ArrayList<>();
    private final List<PoolSketch> pools = new ArrayList<>();
    private Optional<Figure> deadlineSeconds = Optional.empty();
    private Optional<Figure> budgetUsd = Optional.empty();
    private Optional<Figure> powerWatts = Optional.empty();
    private List<Objective> objectives = List.of(Objective.COST);

    /** A pool of one node, rented at nothing but what is said next. */
    public final class PoolSketch {
        private final String name;
        private int gpusPerNode = 8;
        private double watts = 10_000;
        private int maxNodes = 1;
        private int ownNodes;
        private int granularityNodes = 1;
        private double powerUsageEffectiveness = 1.25;
        private Optional<Figure> rent = Optional.empty();
        private Optional<Figure> usdPerKwh = Optional.empty();
        private Optional<Figure> kgPerKwh = Optional.empty();
        private Supply supply = Supply.ON_DEMAND;
        private Optional<Figure> spare = Optional.empty();
        private Site.Caps caps = Site.Caps.NONE;

        private PoolSketch(String name) {
            this.name = name;
        }

        public PoolSketch gpus(int perNode) {
            gpusPerNode = perNode;
            return this;
        }

        public PoolSketch watts(double trainingPower) {
            watts = trainingPower;
            return this;
        }

        public PoolSketch max(int nodes) {
            maxNodes = nodes;
            return this;
        }

        public PoolSketch own(int nodes) {
            ownNodes = nodes;
            return this;
        }

        public PoolSketch granularity(int nodes) {
            granularityNodes = nodes;
            return this;
        }

        public PoolSketch pue(double factor) {
            powerUsageEffectiveness = factor;
            return this;
        }

        public PoolSketch rent(double usdPerGpuHour) {
            rent = Optional.of(figure(usdPerGpuHour, BaseUnit.USD_PER_GPU_HOUR));
            return this;
        }

        public PoolSketch energyPrice(double usd) {
            usdPerKwh = Optional.of(figure(usd, BaseUnit.USD_PER_KWH));
            return this;
        }

        public PoolSketch carbon(double kg) {
            kgPerKwh = Optional.of(figure(kg, BaseUnit.KG_PER_KWH));
            return this;
        }

        public PoolSketch spareNodes(int nodes) {
            spare = Optional.of(figure(nodes, BaseUnit.NODES));
            return this;
        }

        public PoolSketch spareFraction(double fraction) {
            spare = Optional.of(figure(fraction, BaseUnit.FRACTION));
            return this;
        }

        /** Other terms than on-demand rent, and tranches. */
        public PoolSketch supply(Supply terms) {
            supply = terms;
            return this;
        }

        /** What the pool's site has room for; it then states no energy price or grid unless asked for before. */
        public PoolSketch caps(Site.Caps roomFor) {
            caps = roomFor;
            return this;
        }

        String name() {
            return name;
        }

        private Pool pool() {
            Figure pue = figure(powerUsageEffectiveness, BaseUnit.FRACTION);
            boolean sited = usdPerKwh.isPresent() || kgPerKwh.isPresent() || !caps.equals(Site.Caps.NONE);
            Node node = new Node(
                    "node-" + name,
                    "Node of " + name,
                    GPU,
                    figure(gpusPerNode, BaseUnit.COUNT),
                    figure(watts, BaseUnit.WATTS),
                    figure(watts, BaseUnit.WATTS),
                    figure(50e9, BaseUnit.BYTES_PER_SECOND));
            return new Pool(
                    name,
                    node,
                    figure(maxNodes, BaseUnit.NODES),
                    figure(ownNodes, BaseUnit.NODES),
                    rent,
                    figure(granularityNodes, BaseUnit.NODES),
                    Optional.empty(),
                    sited
                            ? Optional.of(new Site("site-" + name, "Site of " + name, pue, usdPerKwh, kgPerKwh)
                                    .withCaps(caps))
                            : Optional.empty(),
                    pue,
                    supply,
                    spare);
        }
    }

    /** A job without tokens or rates until they are said. */
    public final class JobSketch {
        private final String name;
        private double tokens = 1;
        private boolean generates;
        private final Map<String, Figure> measured = new LinkedHashMap<>();
        private List<String> after = List.of();
        private Optional<Figure> releaseSeconds = Optional.empty();
        private Optional<Figure> deadlineSeconds = Optional.empty();
        private Job.Spread spread = Job.Spread.DATA_PARALLEL;
        private int priority = Job.DEFAULT_PRIORITY;

        private JobSketch(String name) {
            this.name = name;
        }

        public JobSketch priority(int importance) {
            priority = importance;
            return this;
        }

        public JobSketch tokens(double count) {
            tokens = count;
            return this;
        }

        /** The tokens are written, four per sample, instead of trained on. */
        public JobSketch generates() {
            generates = true;
            return this;
        }

        private Work work() {
            return generates
                    ? new Work.Generation(
                            figure(1, BaseUnit.TOKENS),
                            figure(4, BaseUnit.TOKENS),
                            figure(8, BaseUnit.TOKENS),
                            figure(tokens / 4, BaseUnit.SAMPLES))
                    : new Work.Training(
                            figure(tokens, BaseUnit.TOKENS),
                            figure(4096, BaseUnit.TOKENS),
                            figure(1024, BaseUnit.SEQUENCES));
        }

        public JobSketch rate(String pool, double tokensPerSecondPerGpu) {
            measured.put(pool, figure(tokensPerSecondPerGpu, BaseUnit.TOKENS_PER_SECOND_PER_GPU));
            return this;
        }

        public JobSketch after(String... names) {
            after = List.of(names);
            return this;
        }

        public JobSketch releaseSeconds(double seconds) {
            releaseSeconds = Optional.of(figure(seconds, BaseUnit.SECONDS));
            return this;
        }

        public JobSketch deadlineSeconds(double seconds) {
            deadlineSeconds = Optional.of(figure(seconds, BaseUnit.SECONDS));
            return this;
        }

        public JobSketch onePool() {
            spread = Job.Spread.ONE_POOL;
            return this;
        }

        private Job job() {
            return new Job(
                    name,
                    MODEL,
                    work(),
                    Precision.BF16,
                    STACK,
                    after,
                    releaseSeconds,
                    deadlineSeconds,
                    spread,
                    measured,
                    Set.of(),
                    priority);
        }
    }

    private static final Gpu GPU = SampleEntries.gpu("gpu", "hopper", Precision.BF16, ORIGIN);
    private static final Model MODEL = SampleEntries.model("model", "Model", Map.of());
    private static final Stack STACK = SampleEntries.stack("stack", "Stack", Set.of(Precision.BF16), ORIGIN);

    public PoolSketch pool(String name) {
        PoolSketch pool = new PoolSketch(name);
        pools.add(pool);
        return pool;
    }

    public JobSketch job(String name) {
        JobSketch job = new JobSketch(name);
        jobs.add(job);
        return job;
    }

    public ScenarioSketch deadlineSeconds(double seconds) {
        deadlineSeconds = Optional.of(figure(seconds, BaseUnit.SECONDS));
        return this;
    }

    public ScenarioSketch budgetUsd(double usd) {
        budgetUsd = Optional.of(figure(usd, BaseUnit.USD));
        return this;
    }

    public ScenarioSketch powerWatts(double watts) {
        powerWatts = Optional.of(figure(watts, BaseUnit.WATTS));
        return this;
    }

    public ScenarioSketch objectives(Objective... inOrder) {
        objectives = Arrays.asList(inOrder);
        return this;
    }

    public Scenario scenario(String title) {
        return new Scenario(
                title,
                "test.yaml",
                Optional.empty(),
                jobs.stream().map(JobSketch::job).toList(),
                pools.stream().map(PoolSketch::pool).toList(),
                new Limits(deadlineSeconds, budgetUsd, powerWatts),
                objectives,
                1,
                List.of());
    }

    private static Figure figure(double value, BaseUnit unit) {
        return new Figure(value, unit, ORIGIN);
    }
}
