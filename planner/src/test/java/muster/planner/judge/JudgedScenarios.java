package muster.planner.judge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import muster.planner.benchmark.SearchSuite;
import muster.planner.benchmark.SearchSuite.Grain;
import muster.planner.benchmark.SearchSuite.Kind;
import muster.planner.benchmark.SearchSuite.Size;
import muster.planner.domain.Scenario;
import muster.planner.profile.Catalogue;
import muster.planner.profile.ProfileException;
import muster.planner.profile.ScenarioReader;

/** The benchmark's scenarios with so few fleets per job that each can be named to a solver. */
final class JudgedScenarios {
    private static final Catalogue CATALOGUE = catalogue();

    private JudgedScenarios() {}

    /** One of the benchmark's scenarios, coarse. */
    record Name(Size size, Kind kind, long seed) {
        String text() {
            return SearchSuite.text(size, kind, grain(size), seed);
        }

        Scenario scenario() {
            try {
                Path file = Files.createTempFile("judged", ".yaml");
                try {
                    return ScenarioReader.read(Files.writeString(file, text()), List.of(), CATALOGUE);
                } finally {
                    Files.delete(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (ProfileException e) {
                throw new IllegalStateException(this + ": " + e.getMessage(), e);
            }
        }

        @Override
        public String toString() {
            return "%s-%s-%d".formatted(size.word(), kind.word(), seed);
        }
    }

    /** Up to a thousand sets of nodes for a job of three or five pools; one pool for each job of more. */
    private static Grain grain(Size size) {
        return switch (size) {
            case TINY -> new Grain(3, 0.15, true);
            case SMALL -> new Grain(2, 0.5, true);
            case MIDDLE, LARGE, LARGEST -> new Grain(3, 1, true);
        };
    }

    private static Catalogue catalogue() {
        return Catalogue.open(Path.of(System.getProperty("muster.home", "."), "cluster-profiles"), Optional.empty());
    }
}
