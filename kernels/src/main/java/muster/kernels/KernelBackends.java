package muster.kernels;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Chooses the back end once and explains itself. A back end named by the user is used or refused, never replaced; the
 * automatic choice falls back to scalar and says why; where there is a GPU, it gives it the batches that it computes sooner
 * and takes them back if the GPU is lost. The system property {@value #BITS_PROPERTY} overrides the width of
 * vectors.
 */
public final class KernelBackends {
    public static final String AUTO = "auto";
    public static final String SCALAR = "scalar";
    public static final String VECTOR = "vector";
    public static final String CUDA = "cuda";

    /** System property: 128, 256 or 512. */
    public static final String BITS_PROPERTY = "muster.vectorBits";

    private static final List<Integer> WIDTHS = List.of(128, 256, 512);

    /** Bits of the 32 threads that a GPU starts together. */
    static final int WARP_BITS = 32 * Double.SIZE;

    private static volatile KernelBackend inUse;
    private static volatile Consumer<String> listener = line -> System.err.println("muster: " + line);

    private KernelBackends() {}

    /** What {@code --backend} accepts. */
    public static List<String> names() {
        return List.of(AUTO, SCALAR, VECTOR, CUDA);
    }

    /** Sends what a user should know, a line each, to this listener in place of stderr: that a GPU was lost. */
    public static void tellTo(Consumer<String> listener) {
        KernelBackends.listener = listener;
    }

    static void tell(String line) {
        listener.accept(line);
    }

    /** The back end of {@link Kernels}: the one set by {@link #use}, else the automatic choice. */
    public static KernelBackend inUse() {
        KernelBackend backend = inUse;
        if (backend == null) {
            synchronized (KernelBackends.class) {
                if (inUse == null) {
                    inUse = open(AUTO);
                }
                backend = inUse;
            }
        }
        return backend;
    }

    /**
     * Makes {@link Kernels} compute with this back end from now on; results do not depend on it.
     *
     * @throws BackendUnavailableException if it cannot run here, or there is none of that name
     */
    public static KernelChoice use(String name) {
        return use(name, BackendUnavailableException::new);
    }

    /**
     * The same, for callers with an exception of their own.
     *
     * @param lost what {@link Kernels} throws, of one line, where a GPU was asked for by name and is lost later
     */
    public static synchronized KernelChoice use(String name, Function<String, ? extends RuntimeException> lost) {
        KernelBackend backend = open(name);
        inUse = name.equals(CUDA) ? CudaForced.of(backend, lost) : backend;
        return inUse.choice();
    }

    /**
     * A back end beside the one in use, for measuring and testing.
     *
     * @throws BackendUnavailableException if it cannot run here, or there is none of that name
     */
    public static KernelBackend open(String name) {
        ProcessorTraits.requireGradualUnderflow();
        switch (name) {
            case SCALAR:
                return scalar("asked for");
            case VECTOR:
                Optional<String> obstacle = obstacleToVectors();
                if (obstacle.isPresent()) {
                    throw new BackendUnavailableException("The vector back end cannot run here: %s.\n%s"
                            .formatted(
                                    obstacle.get(), "Maybe start Muster by its launcher, or take --backend scalar."));
                }
                return vector("asked for");
            case CUDA:
                return cuda();
            case AUTO:
                KernelBackend processor = obstacleToVectors()
                        .map(KernelBackends::scalar)
                        .orElseGet(() -> vector(
                                requestedBits().isPresent()
                                        ? "width set by " + BITS_PROPERTY
                                        : "the width this JVM prefers on this machine"));
                return CudaLibrary.isDriverPresent() ? new CudaOffload(processor).backend() : processor;
            default:
                throw new BackendUnavailableException(
                        "There is no back end %s.\nMaybe one of %s.".formatted(name, String.join(", ", names())));
        }
    }

    /**
     * The vector back end at one width of {@link #listVectorWidths}, beside the one in use.
     *
     * @throws BackendUnavailableException if this machine has no such vectors
     */
    public static KernelBackend openVector(int laneBits) {
        if (!listVectorWidths().contains(laneBits)) {
            throw new BackendUnavailableException("Vectors of %d bits cannot run here: %s."
                    .formatted(laneBits, obstacleToVectors().orElse("this machine has " + listVectorWidths())));
        }
        return new KernelBackend(
                new KernelChoice(VECTOR, "asked for", laneBits),
                VectorCopies.layouts(laneBits),
                VectorCopies.futures(laneBits),
                VectorCopies.placements(laneBits));
    }

    /** The widths of vector that this machine keeps in registers, narrow first; none where vectors cannot run. */
    public static List<Integer> listVectorWidths() {
        if (obstacleToVectors().isPresent()) {
            return List.of();
        }
        int widest = VectorWidth.preferredBits();
        return WIDTHS.stream().filter(bits -> bits <= widest).toList();
    }

    /** The width that the user set. */
    static OptionalInt requestedBits() {
        String text = System.getProperty(BITS_PROPERTY);
        return text == null
                ? OptionalInt.empty()
                : IntStream.of(WIDTHS.stream().mapToInt(Integer::intValue).toArray())
                        .filter(bits -> text.equals(String.valueOf(bits)))
                        .findFirst();
    }

    private static KernelBackend cuda() {
        CudaDevice device = CudaDevice.shared();
        String reason = "asked for; %s, CUDA %s".formatted(device.name(), device.driverVersion());
        return new KernelBackend(
                new KernelChoice(CUDA, reason, WARP_BITS),
                new CudaLayoutKernels(device),
                new CudaFutureKernels(device),
                new CudaPlacementKernels(device));
    }

    /** Whether this processor fuses a product with a sum; where it does not, futures take thousands of times longer. */
    public static boolean fusesInHardware() {
        return ProcessorTraits.fusesInHardware();
    }

    /** {@return the GPU's name, where the back end cuda runs} */
    public static Optional<String> findDevice() {
        try {
            return Optional.of(CudaDevice.shared().name());
        } catch (BackendUnavailableException e) {
            return Optional.empty();
        }
    }

    private static KernelBackend scalar(String reason) {
        return new KernelBackend(
                new KernelChoice(SCALAR, reason, Double.SIZE),
                new ScalarLayoutKernels(),
                new ScalarFutureKernels(),
                new ScalarPlacementKernels());
    }

    private static KernelBackend vector(String reason) {
        VectorLayoutKernels kernels = new VectorLayoutKernels();
        return new KernelBackend(
                new KernelChoice(VECTOR, reason, kernels.laneBits()),
                kernels,
                new VectorFutureKernels(),
                new VectorPlacementKernels());
    }

    /** Why vectors would not run, or would run slower than scalar code. Loads no vector class before it has to. */
    private static Optional<String> obstacleToVectors() {
        String text = System.getProperty(BITS_PROPERTY);
        if (text != null && requestedBits().isEmpty()) {
            return Optional.of("%s (%s) is none of %s".formatted(BITS_PROPERTY, text, WIDTHS));
        }
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
            return Optional.of("the module jdk.incubator.vector is absent (--add-modules jdk.incubator.vector)");
        }
        String compiler = System.getProperty("java.vm.info", "");
        if (compiler.contains("interpreted") || compiler.contains("emulated-client")) {
            return Optional.of("the optimising compiler of the JVM is off (%s)".formatted(compiler));
        }
        int widest = VectorWidth.preferredBits();
        if (widest < WIDTHS.getFirst()) {
            return Optional.of("this JVM has no vectors of %d bits or more here".formatted(WIDTHS.getFirst()));
        }
        int requested = requestedBits().orElse(widest);
        if (requested > widest) {
            return Optional.of(
                    "%s (%d) is above the %d bits of this machine".formatted(BITS_PROPERTY, requested, widest));
        }
        return Optional.empty();
    }
}
