package muster.kernels;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;

/**
 * The vector back end at a width of its own. The species has to be a constant of its class, so every width gets a copy of
 * the class; that way one run compares widths on the same machine in the same minute.
 */
final class VectorCopies {
    private VectorCopies() {}

    static LayoutKernels layouts(int laneBits) {
        return (LayoutKernels) ofWidth("VectorLayoutKernels", laneBits);
    }

    static FutureKernels futures(int laneBits) {
        return (FutureKernels) ofWidth("VectorFutureKernels", laneBits);
    }

    static PlacementKernels placements(int laneBits) {
        return (PlacementKernels) ofWidth("VectorPlacementKernels", laneBits);
    }

    private static Object ofWidth(String name, int laneBits) {
        try (InputStream classFile = VectorCopies.class.getResourceAsStream(name + ".class")) {
            MethodHandles.Lookup copy =
                    MethodHandles.lookup().defineHiddenClassWithClassData(classFile.readAllBytes(), laneBits, true);
            return copy.lookupClass().getDeclaredConstructor().newInstance();
        } catch (IOException | ReflectiveOperationException e) {
            throw new IllegalStateException("The class file of %s cannot be copied.".formatted(name), e);
        }
    }
}
