package muster.kernels;

class VectorPlacementKernels512Test extends PlacementKernelsContract implements TestedVectors {
    @Override
    public int bits() {
        return 512;
    }
}
