package muster.planner.perf;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import muster.planner.domain.Job;
import muster.planner.domain.Pool;

/**
 * How fast a job trains on nodes of any pools. Where its rate is stated (measured), nodes add up and nothing is lost.
 * Elsewhere the performance model tells: on one pool the fastest layout, on several a step that they take together, with
 * an exchange of gradients between them (docs/model.md, Rate and time, and Shares of a step).
 */
final class TrainingRates implements JobRates {
    /** Node counts of a pool up to which a box is bounded by its layouts rather than by a ceiling per node. */
    private static final int NARROW_NODES = 16;

    private final Job job;
    private final double[] measuredTokensPerSecond;
    private final PoolOptions[] modelled;
    private final double gradientBytes;
    private final boolean linear;

    private TrainingRates(Job job, double[] measuredTokensPerSecond, PoolOptions[] modelled) {
        this.job = job;
        this.measuredTokensPerSecond = measuredTokensPerSecond;
        this.modelled = modelled;
        this.gradientBytes = job.model().architecture().totalParameters()
                * job.stack().stateBytes().gradientBytes(job.precision());
        this.linear = Arrays.stream(modelled).allMatch(options -> options == null);
    }

    static TrainingRates of(Job job, List<Pool> pools, RateBook book) {
        double[] measured = new double[pools.size()];
        PoolOptions[] modelled = new PoolOptions[pools.size()];
        long modelledPools = pools.stream()
                .filter(pool -> job.modelled().contains(pool.name()))
                .count();
        boolean shares = modelledPools > 1 && job.spread() == Job.Spread.DATA_PARALLEL;
        for (int p = 0; p < modelled.length; p++) {
            Pool pool = pools.get(p);
            if (job.measured().containsKey(pool.name())) {
                measured[p] = pool.node().gpusPerNode().value()
                        * job.measured().get(pool.name()).value();
            } else if (job.modelled().contains(pool.name())) {
                modelled[p] = book.options(job, pool, shares);
            }
        }
        return new TrainingRates(job, measured, modelled);
    }

    @Override
    public boolean linear() {
        return linear;
    }

    @Override
    public boolean mixes(int[] nodes) {
        int used = 0;
        for (int p = 0; p < nodes.length; p++) {
            used += nodes[p] > 0 && modelled[p] != null ? 1 : 0;
        }
        return used > 1;
    }

    @Override
    public boolean stated(int pool) {
        return measuredTokensPerSecond[pool] > 0;
    }

    @Override
    public int mostNodes(int pool) {
        if (modelled[pool] != null) {
            return modelled[pool].mostNodes();
        }
        return measuredTokensPerSecond[pool] > 0 ? Integer.MAX_VALUE : 0;
    }

    @Override
    public double tokensPerSecond(int[] nodes) {
        double rate = 0.0;
        int used = 0;
        int last = 0;
        for (int p = 0; p < nodes.length; p++) {
            if (nodes[p] > 0) {
                if (modelled[p] != null) {
                    used++;
                    last = p;
                } else {
                    rate += nodes[p] * measuredTokensPerSecond[p];
                }
            }
        }
        if (used == 0) {
            return rate;
        }
        double together = used == 1
                ? modelled[last].aloneTokensPerSecond(nodes[last])
                : mixedStep(nodes)
                        .map(step -> job.training().tokensPerStep() / (step.seconds() + exchangeSeconds(nodes)))
                        .orElse(0.0);
        return together > 0 ? rate + together : 0.0;
    }

    @Override
    public double ceiling(int pool, int nodes) {
        if (modelled[pool] == null) {
            return measuredTokensPerSecond[pool];
        }
        boolean others = Arrays.stream(modelled)
                .anyMatch(options -> options != null && options != modelled[pool] && options.mostNodes() > 0);
        return modelled[pool].ceiling(nodes, nodes, others);
    }

    @Override
    public double bestTokensPerSecondPerNode(int pool) {
        PoolOptions options = modelled[pool];
        return options == null ? measuredTokensPerSecond[pool] : options.ceiling(1, options.mostNodes(), true);
    }

    /** {@return tokens/s of a node whose rate is stated; 0 elsewhere} */
    double measuredTokensPerSecond(int pool) {
        return measuredTokensPerSecond[pool];
    }

    /** {@return the model's options for a pool; nothing where its rate is stated or the job cannot use it} */
    Optional<PoolOptions> modelled(int pool) {
        return Optional.ofNullable(modelled[pool]);
    }

    Job job() {
        return job;
    }

    /** {@return the step of the pools in use whose rate is modelled, in their order; empty where they cannot take one} */
    Optional<MixedStep> mixedStep(int[] nodes) {
        int[] pools = modelledPools(nodes);
        ShareLine[][] choices = new ShareLine[pools.length][];
        for (int i = 0; i < pools.length; i++) {
            choices[i] = modelled[pools[i]].lines(nodes[pools[i]]);
            if (choices[i].length == 0) {
                return Optional.empty();
            }
        }
        return MixedStep.shortest(choices, job.training().batchSequences().asInt());
    }

    /** {@return the pools in use whose rate is modelled, in file order} */
    int[] modelledPools(int[] nodes) {
        int[] pools = new int[nodes.length];
        int count = 0;
        for (int p = 0; p < nodes.length; p++) {
            if (nodes[p] > 0 && modelled[p] != null) {
                pools[count++] = p;
            }
        }
        return Arrays.copyOf(pools, count);
    }

    /**
     * {@return seconds in which the pools sum up their gradients: a ring over P pools passes 2 (P − 1)/P of them through
     * the narrowest uplink (Patarasuk and Yuan 2009, doi:10.1016/j.jpdc.2008.09.002); 0 for one pool}
     */
    double exchangeSeconds(int[] nodes) {
        int used = 0;
        double narrowest = Double.POSITIVE_INFINITY;
        for (int p = 0; p < nodes.length; p++) {
            if (nodes[p] > 0 && modelled[p] != null) {
                used++;
                narrowest = Math.min(narrowest, nodes[p] * modelled[p].uplinkBytesPerSecondPerNode());
            }
        }
        return used < 2 ? 0 : 2.0 * (used - 1) / used * gradientBytes / narrowest;
    }

    @Override
    public void ceilings(int[] low, int[] high, double[] perNode) {
        int usable = 0;
        for (int p = 0; p < perNode.length; p++) {
            usable += modelled[p] != null && high[p] > 0 ? 1 : 0;
        }
        for (int p = 0; p < perNode.length; p++) {
            perNode[p] =
                    modelled[p] == null ? measuredTokensPerSecond[p] : modelled[p].ceiling(low[p], high[p], usable > 1);
        }
    }

    @Override
    public double leastExchangeSecondsPerToken(int[] low, int[] high) {
        boolean alsoMeasured = false;
        int used = 0;
        double narrowest = Double.POSITIVE_INFINITY;
        for (int p = 0; p < low.length; p++) {
            alsoMeasured |= modelled[p] == null && measuredTokensPerSecond[p] > 0 && high[p] > 0;
            if (low[p] > 0 && modelled[p] != null) {
                used++;
                narrowest = Math.min(narrowest, high[p] * modelled[p].uplinkBytesPerSecondPerNode());
            }
        }
        // Tokens of stated rates do not wait for the exchange of the others.
        return used < 2 || alsoMeasured
                ? 0
                : 2.0
                        * (used - 1)
                        / used
                        * gradientBytes
                        / narrowest
                        / job.training().tokensPerStep();
    }

    @Override
    public double mostTokensPerSecond(int[] low, int[] high) {
        double measured = 0;
        int used = 0;
        int surelyUsed = 0;
        for (int p = 0; p < low.length; p++) {
            if (modelled[p] == null) {
                measured += high[p] * measuredTokensPerSecond[p];
            } else if (high[p] > 0) {
                used++;
                surelyUsed += low[p] > 0 ? 1 : 0;
                if (high[p] - Math.max(low[p], 1) > NARROW_NODES) {
                    return Double.POSITIVE_INFINITY;
                }
            }
        }
        if (used == 0) {
            return Double.POSITIVE_INFINITY;
        }
        ShareLine[][] choices = new ShareLine[used][];
        int index = 0;
        double alone = 0;
        double ceilingSum = 0;
        for (int p = 0; p < low.length; p++) {
            if (modelled[p] != null && high[p] > 0) {
                choices[index] = linesWithin(modelled[p], Math.max(low[p], 1), high[p]);
                if (choices[index].length == 0 && surelyUsed > 1 && low[p] > 0) {
                    return 0;
                }
                ceilingSum += high[p] * modelled[p].ceiling(low[p], high[p], true);
                boolean mayBeAlone = surelyUsed == 0 || surelyUsed == 1 && low[p] > 0;
                if (mayBeAlone) {
                    alone = Math.max(alone, high[p] * modelled[p].ceiling(low[p], high[p], false));
                }
                index++;
            }
        }
        double seconds = used == 1
                ? Double.POSITIVE_INFINITY
                : MixedStep.leastSeconds(
                        choices,
                        job.training().batchSequences().asInt(),
                        job.training().tokensPerStep() / ceilingSum * (1 - 1e-12));
        double exchange =
                leastExchangeSecondsPerToken(low, high) * job.training().tokensPerStep();
        double together = job.training().tokensPerStep() / (seconds * (1 - 1e-12) + exchange);
        return measured + Math.max(together, alone);
    }

    private static ShareLine[] linesWithin(PoolOptions options, int low, int high) {
        int count = 0;
        for (int nodes = low; nodes <= high; nodes++) {
            count += options.lines(nodes).length;
        }
        ShareLine[] lines = new ShareLine[count];
        int next = 0;
        for (int nodes = low; nodes <= high; nodes++) {
            ShareLine[] some = options.lines(nodes);
            System.arraycopy(some, 0, lines, next, some.length);
            next += some.length;
        }
        return lines;
    }
}
