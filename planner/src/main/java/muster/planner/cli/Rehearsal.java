package muster.planner.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/**
 * Runs a few commands and says nothing: the launcher records what they load and link, so that later starts need not. Whatever
 * goes wrong costs a little speed only.
 */
public final class Rehearsal {
    private Rehearsal() {}

    /** @param args a scenario to plan */
    public static void main(String[] args) {
        Map<String, String> properties = Map.of("muster.home", System.getProperty("muster.home", "."));
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        for (List<String> command : List.of(List.of("plan", args[0], "--quiet"), List.of("claim", "list"))) {
            Console console = new Console(OutputStream.nullOutputStream(), nowhere, Map.of(), properties);
            Muster.run(command.toArray(String[]::new), console);
        }
        System.exit(ExitCodes.DONE);
    }
}
