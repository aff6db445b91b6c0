package muster.kernels;

/** One way to compute; all ways return the same bits. {@link KernelBackends} makes them. */
public final class KernelBackend {
    private final KernelChoice choice;
    private final LayoutKernels layouts;
    private final FutureKernels futures;

    KernelBackend(KernelChoice choice, LayoutKernels layouts, FutureKernels futures) {
        this.choice = choice;
        this.layouts = layouts;
        this.futures = futures;
    }

    public KernelChoice choice() {
        return choice;
    }

    LayoutKernels layouts() {
        return layouts;
    }

    FutureKernels futures() {
        return futures;
    }
}
