package muster.planner.bound;

/**
 * What holding a node by one way costs beside its money, by part of time; a step function of time. Beyond the last cut
 * the price of the last part goes on.
 */
final class NodePrices {
    final double[] cuts;
    final int parts;

    /** Shape [way][part]: price of a node in a microsecond. */
    final double[][] perMicro;

    /** Shape [way][cut]: the price of a node held from the first cut to this one. */
    private final double[][] upTo;

    NodePrices(int ways, double[] cuts) {
        this.cuts = cuts;
        this.parts = cuts.length - 1;
        this.perMicro = new double[ways][parts];
        this.upTo = new double[ways][parts + 1];
    }

    /** To be called after prices changed and before they are read. */
    void sum() {
        for (int v = 0; v < perMicro.length; v++) {
            for (int k = 0; k < parts; k++) {
                upTo[v][k + 1] = upTo[v][k] + perMicro[v][k] * (cuts[k + 1] - cuts[k]);
            }
        }
    }

    /** {@return the part that a time lies in; at a cut, the part that begins there} */
    int part(double time) {
        int part = 0;
        while (part + 1 < parts && cuts[part + 1] <= time) {
            part++;
        }
        return part;
    }

    /** {@return the price of a node held from the first cut to a time in a part} */
    double upTo(int way, double time, int part) {
        return upTo[way][part] + perMicro[way][part] * (time - cuts[part]);
    }

    double highest(int way) {
        double highest = 0;
        for (double price : perMicro[way]) {
            highest = Math.max(highest, price);
        }
        return highest;
    }
}
