package muster.kernels;

class VectorLayoutKernels256Test extends LayoutKernelsContract implements TestedVectors {
    @Override
    public int bits() {
        return 256;
    }
}
