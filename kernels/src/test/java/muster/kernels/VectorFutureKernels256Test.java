package muster.kernels;

class VectorFutureKernels256Test extends VectorFutureKernelsContract {
    VectorFutureKernels256Test() {
        super(256);
    }
}
