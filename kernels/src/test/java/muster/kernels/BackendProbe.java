package muster.kernels;

import java.util.Arrays;

/** Started in a JVM of its own: prints the choice and a digest of results, or the refusal; for {@code fused} in place
 * of a back end, whether products are fused in hardware. */
final class BackendProbe {
    private BackendProbe() {}

    public static void main(String[] arguments) {
        if (arguments[0].equals("fused")) {
            System.out.println("fused " + KernelBackends.fusesInHardware());
            return;
        }
        try {
            System.out.println(KernelBackends.use(arguments[0]));
        } catch (BackendUnavailableException e) {
            System.out.println(e.getMessage());
            return;
        }
        try {
            System.out.println("digest " + digest());
            System.out.println(KernelBackends.inUse().choice());
        } catch (BackendUnavailableException e) {
            System.out.println("lost: " + e.getMessage());
        }
    }

    static int digest() {
        BenchmarkLattice lattice = new BenchmarkLattice(1_021);
        int digest = 1;
        for (LayoutShape shape : BenchmarkLattice.shapes()) {
            double[] seconds = new double[lattice.points.count()];
            double[] bytes = new double[lattice.points.count()];
            Kernels.layouts(shape, lattice.points, seconds, bytes);
            digest = 31 * (31 * digest + Arrays.hashCode(seconds)) + Arrays.hashCode(bytes);
        }
        FutureSums sums = Kernels.futures(
                BenchmarkFutures.table(5_003), BenchmarkFutures.fleets(6), new FutureLimits(5e6, Double.MAX_VALUE));
        digest = 31 * (31 * digest + Arrays.hashCode(sums.microUsd)) + Arrays.hashCode(sums.within);
        return digest;
    }
}
