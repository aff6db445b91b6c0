package muster.planner.cost;

import java.util.Arrays;
import muster.kernels.Kernels;
import muster.planner.domain.Objective;

/**
 * Every fleet that one of several jobs could take, as columns: time, money, energy and carbon, none of them more than
 * the job will pay in a plan, where owned nodes may be taken. Only for small spaces; the kernel scores all in one call.
 */
public final class JobOptions {
    private final int[][] nodes;
    private final long[] durationMicros;
    private final long[] microUsd;
    private final long[] energyJoules;
    private final double[] carbonGrams;

    private JobOptions(
            int[][] nodes, long[] durationMicros, long[] microUsd, long[] energyJoules, double[] carbonGrams) {
        this.nodes = nodes;
        this.durationMicros = durationMicros;
        this.microUsd = microUsd;
        this.energyJoules = energyJoules;
        this.carbonGrams = carbonGrams;
    }

    /** {@return how many fleets the job has, the empty one included; saturated at {@code most}} */
    public static long count(FleetProblem problem, int job, long most) {
        long count = 1;
        for (int p = 0; p < problem.poolCount(); p++) {
            count *= problem.mostUnits(job, p) + 1L;
            if (count >= most) {
                return most;
            }
        }
        return count;
    }

    /** {@return the fleets that keep every limit were the job alone} */
    public static JobOptions of(FleetProblem problem, int job) {
        int pools = problem.poolCount();
        int count = (int) count(problem, job, Integer.MAX_VALUE);
        int[][] nodes = new int[count][];
        double[] rate = new double[count];
        double[] rent = new double[count];
        double[] energy = new double[count];
        double[] watts = new double[count];
        int[] current = new int[pools];
        int kept = 0;
        // The empty fleet comes first and is no option.
        while (advance(problem, job, current)) {
            boolean allowed = problem.room().holds(current)
                    && !(problem.onePool(job) && problem.lots().poolsInUse(current) > 1);
            double tokensPerSecond = allowed ? problem.rates(job).tokensPerSecond(current) : 0;
            if (tokensPerSecond > 0) {
                nodes[kept] = current.clone();
                rate[kept] = tokensPerSecond;
                fill(problem, current, kept, rent, energy, watts);
                kept++;
            }
        }
        return score(problem, job, nodes, head(rate, kept), head(rent, kept), head(energy, kept), head(watts, kept));
    }

    private static JobOptions score(
            FleetProblem problem,
            int job,
            int[][] nodes,
            double[] rate,
            double[] rent,
            double[] energy,
            double[] watts) {
        int count = rate.length;
        double[] seconds = new double[count];
        double[] rentMicroUsd = new double[count];
        double[] energyMicroUsd = new double[count];
        double[] joules = new double[count];
        Kernels.run(problem.tokens(job), rate, rent, energy, watts, seconds, rentMicroUsd, energyMicroUsd, joules);
        long mostMicros = problem.latestEndMicros(job) - problem.releaseMicros(job);
        int kept = 0;
        long[] durations = new long[count];
        long[] money = new long[count];
        long[] energies = new long[count];
        double[] carbon = new double[count];
        for (int i = 0; i < count; i++) {
            durations[kept] = JobAmounts.micros(seconds[i]);
            // A plan that splits owned and rented nodes otherwise rounds otherwise: a unit less is possible.
            long split = JobAmounts.saturatingAdd(Math.round(rentMicroUsd[i]), Math.round(energyMicroUsd[i]));
            money[kept] = Math.max(0, split - 1 - problem.termRoundings());
            energies[kept] = Math.round(joules[i]);
            carbon[kept] = JobAmounts.wholeGrams(gramsPerSecond(problem, nodes[i]) / rate[i] * problem.tokens(job));
            if (durations[kept] <= mostMicros
                    && money[kept] <= problem.budgetMicroUsd()
                    && problem.facilityMilliwatts(nodes[i]) <= problem.powerMilliwatts()
                    && problem.sites().hold(nodes[i])) {
                nodes[kept] = nodes[i];
                kept++;
            }
        }
        return new JobOptions(
                Arrays.copyOf(nodes, kept),
                Arrays.copyOf(durations, kept),
                Arrays.copyOf(money, kept),
                Arrays.copyOf(energies, kept),
                Arrays.copyOf(carbon, kept));
    }

    private static boolean advance(FleetProblem problem, int job, int[] nodes) {
        for (int p = nodes.length - 1; p >= 0; p--) {
            int granularity = problem.granularityNodes(p);
            if (nodes[p] < problem.mostUnits(job, p) * granularity) {
                nodes[p] += granularity;
                return true;
            }
            nodes[p] = 0;
        }
        return false;
    }

    private static void fill(
            FleetProblem problem, int[] nodes, int index, double[] rent, double[] energy, double[] watts) {
        double milliwatts = 0.0;
        for (int p = 0; p < nodes.length; p++) {
            if (nodes[p] > 0) {
                int owned = Math.min(nodes[p], problem.ownNodesWorthHaving(p));
                rent[index] += (nodes[p] - owned) * problem.leastMicroUsdPerNodeHour(p);
                energy[index] += owned * problem.energyMicroUsdPerNodeHour(p);
                milliwatts += nodes[p] * (double) problem.facilityMilliwatts(p);
            }
        }
        watts[index] = milliwatts / 1e3;
    }

    private static double gramsPerSecond(FleetProblem problem, int[] nodes) {
        double grams = 0.0;
        for (int p = 0; p < nodes.length; p++) {
            if (nodes[p] > 0) {
                grams += nodes[p] * problem.carbonGramsPerNodeSecond(p);
            }
        }
        return grams;
    }

    private static double[] head(double[] column, int length) {
        return Arrays.copyOf(column, length);
    }

    public int count() {
        return nodes.length;
    }

    /** {@return shape [pool]; not to be changed} */
    public int[] nodes(int option) {
        return nodes[option];
    }

    public long durationMicros(int option) {
        return durationMicros[option];
    }

    /** {@return the least this option can add to an objective, in ledger units; for days, how long the job runs} */
    public long least(Objective objective, int option) {
        return switch (objective) {
            case COST -> microUsd[option];
            case DAYS -> durationMicros[option];
            case ENERGY -> energyJoules[option];
            case CARBON -> (long) carbonGrams[option];
        };
    }
}
