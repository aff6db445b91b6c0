package muster.kernels;

class VectorLayoutKernels512Test extends LayoutKernelsContract implements TestedVectors {
    @Override
    public int bits() {
        return 512;
    }
}
