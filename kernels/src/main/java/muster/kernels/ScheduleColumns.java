package muster.kernels;

/**
 * What points and a schedule decide without any time or size: factors of formulas (3), (4) and (11) of
 * {@link LayoutKernels}, in its order. A lattice is evaluated for many shapes of the same schedule, so these are computed
 * once for all of them.
 *
 * <pre>
 * bubbleSlots = slot * (p * bubbleStages - 1)
 * coldPasses  = min(ml, l * (p * coldStages))
 * inFlight    = min(inFlightStages * p + inFlightChunks * fill + inFlightExtra, m)
 * </pre>
 */
final class ScheduleColumns {
    private final double bubbleStages;
    private final double coldStages;
    private final double inFlightStages;
    private final double inFlightChunks;
    private final double inFlightExtra;

    // The kernels read these; nobody writes them.
    final double[] bubbleSlots;
    final double[] coldPasses;
    final double[] inFlight;

    ScheduleColumns(LayoutShape shape, LayoutPoints points) {
        bubbleStages = shape.bubbleStages();
        coldStages = shape.coldStages();
        inFlightStages = shape.inFlightStages();
        inFlightChunks = shape.inFlightChunks();
        inFlightExtra = shape.inFlightExtra();
        int count = points.count();
        bubbleSlots = new double[count];
        coldPasses = new double[count];
        inFlight = new double[count];
        for (int i = 0; i < count; i++) {
            bubbleSlots[i] = ScalarLayoutKernels.bubbleSlots(shape, points, i);
            coldPasses[i] = ScalarLayoutKernels.coldPasses(shape, points, i);
            inFlight[i] = ScalarLayoutKernels.inFlight(shape, points, i);
        }
    }

    /** Whether the shape has the schedule that these columns were made for. */
    boolean belongTo(LayoutShape shape) {
        return bubbleStages == shape.bubbleStages()
                && coldStages == shape.coldStages()
                && inFlightStages == shape.inFlightStages()
                && inFlightChunks == shape.inFlightChunks()
                && inFlightExtra == shape.inFlightExtra();
    }
}
