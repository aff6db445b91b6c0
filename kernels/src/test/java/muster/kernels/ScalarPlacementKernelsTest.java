package muster.kernels;

class ScalarPlacementKernelsTest extends PlacementKernelsContract implements TestedScalars {}
