package muster.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * An emulation, not a GPU: {@code kernels.cu} compiled unchanged by g++ into a library that poses as the NVIDIA driver, so
 * that JCuda, the packing of arguments, copies and arithmetic all run. Where {@code -Dmuster.require=gpu} is set, this JVM
 * meets the real driver instead, and the emulation runs in JVMs of its own only.
 */
// Native code is what this is about.
@SuppressWarnings("restricted")
final class CudaStandIn {
    private static Path library;
    private static SymbolLookup symbols;

    private CudaStandIn() {}

    static boolean isRequired(String what) {
        return List.of(System.getProperty("muster.require", "").split(",")).contains(what);
    }

    /** {@return the folder that holds the stand-in's libcuda.so.1} The test is skipped where it cannot be built. */
    static synchronized Path folder() {
        if (library == null) {
            needs(CudaLibrary.isSupported(), "JCuda has native code for Linux on x86-64 only");
            needs(run("g++", "--version") == 0, "no g++ here");
            build();
        }
        return library.getParent();
    }

    private static void needs(boolean has, String otherwise) {
        if (isRequired("gxx")) {
            assertThat(has).as(otherwise).isTrue();
        }
        assumeTrue(has, otherwise);
    }

    private static void build() {
        try {
            Path folder = Files.createTempDirectory("muster-standin");
            Path built = folder.resolve("libcuda.so.1");
            // What is registered last is deleted first.
            folder.toFile().deleteOnExit();
            built.toFile().deleteOnExit();
            int status = run(
                    "g++",
                    "-std=c++17",
                    "-O2",
                    "-Wall",
                    "-Wextra",
                    "-Werror",
                    "-Wno-unknown-pragmas",
                    "-ffp-contract=off",
                    // Some distributions switch on checks that take a jump between fibers for an error.
                    "-U_FORTIFY_SOURCE",
                    "-fPIC",
                    "-shared",
                    "-Wl,-soname,libcuda.so.1",
                    "-I",
                    resource("kernels.cu").getParent().toString(),
                    "-I",
                    resource("cuda_shim.h").getParent().toString(),
                    "-o",
                    built.toString(),
                    resource("standin_libcuda.cpp").toString());
            assertThat(status).as("exit status of g++").isZero();
            library = built;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static Path resource(String name) {
        try {
            return Path.of(CudaStandIn.class.getResource(name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int status = process.waitFor();
            if (status != 0) {
                System.out.println(output);
            }
            return status;
        } catch (IOException e) {
            return -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Makes this JVM take the stand-in for its driver; the linker goes by its name. Skips where a real GPU is asked for. */
    static synchronized void load() {
        assumeTrue(!isRequired("gpu"), "this JVM meets the real driver");
        if (symbols == null) {
            Path built = folder().resolve("libcuda.so.1");
            System.load(built.toString());
            symbols = SymbolLookup.libraryLookup(built, Arena.global());
            System.out.println("Tests of the cuda back end run on an emulation by g++, without a GPU.");
        }
    }

    static synchronized boolean isLoaded() {
        return symbols != null;
    }

    /** The back end cuda: on a real GPU where one is required, else on the stand-in. */
    static KernelBackend backend() {
        if (!isRequired("gpu")) {
            load();
        }
        return KernelBackends.open(KernelBackends.CUDA);
    }

    /** How many kernels the stand-in has run. */
    static long launched() {
        return ask("standin_launched");
    }

    /** How many calls it has had since the last {@link #fail}. */
    static long calls() {
        return ask("standin_calls");
    }

    /** Allocations, streams, modules and contexts that nobody gave back yet. */
    static long left() {
        return ask("standin_left");
    }

    /** Lets the call of this number, from now on, fail with a code of the driver; -1 for none. */
    static void fail(long call, int code, boolean forever) {
        invoke(
                "standin_fail",
                FunctionDescriptor.ofVoid(ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT),
                call,
                code,
                forever ? 1 : 0);
    }

    /** Leaves the pretended GPU so much memory from now on; -1 for plenty. */
    static void memory(long bytes) {
        invoke("standin_memory", FunctionDescriptor.ofVoid(ValueLayout.JAVA_LONG), bytes);
    }

    /** Makes the processor flush small numbers to zero in this thread, or keep them again. */
    static void flushToZero(boolean flush) {
        invoke("standin_flush", FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT), flush ? 1 : 0);
    }

    private static long ask(String function) {
        MemoryLayout number = ValueLayout.JAVA_LONG;
        return (long) invoke(function, FunctionDescriptor.of(number));
    }

    private static Object invoke(String function, FunctionDescriptor descriptor, Object... arguments) {
        try {
            return Linker.nativeLinker()
                    .downcallHandle(symbols.findOrThrow(function), descriptor)
                    .invokeWithArguments(arguments);
        } catch (Throwable e) {
            throw new IllegalStateException(function, e);
        }
    }
}
