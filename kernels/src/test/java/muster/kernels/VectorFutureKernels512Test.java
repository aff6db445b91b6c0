package muster.kernels;

class VectorFutureKernels512Test extends FutureKernelsContract implements TestedVectors {
    @Override
    public int bits() {
        return 512;
    }
}
