package muster.planner.bound;

/**
 * What the relaxation of several jobs says of scarcity: a price for a node of each pool by part of time, on top for an owned
 * one, and for each job's start and end, in ledger units of the first criterion. A search that pays these prices leaves
 * scarce nodes to the jobs that need them; none of it is binding.
 */
public final class PriceGuide {
    private final double[] cuts;

    /** Shape [pool][cut]: price of a node from the first cut to this one. */
    private final double[][] nodeUpTo;

    private final double[][] ownedUpTo;

    /** Shape [job], per microsecond. */
    private final double[] startPrice;

    private final double[] endPrice;
    private final double moneyPrice;
    private final double[] relaxedStart;

    PriceGuide(
            double[] cuts,
            double[][] nodePerMicro,
            double[][] ownedPerMicro,
            double[] startPrice,
            double[] endPrice,
            double moneyPrice,
            double[] relaxedStart) {
        this.cuts = cuts;
        this.nodeUpTo = summed(nodePerMicro, cuts);
        this.ownedUpTo = summed(ownedPerMicro, cuts);
        this.startPrice = startPrice;
        this.endPrice = endPrice;
        this.moneyPrice = moneyPrice;
        this.relaxedStart = relaxedStart;
    }

    /** {@return a guide without an opinion} */
    public static PriceGuide none(int jobs, int pools) {
        double[][] nothing = new double[pools][1];
        return new PriceGuide(
                new double[] {0, 1}, nothing, nothing, new double[jobs], new double[jobs], 0, new double[jobs]);
    }

    private static double[][] summed(double[][] perMicro, double[] cuts) {
        double[][] sums = new double[perMicro.length][cuts.length];
        for (int p = 0; p < perMicro.length; p++) {
            for (int k = 0; k + 1 < cuts.length; k++) {
                sums[p][k + 1] = sums[p][k] + perMicro[p][k] * (cuts[k + 1] - cuts[k]);
            }
        }
        return sums;
    }

    /** {@return when the parts of time begin over which prices are constant, and when the last ends; outside, the nearest holds} */
    public double[] cuts() {
        return cuts.clone();
    }

    /** {@return the price of a node in a microsecond of a part} */
    public double nodePerMicro(int pool, int part) {
        return slope(nodeUpTo[pool], part);
    }

    /** {@return what an owned node costs more, in a microsecond of a part} */
    public double ownedPerMicro(int pool, int part) {
        return slope(ownedUpTo[pool], part);
    }

    private double slope(double[] sums, int part) {
        return (sums[part + 1] - sums[part]) / (cuts[part + 1] - cuts[part]);
    }

    /** {@return the price of a node held over a time} */
    public double node(int pool, double start, double end) {
        return upTo(nodeUpTo[pool], end) - upTo(nodeUpTo[pool], start);
    }

    /** {@return what an owned node costs more than any node of the pool} */
    public double owned(int pool, double start, double end) {
        return upTo(ownedUpTo[pool], end) - upTo(ownedUpTo[pool], start);
    }

    private double upTo(double[] sums, double time) {
        int part = 0;
        while (part + 2 < cuts.length && cuts[part + 1] <= time) {
            part++;
        }
        return sums[part] + slope(sums, part) * (time - cuts[part]);
    }

    /** {@return the price of a job's start and end} */
    public double time(int job, double start, double end) {
        return startPrice[job] * start + endPrice[job] * end;
    }

    /** {@return the price of a micro-dollar, beside the objective} */
    public double moneyPrice() {
        return moneyPrice;
    }

    /** {@return when the relaxation starts a job} */
    public double relaxedStart(int job) {
        return relaxedStart[job];
    }
}
