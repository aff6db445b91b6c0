package muster.kernels;

class VectorLayoutKernels128Test extends LayoutKernelsContract implements TestedVectors {
    @Override
    public int bits() {
        return 128;
    }
}
