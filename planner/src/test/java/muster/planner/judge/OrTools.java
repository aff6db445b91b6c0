package muster.planner.judge;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.google.ortools.Loader;
import java.util.List;
import java.util.Optional;

/** OR-Tools' native library, which the build fetches for Linux on x86-64 only. */
final class OrTools {
    private static final Optional<String> TROUBLE = trouble();

    private OrTools() {}

    /** Skips the test with its reason where the library is not there; fails instead under {@code -Dmuster.require=ortools}. */
    static void requireOrSkip() {
        if (TROUBLE.isEmpty()) {
            return;
        }
        boolean required =
                List.of(System.getProperty("muster.require", "").split(",")).contains("ortools");
        if (required) {
            fail(TROUBLE.get());
        }
        abort(TROUBLE.get());
    }

    /** {@return why there is no OR-Tools here; empty where there is} */
    static Optional<String> trouble() {
        try {
            Loader.loadNativeLibraries();
            return Optional.empty();
        } catch (RuntimeException | UnsatisfiedLinkError e) {
            String where = System.getProperty("os.name") + " on " + System.getProperty("os.arch");
            String said = String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
            return Optional.of("no OR-Tools for " + where + ", the build has it for Linux on x86-64: " + said);
        }
    }
}
