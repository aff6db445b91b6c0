package muster.planner.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Runs, without a word, what first starts run, while the JVM records what they load and link. Only the launcher calls
 * it, after a build; another command is recorded by adding it here.
 */
public final class Rehearsal {
    private Rehearsal() {}

    /**
     * @param arguments a command with its first argument; others like it follow
     * @throws IllegalStateException if a command fails, so that no half recording is kept
     */
    public static void main(String[] arguments) {
        List<String[]> commands = arguments[0].equals("catalog")
                ? List.of(
                        arguments,
                        new String[] {"catalog", "check"},
                        new String[] {"catalog", "show", "hgx-h800"},
                        new String[] {"catalog", "list", "-o", "json", "--stale", "180d"},
                        new String[] {"claim", "list"},
                        new String[] {"claim", "check", "deepseek-v3"},
                        new String[] {"claim", "check", "deepseek-v3", "-o", "json"})
                : List.<String[]>of(arguments);
        for (String[] command : commands) {
            int exitCode = Muster.run(
                    command,
                    new Console(
                            OutputStream.nullOutputStream(),
                            new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
                            System.getenv(),
                            Muster.properties()));
            if (exitCode != ExitCodes.DONE) {
                throw new IllegalStateException(
                        "The command (%s) ended with %d.".formatted(String.join(" ", command), exitCode));
            }
        }
    }
}
