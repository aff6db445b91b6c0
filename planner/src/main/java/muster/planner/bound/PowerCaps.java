package muster.planner.bound;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import muster.planner.cost.FleetProblem;
import muster.planner.cost.SiteCaps;

/**
 * What busy nodes of all pools together may take at any instant: the scenario's power, and each site's power and racks. A
 * pool fills a whole number of racks and keeps them; here it takes the racks that its busy nodes would fill exactly.
 */
final class PowerCaps {
    final int count;

    /** Shape [cap][pool]: what a node takes of the cap. */
    final double[][] perNode;

    /** Shape [cap]. */
    final double[] most;

    PowerCaps(FleetProblem problem) {
        List<double[]> takes = new ArrayList<>();
        List<Double> limits = new ArrayList<>();
        int pools = problem.poolCount();
        if (problem.powerMilliwatts() < Long.MAX_VALUE) {
            double[] milliwatts = new double[pools];
            for (int p = 0; p < pools; p++) {
                milliwatts[p] = problem.facilityMilliwatts(p);
            }
            takes.add(milliwatts);
            limits.add((double) problem.powerMilliwatts());
        }
        SiteCaps sites = problem.sites();
        for (int s = 0; sites.capped() && s < sites.count(); s++) {
            double[] milliwatts = new double[pools];
            double[] racks = new double[pools];
            for (int p = 0; p < pools; p++) {
                if (sites.siteOf(p).equals(OptionalInt.of(s))) {
                    milliwatts[p] = problem.facilityMilliwatts(p);
                    racks[p] = sites.racksPerNode(p);
                }
            }
            if (sites.powerMilliwatts(s) < Long.MAX_VALUE) {
                takes.add(milliwatts);
                limits.add((double) sites.powerMilliwatts(s));
            }
            if (sites.racks(s) < Long.MAX_VALUE) {
                takes.add(racks);
                limits.add((double) sites.racks(s));
            }
        }
        count = limits.size();
        perNode = takes.toArray(double[][]::new);
        most = limits.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
