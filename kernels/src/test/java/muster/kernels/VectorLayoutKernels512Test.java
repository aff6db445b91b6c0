package muster.kernels;

class VectorLayoutKernels512Test extends VectorLayoutKernelsContract {
    VectorLayoutKernels512Test() {
        super(512);
    }
}
