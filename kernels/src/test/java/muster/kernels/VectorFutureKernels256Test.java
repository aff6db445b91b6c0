package muster.kernels;

class VectorFutureKernels256Test extends FutureKernelsContract implements TestedVectors {
    @Override
    public int bits() {
        return 256;
    }
}
