package muster.kernels;

class ScalarFutureKernelsTest extends FutureKernelsContract implements TestedScalars {}
