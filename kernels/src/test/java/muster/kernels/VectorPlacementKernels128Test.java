package muster.kernels;

class VectorPlacementKernels128Test extends PlacementKernelsContract implements TestedVectors {
    @Override
    public int bits() {
        return 128;
    }
}
