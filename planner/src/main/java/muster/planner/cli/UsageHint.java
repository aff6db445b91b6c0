package muster.planner.cli;

import java.util.List;
import java.util.Optional;
import muster.planner.profile.NearestNames;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What a mistyped command line did wrong and may have meant. */
record UsageHint(String message, Optional<String> maybe) {
    static UsageHint of(ParameterException badUsage) {
        List<String> commands =
                List.copyOf(badUsage.getCommandLine().getSubcommands().keySet());
        if (!(badUsage instanceof UnmatchedArgumentException unmatched)) {
            return new UsageHint(badUsage.getMessage(), listed(commands));
        }
        String first = unmatched.getUnmatched().getFirst();
        if (!commands.isEmpty() && !first.startsWith("-")) {
            return new UsageHint(
                    "There is no command (%s).".formatted(first),
                    NearestNames.near(first, commands).stream()
                            .findFirst()
                            .map(near -> "you mean " + near + ".")
                            .or(() -> listed(commands)));
        }
        List<String> near = unmatched.getSuggestions();
        return new UsageHint(
                badUsage.getMessage(),
                near.isEmpty() ? Optional.empty() : Optional.of("you mean " + String.join(" or ", near) + "."));
    }

    private static Optional<String> listed(List<String> commands) {
        return commands.isEmpty() ? Optional.empty() : Optional.of("one of " + String.join(", ", commands) + ".");
    }
}
