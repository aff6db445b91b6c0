package muster.planner.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Scenarios to measure search and bound on, as the text of scenario files: five sizes, four kinds each, the same text
 * for the same name on every machine. Rates, prices and work are drawn around published ones; no scenario is anybody's.
 */
public final class SearchSuite {
    private static final double HORIZON_DAYS = 365;
    private static final double SECONDS_PER_DAY = 86_400;
    private static final int GPUS_PER_NODE = 8;

    /** A size: the number of pools and jobs, and the nodes of the largest pool. */
    public enum Size {
        TINY(3, 3, 16),
        SMALL(5, 6, 64),
        MIDDLE(10, 15, 256),
        LARGE(20, 30, 1_024),
        LARGEST(40, 60, 4_096);

        final int pools;
        final int jobs;
        final int mostNodes;

        Size(int pools, int jobs, int mostNodes) {
            this.pools = pools;
            this.jobs = jobs;
            this.mostNodes = mostNodes;
        }

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What makes a scenario hard. */
    public enum Kind {
        /** Everything rented, jobs with release and due dates, and a power limit: cheap pools are contended. */
        RENTED,
        /** Mostly owned nodes, which all jobs want. */
        OWNED,
        /** Chains of jobs under one deadline: time has a price. */
        CHAINS,
        /** The least days within a budget. */
        DAYS,
        /** Rates from the performance model in place of stated ones; only up to the middle size. */
        MODELLED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A kind of node with rough published figures: tokens/s/GPU of a model of DeepSeek-V3's size, US dollars per GPU-hour. */
    private record NodeKind(String node, double tokensPerSecondPerGpu, double usdPerGpuHour, double kilowatts) {}

    private static final List<NodeKind> NODE_KINDS = List.of(
            new NodeKind("hgx-h800", 1_543, 2.00, 12.75),
            new NodeKind("hgx-h20", 370, 1.10, 7),
            new NodeKind("hgx-h100", 1_620, 2.35, 12.75),
            new NodeKind("hgx-a100", 520, 1.20, 7.5),
            new NodeKind("hgx-h200", 1_800, 2.90, 12.75),
            new NodeKind("hgx-b200", 3_700, 4.40, 17));

    private final Size size;
    private final Kind kind;
    private final Grain grain;
    private final SplittableRandom random;
    private final List<NodeKind> nodeKinds = new ArrayList<>();
    private final List<Integer> mostNodes = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    private SearchSuite(Size size, Kind kind, Grain grain, long seed) {
        this.size = size;
        this.kind = kind;
        this.grain = grain;
        this.random = new SplittableRandom(seed * 1_000 + size.ordinal() * 10L + kind.ordinal());
    }

    /**
     * How finely nodes are chosen: coarse scenarios have so few fleets that other solvers can tell the best.
     *
     * @param unitsPerPool a pool has about so many units of nodes, its granularity
     * @param onePoolFraction of the jobs, which may not mix pools
     * @param ratesEverywhere whether every rate is stated; else the performance model gives every fifth
     */
    public record Grain(int unitsPerPool, double onePoolFraction, boolean ratesEverywhere) {
        /** Node by node. */
        public static final Grain FINE = new Grain(Integer.MAX_VALUE, 0.15, false);
    }

    /** {@return whether the suite has scenarios of that size and kind} */
    public static boolean has(Size size, Kind kind) {
        return kind != Kind.MODELLED || size.ordinal() <= Size.MIDDLE.ordinal();
    }

    /** {@return the scenario file of that size, kind and seed} */
    public static String text(Size size, Kind kind, long seed) {
        return text(size, kind, Grain.FINE, seed);
    }

    /** {@return the same with few fleets} */
    public static String text(Size size, Kind kind, Grain grain, long seed) {
        return new SearchSuite(size, kind, grain, seed).write(seed);
    }

    private String write(long seed) {
        line(
                "# Generated: %s %s, seed %d. Rates, prices and work are drawn at random.",
                size.word(), kind.word(), seed);
        line("scenario: %s %s %d", size.word(), kind.word(), seed);
        line("pools:");
        for (int p = 0; p < size.pools; p++) {
            pool(p);
        }
        line("jobs:");
        double work = workNodeSeconds() / size.jobs;
        for (int j = 0; j < size.jobs; j++) {
            job(j, work * Math.exp(random.nextGaussian() * 0.6 - 0.18));
        }
        limits();
        return text.toString();
    }

    private void pool(int p) {
        NodeKind node = NODE_KINDS.get(p % NODE_KINDS.size());
        int most = Math.max(2, (int) Math.round(size.mostNodes * (p == 0 ? 1 : random.nextDouble(0.25, 1))));
        int granularity = Math.max(1, most / grain.unitsPerPool());
        most -= most % granularity;
        nodeKinds.add(node);
        mostNodes.add(most);
        double rent = node.usdPerGpuHour() * random.nextDouble(0.85, 1.2);
        text.append(String.format(
                Locale.ROOT,
                "  - {name: p%d, node: %s, max: %d nodes, rent: $%.2f /GPU/h",
                p,
                node.node(),
                most,
                rent));
        if (granularity > 1) {
            text.append(", granularity: ").append(granularity).append(" nodes");
        }
        if (kind == Kind.OWNED && p % 3 != 2 || kind == Kind.CHAINS && p % 4 == 1) {
            int own = Math.max(1, (int) Math.round(most * random.nextDouble(0.4, 0.9) / granularity)) * granularity;
            line(", own: %d nodes,", own);
            text.append("     site: {name: s").append(p).append(", pue: 1.25, energyPrice: ");
            text.append(String.format(Locale.ROOT, "$%.3f /kWh, carbon: 400 g/kWh}", random.nextDouble(0.05, 0.12)));
        }
        line("}");
    }

    /** Work of all jobs in node-seconds: enough that good nodes are scarce, and little enough that there are plans. */
    private double workNodeSeconds() {
        double nodes = mostNodes.stream().mapToInt(most -> most).sum();
        double load = switch (kind) {
            case RENTED -> 0.25;
            case OWNED -> 0.45;
            case CHAINS -> 0.15;
            case DAYS -> 0.3;
            case MODELLED -> 0.15;
        };
        return nodes * HORIZON_DAYS * SECONDS_PER_DAY * load;
    }

    private void job(int j, double nodeSeconds) {
        if (kind == Kind.MODELLED) {
            modelledJob(j, nodeSeconds);
            return;
        }
        double modelScale = Math.exp(random.nextDouble(-1, 2));
        double[] rates = new double[size.pools];
        double total = 0;
        double nodes = 0;
        for (int p = 0; p < size.pools; p++) {
            boolean runs = p == j % size.pools || random.nextDouble() < 0.8 || grain.ratesEverywhere();
            double affinity = random.nextDouble(0.75, 1.25);
            rates[p] = runs ? nodeKinds.get(p).tokensPerSecondPerGpu() * modelScale * affinity : 0;
            total += rates[p] * GPUS_PER_NODE * mostNodes.get(p);
            nodes += runs ? mostNodes.get(p) : 0;
        }
        double tokens = nodeSeconds * total / nodes;
        double fastestDays = tokens / total / SECONDS_PER_DAY;
        text.append(String.format(
                Locale.ROOT,
                "  - {name: j%d, model: deepseek-v3, tokens: %.4f B tokens, sequence: 4096, batch: 15360 sequences,"
                        + " precision: bf16, stack: deepseek",
                j,
                tokens / 1e9));
        dates(j, fastestDays);
        line(",");
        text.append("     measured: {");
        String separator = "";
        for (int p = 0; p < size.pools; p++) {
            if (rates[p] > 0) {
                text.append(String.format(Locale.ROOT, "%sp%d: %.1f tokens/s/GPU", separator, p, rates[p]));
                separator = ", ";
            }
        }
        line("}}");
    }

    private void modelledJob(int j, double nodeSeconds) {
        boolean large = random.nextBoolean();
        double total = 0;
        double nodes = 0;
        for (int p = 0; p < size.pools; p++) {
            total += nodeKinds.get(p).tokensPerSecondPerGpu() * GPUS_PER_NODE * mostNodes.get(p) * (large ? 0.6 : 5);
            nodes += mostNodes.get(p);
        }
        double tokens = nodeSeconds * total / nodes;
        text.append(String.format(
                Locale.ROOT,
                "  - {name: j%d, model: %s, tokens: %.4f B tokens, sequence: 8192, batch: 512 sequences,"
                        + " precision: bf16, stack: megatron-core",
                j,
                large ? "llama-3.1-70b" : "llama-3.1-8b",
                tokens / 1e9));
        dates(j, tokens / total / SECONDS_PER_DAY);
        line("}");
    }

    private void dates(int j, double fastestDays) {
        boolean dated = kind == Kind.RENTED || kind == Kind.OWNED && random.nextDouble() < 0.4;
        if (dated) {
            double release = random.nextInt(3) == 0 ? 0 : Math.rint(random.nextDouble(0, HORIZON_DAYS / 2));
            double window = Math.max(fastestDays * random.nextDouble(8, 25), random.nextDouble(60, 180));
            if (release > 0) {
                text.append(String.format(Locale.ROOT, ", release: %.0f d", release));
            }
            text.append(String.format(Locale.ROOT, ", deadline: %.0f d", Math.min(HORIZON_DAYS, release + window)));
        }
        boolean chained = kind == Kind.CHAINS ? j % 3 != 0 : kind != Kind.OWNED && kind != Kind.RENTED && j % 4 == 3;
        if (chained) {
            text.append(", after: [j").append(j - 1).append(']');
        }
        if (random.nextDouble() < grain.onePoolFraction()) {
            text.append(", spread: one-pool");
        }
    }

    private void limits() {
        double kilowatts = 0;
        double usdPerHour = 0;
        for (int p = 0; p < size.pools; p++) {
            kilowatts += nodeKinds.get(p).kilowatts() * mostNodes.get(p);
            usdPerHour += nodeKinds.get(p).usdPerGpuHour() * GPUS_PER_NODE * mostNodes.get(p);
        }
        line("limits:");
        switch (kind) {
            case RENTED -> {
                line("  deadline: %.0f d", HORIZON_DAYS);
                line("  power: %.2f MW", kilowatts * 0.6 / 1e3);
            }
            case OWNED, MODELLED -> line("  deadline: %.0f d", HORIZON_DAYS);
            case CHAINS -> line("  deadline: %.0f d", HORIZON_DAYS / 4);
            case DAYS -> line("  budget: $%.3f M", usdPerHour * 24 * HORIZON_DAYS * 0.3 / 1e6);
        }
        line("objective: %s", kind == Kind.DAYS ? "days" : "cost");
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
