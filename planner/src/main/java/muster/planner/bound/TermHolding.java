package muster.planner.bound;

import muster.planner.cost.NodeTerms;

/**
 * Bought or reserved nodes of a pool as jobs pay for them: by prices of node-time, part by part. Whoever holds a node takes
 * those prices and pays for it what its terms say. How long it is held is chosen as pays best; how many nodes is then all or
 * none, since both sides are proportional to them.
 */
final class TermHolding {
    private final NodeTerms terms;
    private final boolean bought;

    /** The most nodes. */
    final int most;

    /** What the last {@link #least} chose: nodes, and from when to when they are held, microseconds. */
    int nodes;

    double firstMicros;
    double lastMicros;

    /** Micro-dollars of a node of that choice. */
    double microUsdPerNode;

    private double least;
    private double size;

    TermHolding(NodeTerms terms, boolean bought, int most) {
        this.terms = terms;
        this.bought = bought;
        this.most = most;
    }

    /** {@return micro-dollars of a node-microsecond below which no node is worth holding, whatever jobs use it} */
    double leastPerMicro(double first, double last) {
        double window = last - Math.max(first, bought ? terms.leadMicros() : 0);
        if (window <= 0) {
            return 0;
        }
        return bought
                ? terms.capexMicroUsd((long) last) / window
                : terms.reserveMicroUsd((long) Math.ceil(window)) / window;
    }

    /**
     * {@return what holding nodes costs at least, less what jobs pay for them; never above 0}
     *
     * @param perMicro what jobs pay for a node-microsecond, by part
     */
    double least(double[] cuts, double[] perMicro) {
        least = 0;
        nodes = 0;
        size = 0;
        double[] upTo = new double[cuts.length];
        for (int k = 0; k + 1 < cuts.length; k++) {
            upTo[k + 1] = upTo[k] + perMicro[k] * (cuts[k + 1] - cuts[k]);
        }
        if (bought) {
            buy(cuts, upTo);
        } else {
            reserve(cuts, upTo);
        }
        return least;
    }

    /** Inside a part both sides are lines in the end, but for another life begun: the least is at a cut, with the lives up to it. */
    private void buy(double[] cuts, double[] upTo) {
        double lead = terms.leadMicros();
        double before = at(cuts, upTo, lead);
        for (int k = 1; k < cuts.length; k++) {
            if (cuts[k] > lead) {
                double capexBefore = terms.capexMicroUsd((long) Math.max(lead, cuts[k - 1]));
                double lives = capexBefore + terms.amortisedMicroUsd(Math.max(lead, cuts[k - 1]), cuts[k]);
                consider(lead, cuts[k], upTo[k] - before, lives);
            }
        }
    }

    /** Both sides are lines in first and last but where the minimum ends: one of them is at a cut, the other too or there. */
    private void reserve(double[] cuts, double[] upTo) {
        double minimum = terms.minimumMicros();
        for (int i = 0; i < cuts.length; i++) {
            for (int k = i + 1; k < cuts.length; k++) {
                term(cuts[i], cuts[k], upTo[k] - upTo[i]);
            }
            double later = Math.min(cuts[i] + minimum, cuts[cuts.length - 1]);
            term(cuts[i], later, at(cuts, upTo, later) - upTo[i]);
            double earlier = Math.max(cuts[i] - minimum, cuts[0]);
            term(earlier, cuts[i], upTo[i] - at(cuts, upTo, earlier));
        }
    }

    private void term(double first, double last, double paid) {
        double price = terms.reserveMicroUsd((long) Math.floor(last - first));
        consider(first, last, paid, price);
    }

    private void consider(double first, double last, double paid, double price) {
        double value = most * (price - paid);
        size = Math.max(size, most * (price + paid));
        if (value < least) {
            least = value;
            nodes = most;
            firstMicros = first;
            lastMicros = last;
            microUsdPerNode = price;
        }
    }

    /** {@return the largest of the sums that the last {@link #least} compared} */
    double size() {
        return size;
    }

    private static double at(double[] cuts, double[] upTo, double time) {
        for (int k = 0; k + 1 < cuts.length; k++) {
            if (time < cuts[k + 1]) {
                double share = (time - cuts[k]) / (cuts[k + 1] - cuts[k]);
                return upTo[k] + (upTo[k + 1] - upTo[k]) * Math.max(0, share);
            }
        }
        return upTo[upTo.length - 1];
    }
}
