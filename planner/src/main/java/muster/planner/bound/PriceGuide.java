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
    private final Relaxed relaxed;

    /**
     * The relaxation's own solution, a mean over many: it keeps the shared limits nearly, but its jobs are in no one place.
     *
     * @param start shape [job], µs
     * @param end shape [job], µs
     * @param nodeMicros shape [job][pool]: nodes times the microseconds that they are held
     */
    record Relaxed(double[] start, double[] end, double[][] nodeMicros) {}

    PriceGuide(
            double[] cuts,
            double[][] nodePerMicro,
            double[][] ownedPerMicro,
            double[] startPrice,
            double[] endPrice,
            double moneyPrice,
            Relaxed relaxed) {
        this.cuts = cuts;
        this.nodeUpTo = summed(nodePerMicro, cuts);
        this.ownedUpTo = summed(ownedPerMicro, cuts);
        this.startPrice = startPrice;
        this.endPrice = endPrice;
        this.moneyPrice = moneyPrice;
        this.relaxed = relaxed;
    }

    /** {@return a guide without an opinion} */
    public static PriceGuide none(int jobs, int pools) {
        double[][] nothing = new double[pools][1];
        return new PriceGuide(
                new double[] {0, 1}, nothing, nothing, new double[jobs], new double[jobs], 0,
                new Relaxed(new double[jobs], new double[jobs], new double[jobs][pools]));
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
        double slope = (sums[part + 1] - sums[part]) / (cuts[part + 1] - cuts[part]);
        return sums[part] + slope * (time - cuts[part]);
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
        return relaxed.start()[job];
    }

    /** {@return when the relaxation ends a job; 0 where it has no opinion} */
    public double relaxedEnd(int job) {
        return relaxed.end()[job];
    }

    /** {@return nodes of a pool times the microseconds that the relaxation's job holds them} */
    public double relaxedNodeMicros(int job, int pool) {
        return relaxed.nodeMicros()[job][pool];
    }
}
