package muster.kernels;

/**
 * What holding a scarce node costs, piecewise constant over time: a price for any node of a pool, and on top for an owned
 * one. Checked once, never changed.
 */
public final class PlacementPrices {
    /** No price, time or amount of work is larger; so nothing that fits overflows. */
    static final double MOST = 1e30;

    final int pools;

    /** Shape [part], rising from 0: when a part begins, microseconds. */
    final double[] cutMicros;

    /** Shape [part, pool]: the price of a microsecond in this part. */
    final double[] nodePrice;

    final double[] ownedPrice;

    /** Shape [part, pool]: the price of all time before this part. */
    final double[] nodeUpTo;

    final double[] ownedUpTo;

    /** Whether any node ever has a price, and any owned one a price of its own; without, a sum is +0. */
    final boolean priced;

    final boolean owned;

    /**
     * @param cutMicros shape [parts], rising from 0: when each part begins; the last has no end
     * @param nodePerMicro shape [parts][pools], from 0 to 1e30: what a node costs per microsecond of a part
     * @param ownedPerMicro shape [parts][pools], from 0 to 1e30: what an owned one costs on top
     * @throws IllegalArgumentException if lengths differ or a value is outside its domain
     */
    public PlacementPrices(double[] cutMicros, double[][] nodePerMicro, double[][] ownedPerMicro) {
        int parts = cutMicros.length;
        if (parts == 0 || cutMicros[0] != 0.0) {
            throw new IllegalArgumentException("The first part of time must begin at 0.");
        }
        Checks.requireLength("nodePerMicro", nodePerMicro.length, parts);
        Checks.requireLength("ownedPerMicro", ownedPerMicro.length, parts);
        this.pools = nodePerMicro[0].length;
        this.cutMicros = cutMicros.clone();
        this.nodePrice = new double[parts * pools];
        this.ownedPrice = new double[parts * pools];
        this.nodeUpTo = new double[parts * pools];
        this.ownedUpTo = new double[parts * pools];
        boolean anyPrice = false;
        boolean anyOwned = false;
        for (int k = 0; k < parts; k++) {
            if (k > 0 && !(cutMicros[k] > cutMicros[k - 1] && cutMicros[k] <= MOST)) {
                throw new IllegalArgumentException("Parts of time must begin one after the other: part %d begins at %s."
                        .formatted(k, cutMicros[k]));
            }
            Checks.requireLength("nodePerMicro of a part", nodePerMicro[k].length, pools);
            Checks.requireLength("ownedPerMicro of a part", ownedPerMicro[k].length, pools);
            double length = k > 0 ? cutMicros[k] - cutMicros[k - 1] : 0.0;
            for (int p = 0; p < pools; p++) {
                int at = k * pools + p;
                nodePrice[at] = Checks.inside("nodePerMicro", nodePerMicro[k][p], 0.0, MOST);
                ownedPrice[at] = Checks.inside("ownedPerMicro", ownedPerMicro[k][p], 0.0, MOST);
                nodeUpTo[at] = k > 0 ? nodeUpTo[at - pools] + nodePrice[at - pools] * length : 0.0;
                ownedUpTo[at] = k > 0 ? ownedUpTo[at - pools] + ownedPrice[at - pools] * length : 0.0;
                anyOwned |= ownedPrice[at] != 0.0;
                anyPrice |= nodePrice[at] != 0.0 || anyOwned;
            }
        }
        this.priced = anyPrice;
        this.owned = anyOwned;
    }

    /** {@return the last part that begins at that time or before; looked for upwards from a part that does} */
    public int part(double micros, int from) {
        int k = from;
        while (k + 1 < cutMicros.length && cutMicros[k + 1] <= micros) {
            k++;
        }
        return k;
    }

    /** {@return the price of a node of the pool from the beginning up to a time of part k} */
    public double nodeBefore(int k, int pool, double micros) {
        return Math.fma(nodePrice[k * pools + pool], micros - cutMicros[k], nodeUpTo[k * pools + pool]);
    }

    /** {@return what an owned one costs on top of it} */
    public double ownedBefore(int k, int pool, double micros) {
        return Math.fma(ownedPrice[k * pools + pool], micros - cutMicros[k], ownedUpTo[k * pools + pool]);
    }
}
