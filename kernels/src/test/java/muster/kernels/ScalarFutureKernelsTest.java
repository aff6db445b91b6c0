package muster.kernels;

class ScalarFutureKernelsTest extends FutureKernelsContract {
    @Override
    KernelBackend backend() {
        return KernelBackends.open(KernelBackends.SCALAR);
    }
}
