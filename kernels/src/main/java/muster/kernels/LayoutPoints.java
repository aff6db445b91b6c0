package muster.kernels;

/**
 * The points of a lattice, one column per dimension and derived columns beside them: what would need a division per
 * point is divided here once, for all the shapes that follow. Checked once, copied, never changed.
 */
public final class LayoutPoints {
    private final int count;

    // The kernels read these; nobody writes them.
    final double[] stages;
    final double[] microbatches;
    final double[] layers;
    final double[] inverseDataRanks;
    final double[] fills;
    final double[] sends;
    final double[] passLayers;
    final double[] evenPasses;
    final double[] slotLayers;

    /** Schedules seen so far, at most {@value #MOST_SCHEDULES}; replaced as a whole, so readers need no lock. */
    private volatile ScheduleColumns[] schedules = {};

    /** More than one lattice ever meets: a planner's has one schedule, the benchmark's four. */
    private static final int MOST_SCHEDULES = 8;

    /**
     * All columns hold whole numbers from 1 to {@link LayoutShape#MAX_COUNT}, and as many as the first.
     *
     * @param pipelineStages p
     * @param stageChunks v, chunks of layers per stage (virtual pipeline)
     * @param dataRanks d
     * @param microbatches m, per step and data rank
     * @param chunkLayers k, layers per chunk
     * @throws IllegalArgumentException if lengths differ or a value is outside its domain
     */
    public LayoutPoints(
            double[] pipelineStages,
            double[] stageChunks,
            double[] dataRanks,
            double[] microbatches,
            double[] chunkLayers) {
        count = pipelineStages.length;
        stages = checked("pipelineStages", pipelineStages, count);
        double[] v = checked("stageChunks", stageChunks, count);
        double[] d = checked("dataRanks", dataRanks, count);
        this.microbatches = checked("microbatches", microbatches, count);
        double[] k = checked("chunkLayers", chunkLayers, count);
        layers = new double[count];
        inverseDataRanks = new double[count];
        fills = new double[count];
        sends = new double[count];
        passLayers = new double[count];
        evenPasses = new double[count];
        slotLayers = new double[count];
        for (int i = 0; i < count; i++) {
            double p = stages[i];
            double m = this.microbatches[i];
            boolean piped = p > 1.0;
            layers[i] = k[i] * v[i];
            inverseDataRanks[i] = 1.0 / d[i];
            fills[i] = (p - 1.0) / v[i];
            sends[i] = piped ? m * v[i] : 0.0;
            passLayers[i] = m * layers[i];
            evenPasses[i] = m / p;
            slotLayers[i] = piped ? k[i] : 0.0;
        }
    }

    /** How many points there are. */
    public int count() {
        return count;
    }

    /** The columns of the shape's schedule: made at its first shape, then kept for those that follow. */
    ScheduleColumns columns(LayoutShape shape) {
        ScheduleColumns[] known = schedules;
        for (ScheduleColumns columns : known) {
            if (columns.belongTo(shape)) {
                return columns;
            }
        }
        ScheduleColumns columns = new ScheduleColumns(shape, this);
        // The newest come first. Two threads may make the same columns; either copy will do.
        ScheduleColumns[] kept = new ScheduleColumns[Math.min(known.length + 1, MOST_SCHEDULES)];
        kept[0] = columns;
        System.arraycopy(known, 0, kept, 1, kept.length - 1);
        schedules = kept;
        return columns;
    }

    private static double[] checked(String column, double[] values, int count) {
        Checks.requireLength(column, values.length, count);
        double[] copy = values.clone();
        for (int i = 0; i < count; i++) {
            // Written so that NaN fails.
            if (!(copy[i] >= 1.0 && copy[i] <= LayoutShape.MAX_COUNT && copy[i] == Math.rint(copy[i]))) {
                throw new IllegalArgumentException(
                        "Column %s holds %s at index %d, which is no whole number from 1 to %s."
                                .formatted(column, copy[i], i, LayoutShape.MAX_COUNT));
            }
        }
        return copy;
    }
}
