package muster.kernels;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** How many bits a vector has: what this machine prefers, what the user asked for, or what a copy of a class was made for. */
final class VectorWidth {
    private VectorWidth() {}

    /** The widest that this JVM keeps in one register; 64 where it has no vectors. */
    static int preferredBits() {
        return DoubleVector.SPECIES_PREFERRED.vectorBitSize();
    }

    /** The species of a vector class: its own width if it is a copy made by {@link VectorCopies}, else the chosen one. */
    static VectorSpecies<Double> speciesOf(MethodHandles.Lookup vectorClass) {
        try {
            Integer own = MethodHandles.classData(vectorClass, "_", Integer.class);
            int bits = own != null ? own : KernelBackends.requestedBits().orElse(preferredBits());
            return VectorSpecies.of(double.class, VectorShape.forBitSize(bits));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("A class may read its own data.", e);
        }
    }
}
