package muster.kernels;

class VectorFutureKernels128Test extends FutureKernelsContract implements TestedVectors {
    @Override
    public int bits() {
        return 128;
    }
}
