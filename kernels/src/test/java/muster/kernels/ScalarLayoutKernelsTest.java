package muster.kernels;

class ScalarLayoutKernelsTest extends LayoutKernelsContract implements TestedScalars {}
