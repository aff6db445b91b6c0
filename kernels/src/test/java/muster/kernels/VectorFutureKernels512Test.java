package muster.kernels;

class VectorFutureKernels512Test extends VectorFutureKernelsContract {
    VectorFutureKernels512Test() {
        super(512);
    }
}
