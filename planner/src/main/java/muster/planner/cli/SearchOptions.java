package muster.planner.cli;

import java.util.Optional;
import java.util.OptionalLong;
import muster.planner.domain.Scenario;
import muster.planner.domain.SearchSettings;
import picocli.CommandLine.Option;

/** Where a search starts and where it stops. */
final class SearchOptions {
    @Option(names = "--seed", paramLabel = "N", description = "seed of the search; default: the scenario's")
    private String seed;

    @Option(names = "--time", paramLabel = "TIME", description = "stop the search after this time, such as 10s")
    private String time;

    @Option(names = "--steps", paramLabel = "N", description = "stop the search after this many steps")
    private Long steps;

    @Option(names = "--gap", paramLabel = "PERCENT", description = "stop once proved this close, such as 0.1%%")
    private String gap;

    /** Refuses what cannot be understood, before any file is read. */
    void check() throws BadInput {
        settings(0);
        OptionQuantity.seed("--seed", seed);
    }

    /** {@return the scenario with the seed asked for} */
    Scenario seeded(Scenario written) throws BadInput {
        OptionalLong asked = OptionQuantity.seed("--seed", seed);
        return asked.isPresent() ? written.withSeed(asked.getAsLong()) : written;
    }

    SearchSettings settings(long scenarioSeed) throws BadInput {
        if (steps != null && steps < 0) {
            throw new BadInput("The option --steps (%d) is negative.".formatted(steps), Optional.empty());
        }
        return new SearchSettings(
                scenarioSeed,
                steps == null ? OptionalLong.empty() : OptionalLong.of(steps),
                OptionQuantity.seconds("--time", time),
                OptionQuantity.percent("--gap", gap));
    }
}
