package muster.kernels;

import java.util.function.Supplier;

/** One way to compute; all ways return the same bits. {@link KernelBackends} makes them. */
public final class KernelBackend {
    private final Supplier<KernelChoice> choice;
    private final Supplier<KernelChoice> settled;
    private final LayoutKernels layouts;
    private final FutureKernels futures;
    private final PlacementKernels placements;

    KernelBackend(KernelChoice choice, LayoutKernels layouts, FutureKernels futures, PlacementKernels placements) {
        this(() -> choice, () -> choice, layouts, futures, placements);
    }

    KernelBackend(
            Supplier<KernelChoice> choice,
            Supplier<KernelChoice> settled,
            LayoutKernels layouts,
            FutureKernels futures,
            PlacementKernels placements) {
        this.choice = choice;
        this.settled = settled;
        this.layouts = layouts;
        this.futures = futures;
        this.placements = placements;
    }

    /** What has computed so far, and why; costs nothing. */
    public KernelChoice choice() {
        return choice.get();
    }

    /** What computes large batches, and why; where there is a GPU, measures it once per machine. */
    public KernelChoice settledChoice() {
        return settled.get();
    }

    LayoutKernels layouts() {
        return layouts;
    }

    FutureKernels futures() {
        return futures;
    }

    PlacementKernels placements() {
        return placements;
    }
}
