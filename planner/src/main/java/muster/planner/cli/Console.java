package muster.planner.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import muster.planner.report.Printable;

/**
 * The world around a command: streams, environment, and what the launcher found out about the terminal. Answers are kept
 * until the command has ended, so that a failed one leaves stdout empty.
 */
final class Console {
    private final OutputStream out;
    private final PrintStream err;
    private final Map<String, String> environment;
    private final Map<String, String> properties;
    private final StringBuilder answer = new StringBuilder();

    Console(OutputStream out, PrintStream err, Map<String, String> environment, Map<String, String> properties) {
        this.out = out;
        this.err = err;
        this.environment = Map.copyOf(environment);
        this.properties = Map.copyOf(properties);
    }

    /** Data for stdout. */
    void answer(String text) {
        answer.append(text);
    }

    /** A message for stderr, one or more lines. */
    void complain(String message) {
        message.lines().map(Printable::of).forEach(line -> err.print(line + "\n"));
        err.flush();
    }

    void complain(String message, Optional<String> maybe) {
        complain(message);
        maybe.ifPresent(way -> complain("  Maybe " + way));
    }

    /** {@return stderr as it is, for a progress line} */
    PrintStream err() {
        return err;
    }

    /**
     * Writes the answers to stdout.
     *
     * @throws IOException if stdout takes no more, unless its reader has just gone away: that is the reader's choice
     */
    void flush() throws IOException {
        try {
            out.write(answer.toString().getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            if (!isBrokenPipe(e)) {
                throw e;
            }
        } finally {
            answer.setLength(0);
        }
    }

    private static boolean isBrokenPipe(IOException e) {
        return e.getMessage() != null && e.getMessage().contains("Broken pipe");
    }

    boolean stdoutIsTerminal() {
        return Boolean.parseBoolean(properties.get("muster.stdout.terminal"));
    }

    boolean stderrIsTerminal() {
        return Boolean.parseBoolean(properties.get("muster.stderr.terminal"));
    }

    /** {@return the value, where it is set and not empty} */
    Optional<String> environment(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }

    /** {@return how Muster was started, as a shell takes it: {@code muster} or {@code ./muster}} */
    String command() {
        return quoted(properties.getOrDefault("muster.command", "muster"));
    }

    /** {@return a word that a shell reads as this text} */
    static String quoted(String text) {
        return text.matches("[\\w./+-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    /** {@return the folder that holds the shipped catalogue} */
    Path catalogueFolder() throws BadInput {
        String home = properties.get("muster.home");
        if (home == null) {
            throw new BadInput(
                    "The shipped catalogue cannot be found: the system property muster.home is not set.",
                    Optional.of("start Muster by ./muster, which sets it."));
        }
        return Path.of(home, "cluster-profiles");
    }

    /** {@return where the launcher keeps what only saves time; empty where it names no such folder} */
    Optional<Path> stateFolder() {
        return Optional.ofNullable(properties.get("muster.state")).map(Path::of);
    }
}
