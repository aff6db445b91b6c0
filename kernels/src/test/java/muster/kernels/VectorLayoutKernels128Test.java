package muster.kernels;

class VectorLayoutKernels128Test extends VectorLayoutKernelsContract {
    VectorLayoutKernels128Test() {
        super(128);
    }
}
