package muster.planner.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** One run of the command line in this process, with what it wrote. */
record Captured(int exitCode, String out, String err) {
    static Captured run(String... args) {
        return run(Map.of(), Map.of("muster.home", System.getProperty("muster.home")), args);
    }

    static Captured run(Map<String, String> environment, Map<String, String> properties, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exitCode = Muster.run(
                args, new Console(out, new PrintStream(err, true, StandardCharsets.UTF_8), environment, properties));
        return new Captured(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
