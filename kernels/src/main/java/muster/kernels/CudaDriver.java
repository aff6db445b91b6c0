package muster.kernels;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import jcuda.Pointer;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdevice;
import jcuda.driver.CUdevice_attribute;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUfunction;
import jcuda.driver.CUmodule;
import jcuda.driver.CUresult;
import jcuda.driver.CUstream;
import jcuda.driver.JCudaDriver;

/**
 * The driver of the first NVIDIA GPU: its primary context, one stream, the module of our kernels, and all memory that was
 * taken from it. The only class that imports JCuda, of which it uses the driver interface alone: no CUDA runtime, no
 * compiler. It calls a small fixed set of functions that drivers of CUDA 12 and 13 have, as a missing one would end the
 * JVM. Not safe for threads; whoever comes from another thread calls {@link #enter} first.
 */
final class CudaDriver implements AutoCloseable {
    /** Threads per block of every kernel. */
    static final int THREADS = 256;

    /** The first driver that takes our PTX (ISA 8.0): CUDA 12.0, r525. */
    private static final int OLDEST_DRIVER = 12_000;

    /** Ten times the compute capability that our PTX was made for: Turing. */
    private static final int OLDEST_CAPABILITY = 75;

    private static final int[] NO_OPTIONS = {};
    private static final int UNBLOCKED_BY_STREAM_0 = 1;

    private final String device;
    private final String version;

    private final CUdevice handle;
    private final CUcontext context = new CUcontext();
    private final CUstream stream = new CUstream();
    private final CUmodule module = new CUmodule();
    private final Map<String, CUfunction> functions = new HashMap<>();
    private final Map<Long, Address> allocated = new HashMap<>();
    private final Set<Pinned> pinned = Collections.newSetFromMap(new IdentityHashMap<>());
    /** What closing has to undo, the newest first. */
    private final Deque<Runnable> taken = new ArrayDeque<>();

    /** Opens up the number that a device pointer is. */
    private static final class Address extends CUdeviceptr {
        long number() {
            return getNativePointer();
        }
    }

    /** A page-locked part of the host's memory. */
    record Pinned(Pointer pointer, ByteBuffer buffer) {}

    /**
     * Takes the first GPU.
     *
     * @throws BackendUnavailableException if there is no driver, none that knows our PTX, or no GPU; nothing stays taken
     */
    static CudaDriver open() {
        CudaLibrary.load(() -> JCudaDriver.setExceptionsEnabled(false));
        check("cuInit", JCudaDriver.cuInit(0));
        int[] number = new int[1];
        check("cuDriverGetVersion", JCudaDriver.cuDriverGetVersion(number));
        int version = number[0];
        if (version < OLDEST_DRIVER) {
            throw failure("the NVIDIA driver knows CUDA %s and 12.0 is needed (driver 525 or later)"
                    .formatted(versionText(version)));
        }
        check("cuDeviceGetCount", JCudaDriver.cuDeviceGetCount(number));
        if (number[0] == 0) {
            throw failure("the NVIDIA driver sees no GPU");
        }
        CudaDriver driver = new CudaDriver(version);
        try {
            driver.take();
            // By now all libraries of the driver are loaded.
            ProcessorTraits.requireGradualUnderflow();
        } catch (BackendUnavailableException e) {
            driver.close();
            throw e;
        }
        return driver;
    }

    private CudaDriver(int version) {
        handle = new CUdevice();
        check("cuDeviceGet", JCudaDriver.cuDeviceGet(handle, 0));
        byte[] name = new byte[256];
        check("cuDeviceGetName", JCudaDriver.cuDeviceGetName(name, name.length, handle));
        device = new String(name, StandardCharsets.UTF_8).trim();
        this.version = versionText(version);
        int major = attribute(CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR);
        int minor = attribute(CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR);
        if (10 * major + minor < OLDEST_CAPABILITY) {
            throw failure("%s has compute capability %d.%d and 7.5 is needed".formatted(device, major, minor));
        }
    }

    private void take() {
        check("cuDevicePrimaryCtxRetain", JCudaDriver.cuDevicePrimaryCtxRetain(context, handle));
        taken.push(() -> JCudaDriver.cuDevicePrimaryCtxRelease(handle));
        enter();
        byte[] text = CudaProgram.text();
        check(
                "cuModuleLoadDataEx",
                JCudaDriver.cuModuleLoadDataEx(module, Pointer.to(text), 0, NO_OPTIONS, Pointer.to(NO_OPTIONS)));
        taken.push(() -> JCudaDriver.cuModuleUnload(module));
        for (String kernel : CudaProgram.KERNELS) {
            CUfunction function = new CUfunction();
            check("cuModuleGetFunction", JCudaDriver.cuModuleGetFunction(function, module, kernel));
            functions.put(kernel, function);
        }
        check("cuStreamCreate", JCudaDriver.cuStreamCreate(stream, UNBLOCKED_BY_STREAM_0));
        taken.push(() -> JCudaDriver.cuStreamDestroy(stream));
    }

    /** {@return the GPU's name} */
    String device() {
        return device;
    }

    /** {@return the CUDA level of the driver} */
    String version() {
        return version;
    }

    /** {@return double-precision instructions per second at the stated clock, if a multiprocessor starts 64 a cycle} */
    double doublesPerSecond() {
        long multiprocessors = attribute(CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT);
        double hertz = 1e3 * attribute(CUdevice_attribute.CU_DEVICE_ATTRIBUTE_CLOCK_RATE);
        return 64 * multiprocessors * hertz;
    }

    /** Makes the calls of this thread reach the GPU. */
    void enter() {
        check("cuCtxSetCurrent", JCudaDriver.cuCtxSetCurrent(context));
    }

    /**
     * {@return where so many bytes of the GPU's memory start}
     *
     * @param bytes &gt; 0
     */
    long allocate(long bytes) {
        Address address = new Address();
        check("cuMemAlloc of %,d bytes".formatted(bytes), JCudaDriver.cuMemAlloc(address, bytes));
        allocated.put(address.number(), address);
        return address.number();
    }

    void free(long address) {
        check("cuMemFree", JCudaDriver.cuMemFree(allocated.remove(address)));
    }

    Pinned pin(long bytes) {
        Pointer pointer = new Pointer();
        check("cuMemAllocHost of %,d bytes".formatted(bytes), JCudaDriver.cuMemAllocHost(pointer, bytes));
        Pinned part = new Pinned(pointer, pointer.getByteBuffer(0, bytes));
        pinned.add(part);
        return part;
    }

    void unpin(Pinned part) {
        pinned.remove(part);
        check("cuMemFreeHost", JCudaDriver.cuMemFreeHost(part.pointer()));
    }

    /** Copies from the start of {@code from} to an offset of an allocation, in the order of the stream. */
    void upload(Pinned from, long to, long offset, long bytes) {
        check("cuMemcpyHtoD", JCudaDriver.cuMemcpyHtoDAsync(at(to, offset), from.pointer(), bytes, stream));
    }

    /** Copies from an offset of an allocation to the start of {@code to}, in the order of the stream. */
    void download(long from, long offset, Pinned to, long bytes) {
        check("cuMemcpyDtoH", JCudaDriver.cuMemcpyDtoHAsync(to.pointer(), at(from, offset), bytes, stream));
    }

    private CUdeviceptr at(long address, long offset) {
        return allocated.get(address).withByteOffset(offset);
    }

    /**
     * Starts a kernel in the order of the stream.
     *
     * @param arguments the kernel's one argument, a block of fields of 8 bytes
     */
    void launch(String kernel, int blocks, long[] arguments) {
        check(
                "cuLaunchKernel " + kernel,
                JCudaDriver.cuLaunchKernel(
                        functions.get(kernel),
                        blocks,
                        1,
                        1,
                        THREADS,
                        1,
                        1,
                        0,
                        stream,
                        Pointer.to(Pointer.to(arguments)),
                        null));
    }

    /** Waits for all that was started; what went wrong on the GPU is thrown here. */
    void await() {
        check("cuStreamSynchronize", JCudaDriver.cuStreamSynchronize(stream));
    }

    /** Gives everything back. A GPU that is lost refuses, and then there is nothing left to give back. */
    @Override
    public void close() {
        JCudaDriver.cuCtxSetCurrent(context);
        allocated.values().forEach(JCudaDriver::cuMemFree);
        allocated.clear();
        pinned.forEach(part -> JCudaDriver.cuMemFreeHost(part.pointer()));
        pinned.clear();
        taken.forEach(Runnable::run);
        taken.clear();
    }

    private int attribute(int attribute) {
        int[] value = new int[1];
        check("cuDeviceGetAttribute", JCudaDriver.cuDeviceGetAttribute(value, attribute, handle));
        return value[0];
    }

    private static String versionText(int version) {
        return "%d.%d".formatted(version / 1_000, version % 1_000 / 10);
    }

    private static void check(String call, int code) {
        if (code == CUresult.CUDA_ERROR_OUT_OF_MEMORY) {
            throw new CudaMemoryException("The cuda back end cannot run here: out of memory (%s).".formatted(call));
        }
        if (code != CUresult.CUDA_SUCCESS) {
            throw failure("%s gave %s".formatted(call, CUresult.stringFor(code)));
        }
    }

    private static BackendUnavailableException failure(String reason) {
        return new BackendUnavailableException("The cuda back end cannot run here: %s.".formatted(reason));
    }
}
