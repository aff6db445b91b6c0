package muster.kernels;

/** One way to compute; all ways return the same bits. {@link KernelBackends} makes them. */
public final class KernelBackend {
    private final KernelChoice choice;
    private final LayoutKernels layouts;

    KernelBackend(KernelChoice choice, LayoutKernels layouts) {
        this.choice = choice;
        this.layouts = layouts;
    }

    public KernelChoice choice() {
        return choice;
    }

    LayoutKernels layouts() {
        return layouts;
    }
}
