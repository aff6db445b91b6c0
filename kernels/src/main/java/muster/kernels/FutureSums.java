package muster.kernels;

/** What the futures kernel returns: sums and counts per fleet and block, and how blocks add up. */
public final class FutureSums {
    private final int blocks;
    private final int futures;
    final double[] microUsd;
    final double[] finishSeconds;
    final long[] within;

    FutureSums(int fleets, FutureTable table) {
        blocks = table.blocks();
        futures = table.futures();
        int cells = Math.multiplyExact(fleets, blocks);
        microUsd = new double[cells];
        finishSeconds = new double[cells];
        within = new long[cells];
    }

    /** Where a fleet's block stands. */
    int cell(int fleet, int block) {
        return fleet * blocks + block;
    }

    /** Mean cost over all futures, micro-dollars; NaN where there are none. */
    public double meanMicroUsd(int fleet) {
        return sum(microUsd, fleet) / futures;
    }

    /** Mean finish over all futures, s; NaN where there are none. */
    public double meanFinishSeconds(int fleet) {
        return sum(finishSeconds, fleet) / futures;
    }

    /** Futures in which the fleet keeps deadline and budget. */
    public long within(int fleet) {
        long count = 0;
        for (int block = 0; block < blocks; block++) {
            count += within[cell(fleet, block)];
        }
        return count;
    }

    private double sum(double[] cells, int fleet) {
        return blocks == 0 ? 0.0 : sum(cells, cell(fleet, 0), blocks);
    }

    /** The binary tree over blocks. */
    private static double sum(double[] cells, int first, int count) {
        if (count == 1) {
            return cells[first];
        }
        int left = Integer.highestOneBit(count - 1);
        return sum(cells, first, left) + sum(cells, first + left, count - left);
    }
}
