package muster.kernels;

import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/**
 * The GPU of this process: columns that stay on it, and a page-locked buffer with a mirror on the GPU through which
 * everything else goes. One call at a time; the first that fails gives everything back, and all later ones get its reason.
 */
final class CudaDevice implements AutoCloseable {
    /** What one batch moves at most, unless one element of it needs more. */
    static final long BATCH_BYTES = 4L << 20;

    /** Tables and lattices that stay on the GPU; a search has one of each at a time. */
    private static final int MOST_RESIDENTS = 8;

    private static CudaDevice shared;

    private final CudaDriver driver;
    private final Deque<Resident> residents = new ArrayDeque<>();
    private CudaDriver.Pinned host;
    private long mirror;
    private long mirrorBytes;
    private String obstacle;

    /** Columns of an owner that never changes, one behind the other on the GPU. */
    private record Resident(WeakReference<Object> owner, long address) {}

    /** {@return the GPU that all back ends of this process share} */
    static synchronized CudaDevice shared() {
        if (shared == null) {
            shared = new CudaDevice(CudaDriver.open());
            Runtime.getRuntime().addShutdownHook(new Thread(shared::close, "gives the GPU back"));
        }
        shared.requireOpen();
        return shared;
    }

    /** Takes over the driver, and closes it. */
    CudaDevice(CudaDriver driver) {
        this.driver = driver;
        try {
            makeRoom(BATCH_BYTES);
        } catch (BackendUnavailableException e) {
            driver.close();
            throw e;
        }
    }

    String name() {
        return driver.device();
    }

    String driverVersion() {
        return driver.version();
    }

    double doublesPerSecond() {
        return driver.doublesPerSecond();
    }

    /**
     * Runs calls on the GPU, alone.
     *
     * @throws BackendUnavailableException if one fails, or one failed before
     */
    synchronized void run(Runnable calls) {
        requireOpen();
        try {
            driver.enter();
            try {
                calls.run();
            } catch (CudaMemoryException full) {
                // Once more without what is only kept for later.
                evictAll();
                calls.run();
            }
        } catch (BackendUnavailableException e) {
            obstacle = e.getMessage();
            driver.close();
            throw e;
        }
    }

    private void requireOpen() {
        if (obstacle != null) {
            throw new BackendUnavailableException(obstacle);
        }
    }

    /**
     * Where the columns of an owner stand on the GPU, one behind the other; copied there at its first call.
     *
     * @param owner what the columns belong to, never changed
     * @param columns shape [columns][length]
     */
    long resident(Object owner, List<double[]> columns) {
        for (Iterator<Resident> all = residents.iterator(); all.hasNext(); ) {
            Resident resident = all.next();
            Object known = resident.owner().get();
            if (known == owner) {
                all.remove();
                residents.addFirst(resident);
                return resident.address();
            }
            if (known == null) {
                all.remove();
                driver.free(resident.address());
            }
        }
        while (residents.size() >= MOST_RESIDENTS) {
            driver.free(residents.removeLast().address());
        }
        long bytes = 0;
        for (double[] column : columns) {
            bytes += (long) column.length * Double.BYTES;
        }
        long address = driver.allocate(Math.max(bytes, Double.BYTES));
        residents.addFirst(new Resident(new WeakReference<>(owner), address));
        long offset = 0;
        for (double[] column : columns) {
            upload(column, address, offset);
            offset += (long) column.length * Double.BYTES;
        }
        return address;
    }

    private void upload(double[] column, long address, long offset) {
        int most = (int) (BATCH_BYTES / Double.BYTES);
        for (int from = 0; from < column.length; from += most) {
            int count = Math.min(most, column.length - from);
            host.buffer().asDoubleBuffer().put(column, from, count);
            driver.upload(host, address, offset + (long) from * Double.BYTES, (long) count * Double.BYTES);
            driver.await();
        }
    }

    private void evictAll() {
        List<Resident> evicted = new ArrayList<>(residents);
        residents.clear();
        evicted.forEach(resident -> driver.free(resident.address()));
    }

    /** Makes the buffer and its mirror at least this large; what they hold is lost. {@return where the mirror starts} */
    long makeRoom(long bytes) {
        if (bytes > mirrorBytes) {
            if (host != null) {
                CudaDriver.Pinned old = host;
                host = null;
                mirrorBytes = 0;
                driver.unpin(old);
                driver.free(mirror);
            }
            CudaDriver.Pinned fresh = driver.pin(bytes);
            mirror = driver.allocate(bytes);
            host = fresh;
            mirrorBytes = bytes;
        }
        return mirror;
    }

    /**
     * Writes through the buffer to the start of its mirror.
     *
     * @param writer puts the words there, from the start
     * @param words of 8 bytes
     */
    void send(int words, Consumer<ByteBuffer> writer) {
        writer.accept(host.buffer().duplicate().order(ByteOrder.nativeOrder()));
        driver.upload(host, mirror, 0, (long) words * Long.BYTES);
    }

    void launch(String kernel, long blocks, long[] arguments) {
        driver.launch(kernel, Math.toIntExact(blocks), arguments);
    }

    /** Waits for the GPU and reads words of the mirror, through the buffer. */
    DoubleBuffer receive(long offset, int words) {
        driver.download(mirror, offset, host, (long) words * Long.BYTES);
        driver.await();
        return host.buffer().asDoubleBuffer().limit(words);
    }

    /** Gives the GPU back. */
    @Override
    public synchronized void close() {
        if (obstacle == null) {
            obstacle = "The cuda back end cannot run here: the GPU was given back.";
            driver.close();
        }
    }
}
