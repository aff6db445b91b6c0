package muster.kernels;

class VectorPlacementKernels256Test extends PlacementKernelsContract implements TestedVectors {
    @Override
    public int bits() {
        return 256;
    }
}
