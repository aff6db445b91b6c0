package muster.kernels;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

/**
 * From what batch on a GPU is worth its calls: measured once for a GPU, driver, program, processor and JVM, then read from a
 * file. Nobody's results depend on it, so a file that cannot be read or written costs a measurement and nothing else.
 *
 * @param futurePairs pairs of a fleet and a future; the largest number where it never wins
 * @param layoutPoints points of a lattice; the largest number where it never wins
 */
record CudaThresholds(long futurePairs, long layoutPoints) {
    static final long NEVER = Long.MAX_VALUE;

    /** System property: the folder of the file, in place of {@code muster} in the user's cache folder. */
    static final String FOLDER_PROPERTY = "muster.cacheFolder";

    private static final int MEASURED_FUTURES = 4_096;
    private static final int MOST_FLEETS = 1_024;
    private static final int LEAST_FLEETS = 8;
    private static final int MOST_POINTS = 1 << 19;
    private static final int LEAST_POINTS = 1 << 13;
    private static final int LEAST_ROUNDS = 3;
    private static final int MOST_ROUNDS = 9;
    private static final long ROUNDS_NANOS = 20_000_000L;
    private static final long WARM_UP_NANOS = 500_000_000L;

    boolean everWins() {
        return futurePairs != NEVER || layoutPoints != NEVER;
    }

    /** For the user: {@code 262,144 futures or 1,048,576 layouts and more}. */
    @Override
    public String toString() {
        String futures = futurePairs == NEVER ? "" : "%,d futures".formatted(futurePairs);
        String layouts = layoutPoints == NEVER ? "" : "%,d layouts".formatted(layoutPoints);
        String or = futures.isEmpty() || layouts.isEmpty() ? "" : " or ";
        return "batches of %s and more".formatted(futures + or + layouts);
    }

    static CudaThresholds of(CudaDevice device, KernelBackend processor) {
        String key = key(device, processor);
        Path file = folder().resolve("gpu-%s.properties"
                .formatted(hash(key.getBytes(StandardCharsets.UTF_8)).substring(0, 16)));
        return read(file, key).orElseGet(() -> {
            CudaThresholds measured = new CudaThresholds(
                    measureFutures(new CudaFutureKernels(device), processor.futures()),
                    measureLayouts(new CudaLayoutKernels(device), processor.layouts()));
            KernelBackends.tell("%s was measured against the processor, once: it gets %s."
                    .formatted(
                            device.name(), measured.everWins() ? measured : "nothing, it was slower in every batch"));
            measured.write(file, key);
            return measured;
        });
    }

    static String key(CudaDevice device, KernelBackend processor) {
        KernelChoice choice = processor.choice();
        return "%s, CUDA %s, program %s, %s %d bit, %d cores, Java %s"
                .formatted(
                        device.name(),
                        device.driverVersion(),
                        hash(CudaProgram.text()).substring(0, 16),
                        choice.name(),
                        choice.laneBits(),
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("java.vm.version"));
    }

    static Path folder() {
        String set = System.getProperty(FOLDER_PROPERTY);
        if (set != null) {
            return Path.of(set);
        }
        String cache = System.getenv("XDG_CACHE_HOME");
        return (cache == null || cache.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache))
                .resolve("muster");
    }

    static Optional<CudaThresholds> read(Path file, String key) {
        Properties known = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            known.load(in);
            return key.equals(known.getProperty("key"))
                    ? Optional.of(new CudaThresholds(
                            Long.parseLong(known.getProperty("futurePairs")),
                            Long.parseLong(known.getProperty("layoutPoints"))))
                    : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    void write(Path file, String key) {
        Properties known = new Properties();
        known.setProperty("key", key);
        known.setProperty("futurePairs", Long.toString(futurePairs));
        known.setProperty("layoutPoints", Long.toString(layoutPoints));
        try {
            Files.createDirectories(file.getParent());
            Path fresh = Files.createTempFile(file.getParent(), "gpu", ".new");
            try (OutputStream out = Files.newOutputStream(fresh)) {
                known.store(out, "Batches from these sizes on go to the GPU; deleted, they are measured anew.");
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            KernelBackends.tell(String.format(
                    Locale.ROOT, "what was measured of the GPU cannot be kept in %s (%s).", file, e.getMessage()));
        }
    }

    private static long measureFutures(FutureKernels gpu, FutureKernels processor) {
        FutureTable table = BenchmarkFutures.table(MEASURED_FUTURES);
        FutureLimits limits = new FutureLimits(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
        long threshold = NEVER;
        for (int fleets = MOST_FLEETS; fleets >= LEAST_FLEETS; fleets /= 2) {
            FutureFleets batch = BenchmarkFutures.fleets(fleets);
            FutureSums sums = new FutureSums(fleets, table);
            if (!wins(
                    () -> gpu.reduce(table, batch, limits, 0, table.blocks(), sums),
                    () -> processor.reduce(table, batch, limits, 0, table.blocks(), sums),
                    fleets == MOST_FLEETS)) {
                break;
            }
            threshold = (long) fleets * MEASURED_FUTURES;
        }
        return threshold;
    }

    private static long measureLayouts(LayoutKernels gpu, LayoutKernels processor) {
        LayoutShape shape = BenchmarkLattice.shapes().getFirst();
        long threshold = NEVER;
        for (int count = MOST_POINTS; count >= LEAST_POINTS; count /= 2) {
            LayoutPoints points = new BenchmarkLattice(count).points;
            double[] seconds = new double[count];
            double[] bytes = new double[count];
            if (!wins(
                    () -> gpu.layouts(shape, points, seconds, bytes),
                    () -> processor.layouts(shape, points, seconds, bytes),
                    count == MOST_POINTS)) {
                break;
            }
            threshold = count;
        }
        return threshold;
    }

    /** Sizes are taken from the largest down until the GPU loses: below that its calls cost more than they save. */
    private static boolean wins(Runnable gpu, Runnable processor, boolean isFirst) {
        if (isFirst) {
            long end = System.nanoTime() + WARM_UP_NANOS;
            do {
                processor.run();
            } while (System.nanoTime() < end);
        }
        gpu.run();
        return leastNanos(gpu) < leastNanos(processor);
    }

    private static long leastNanos(Runnable batch) {
        long least = Long.MAX_VALUE;
        long start = System.nanoTime();
        for (int round = 0;
                round < LEAST_ROUNDS || round < MOST_ROUNDS && System.nanoTime() - start < ROUNDS_NANOS;
                round++) {
            long begin = System.nanoTime();
            batch.run();
            least = Math.min(least, System.nanoTime() - begin);
        }
        return least;
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256; this one has not.", e);
        }
    }
}
