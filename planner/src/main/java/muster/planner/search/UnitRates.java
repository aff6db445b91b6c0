package muster.planner.search;

import muster.planner.cost.FleetProblem;

/**
 * What a node of a pool does for a job in a linear program, tokens/µs, shape [job][pool]. Stated rates are exact. A modelled
 * one depends on how many nodes work together: at first it is the best of any count alone, then that of the counts that the
 * program took.
 */
final class UnitRates {
    private final FleetProblem problem;
    private final JobFleets[] fleets;
    final double[][] perMicro;

    UnitRates(FleetProblem problem, JobFleets[] fleets) {
        this.problem = problem;
        this.fleets = fleets;
        this.perMicro = new double[fleets.length][];
        for (int j = 0; j < fleets.length; j++) {
            perMicro[j] = fleets[j].nodeTokensPerMicro.clone();
            for (int p = 0; p < perMicro[j].length; p++) {
                if (!fleets[j].stated(p) && perMicro[j][p] > 0) {
                    perMicro[j][p] = bestAlone(j, p);
                }
            }
        }
    }

    /** Counts are tried in steps of a quarter: in between, rates differ by little. */
    private double bestAlone(int j, int p) {
        double best = 0;
        int granularity = problem.granularityNodes(p);
        int most = fleets[j].mostNodes[p] / granularity;
        for (int units = 1; units <= most; units = Math.max(units + 1, units * 5 / 4)) {
            best = Math.max(best, aloneTokensPerMicro(j, p, units * granularity) / (units * granularity));
        }
        return best;
    }

    private double aloneTokensPerMicro(int j, int p, int nodes) {
        int[] alone = new int[problem.poolCount()];
        alone[p] = nodes;
        return fleets[j].tokensPerSecond(alone) / 1e6;
    }

    /** {@return up to so many nodes of the pool, as many as give the job the highest rate on them alone} */
    int fastestAlone(int j, int p, int mostNodes) {
        int granularity = problem.granularityNodes(p);
        int most = Math.min(mostNodes, fleets[j].mostNodes[p]) / granularity;
        int best = 0;
        double rate = 0;
        // Far below the most it is never faster; where no count near it can run, all are tried.
        for (int units = most; units > 0 && (best == 0 || units >= most * 7 / 8); units--) {
            double of = aloneTokensPerMicro(j, p, units * granularity);
            if (of > rate) {
                rate = of;
                best = units;
            }
        }
        return best * granularity;
    }

    /** Takes the rates of modelled pools from the nodes that a program took, shape [job][pool]; {@return whether any changed much} */
    boolean refine(double[][] nodes) {
        boolean changed = false;
        for (int j = 0; j < nodes.length; j++) {
            for (int p = 0; p < nodes[j].length && !fleets[j].linear(); p++) {
                if (nodes[j][p] > 1e-6 && !fleets[j].stated(p)) {
                    int count = fastestAlone(j, p, (int) Math.ceil(nodes[j][p]));
                    double rate = count > 0 ? aloneTokensPerMicro(j, p, count) / Math.max(count, nodes[j][p]) : 0;
                    // Too few to run at all: dearer, not impossible.
                    rate = Math.max(rate, perMicro[j][p] / 4);
                    changed |= Math.abs(rate - perMicro[j][p]) > 0.01 * perMicro[j][p];
                    perMicro[j][p] = rate;
                }
            }
        }
        return changed;
    }
}
