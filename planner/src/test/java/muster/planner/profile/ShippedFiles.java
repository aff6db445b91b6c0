package muster.planner.profile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The repository's own catalogue and scenario, as tests find them. */
final class ShippedFiles {
    static final Path CATALOGUE = Path.of(System.getProperty("muster.home"), "cluster-profiles");
    static final Path SCENARIO = CATALOGUE.resolve("scenarios/deepseek-v3.yaml");

    private ShippedFiles() {}

    static Catalogue catalogue() {
        return Catalogue.open(CATALOGUE, Optional.empty());
    }

    static Catalogue catalogueUnder(Path overlay) {
        return Catalogue.open(CATALOGUE, Optional.of(overlay));
    }

    static Path write(Path folder, String name, String text) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Small and sound; tests change one line of it. */
    static final String SMALL_SCENARIO = """
            scenario: Small
            jobs:
              - name: pretrain
                model: deepseek-v3
                tokens: 1 T tokens
                sequence: 4096
                batch: 15360 sequences
                precision: fp8
                stack: deepseek
                measured: {h800: 1543 tokens/s/GPU}
            pools:
              - {name: h800, node: hgx-h800, max: 64 nodes, rent: $2.00 /GPU/h}
            limits:
              deadline: 75 d
              budget: $8 M
              power: 3 MW
            """;

    /** A job that generates, on lines 2 to 10. */
    static final String GENERATING_SCENARIO = """
            scenario: Generating
            jobs:
              - name: rollouts
                kind: generate
                model: deepseek-v3
                promptTokens: 1024 tokens
                outputTokens: {mean: 2000, p99: 8000}
                samples: 2 M samples
                precision: bf16
                stack: deepseek
            pools:
              - {name: h800, node: hgx-h800, max: 64 nodes, rent: $2.00 /GPU/h}
            """;
}
