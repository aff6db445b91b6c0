package muster.kernels;

class VectorLayoutKernels256Test extends VectorLayoutKernelsContract {
    VectorLayoutKernels256Test() {
        super(256);
    }
}
