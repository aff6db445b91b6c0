package muster.kernels;

class VectorFutureKernels128Test extends VectorFutureKernelsContract {
    VectorFutureKernels128Test() {
        super(128);
    }
}
