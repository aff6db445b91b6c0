package muster.kernels;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Where the native code of a GPU comes from: the driver's library, which must be on the machine, and JCuda's, which lies in
 * a jar. JCuda would unpack it into the shared temporary folder under a fixed name and load a file already there without
 * a look, which anyone on the machine may have put there; so it is unpacked into a folder that only this user can open,
 * and deleted once it is loaded.
 */
final class CudaLibrary {
    private static final String FILE = "libJCudaDriver-12.6.0-linux-x86_64.so";
    private static final String DRIVER = "libcuda.so.1";
    private static final String TEMPORARY_FOLDER = "java.io.tmpdir";

    /** Where distributions, containers, NixOS and WSL keep the driver's library. */
    private static final List<String> FOLDERS = List.of(
            "/usr/lib/x86_64-linux-gnu",
            "/usr/lib64",
            "/lib64",
            "/usr/lib",
            "/usr/local/nvidia/lib64",
            "/usr/lib64/nvidia",
            "/usr/lib/x86_64-linux-gnu/nvidia/current",
            "/run/opengl-driver/lib",
            "/usr/lib/wsl/lib");

    /** Why it could not be loaded; a class that failed to load fails for good, and the second time without a reason. */
    private static String obstacle;

    private CudaLibrary() {}

    /** Whether this machine seems to have an NVIDIA driver: a few looks at folders, nothing is loaded. */
    static boolean isDriverPresent() {
        String searched = System.getenv("LD_LIBRARY_PATH");
        return isSupported()
                && Stream.concat(FOLDERS.stream(), searched == null ? Stream.empty() : Stream.of(searched.split(":")))
                        .anyMatch(folder -> !folder.isEmpty() && Files.exists(Path.of(folder, DRIVER)));
    }

    static boolean isSupported() {
        return platform().equals("linux amd64");
    }

    private static String platform() {
        return (System.getProperty("os.name") + " " + System.getProperty("os.arch")).toLowerCase(Locale.ROOT);
    }

    /**
     * Lets JCuda load its native library.
     *
     * @param firstTouch of a class of JCuda that loads it
     * @throws BackendUnavailableException if it cannot be loaded
     */
    static synchronized void load(Runnable firstTouch) {
        if (!isSupported()) {
            throw unavailable("JCuda has no native library for " + platform());
        }
        if (obstacle != null) {
            throw unavailable(obstacle);
        }
        try {
            Path folder = Files.createTempDirectory(
                    "muster-cuda", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Path file = folder.resolve(FILE);
            String shared = System.getProperty(TEMPORARY_FOLDER);
            try {
                unpack(file);
                System.setProperty(TEMPORARY_FOLDER, folder.toString());
                firstTouch.run();
            } finally {
                System.setProperty(TEMPORARY_FOLDER, shared);
                Files.deleteIfExists(file);
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw unavailable("JCuda's native library cannot be unpacked (%s)".formatted(e));
        } catch (LinkageError e) {
            obstacle = reason(e);
            throw unavailable(obstacle);
        }
    }

    private static void unpack(Path file) throws IOException {
        try (InputStream library = CudaLibrary.class.getResourceAsStream("/lib/" + FILE)) {
            if (library == null) {
                throw new IOException("the jar jcuda-natives is absent");
            }
            Files.copy(library, file);
        }
    }

    /** JCuda puts two whole stack traces into its message; what the linker said about the driver is the point of it. */
    private static String reason(LinkageError error) {
        String message = String.valueOf(error.getMessage());
        int driver = message.indexOf(DRIVER);
        if (driver >= 0) {
            return "no NVIDIA driver (%s)"
                    .formatted(message.substring(driver).lines().findFirst().orElse(DRIVER));
        }
        if (error instanceof NoClassDefFoundError) {
            return "JCuda's jar is absent (%s)"
                    .formatted(message.lines().findFirst().orElse(""));
        }
        return "JCuda's native library cannot be loaded (%s)"
                .formatted(message.lines()
                        .filter(line -> line.contains("UnsatisfiedLinkError") || line.contains("IllegalCaller"))
                        .reduce((first, second) -> second)
                        .orElse(message.lines().findFirst().orElse(""))
                        .strip());
    }

    private static BackendUnavailableException unavailable(String reason) {
        return new BackendUnavailableException("The cuda back end cannot run here: %s.".formatted(reason));
    }
}
