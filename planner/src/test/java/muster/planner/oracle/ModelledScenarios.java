package muster.planner.oracle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import muster.planner.domain.Scenario;
import muster.planner.profile.Catalogue;
import muster.planner.profile.ProfileException;
import muster.planner.profile.ScenarioReader;

/** Small scenarios whose rates the performance model gives: a model of 8 B parameters on three kinds of node. */
public final class ModelledScenarios {
    private static final Catalogue CATALOGUE =
            Catalogue.open(Path.of(System.getProperty("muster.home"), "cluster-profiles"), Optional.empty());

    private ModelledScenarios() {}

    /** {@return three pools of so many nodes each, without limits} */
    public static Scenario threePools(int maxNodes) {
        return read(yaml(maxNodes, "", "", ""));
    }

    public static Scenario oversubscribed(int maxNodes, int oversubscription) {
        return read(yaml(maxNodes, "", ", network: {oversubscription: %d}".formatted(oversubscription), ""));
    }

    public static Scenario firstPoolMeasured(int maxNodes, int tokensPerSecondPerGpu) {
        return read(yaml(maxNodes, "    measured: {one: %d tokens/s/GPU}\n".formatted(tokensPerSecondPerGpu), "", ""));
    }

    /** {@return a scenario with limits that may bind, drawn from the seed} */
    public static Scenario random(long seed, int maxNodes) {
        Random random = new Random(seed);
        StringBuilder more = new StringBuilder("limits:\n");
        more.append("  deadline: %d h\n".formatted(20 + random.nextInt(600)));
        if (random.nextBoolean()) {
            more.append("  budget: %d USD\n".formatted(20_000 + random.nextInt(60_000)));
        }
        if (random.nextBoolean()) {
            more.append("  power: %d kW\n".formatted(15 + random.nextInt(150)));
        }
        more.append("objective: ")
                .append(List.of("cost", "days", "[cost, days]", "energy").get(random.nextInt(4)))
                .append('\n');
        String network = random.nextInt(3) == 0
                ? ", network: {rate: %d Gbit/s}".formatted(10 + random.nextInt(400))
                : ", own: %d nodes".formatted(random.nextInt(3));
        String job = random.nextInt(4) == 0 ? "    spread: one-pool\n" : "";
        return read(yaml(2 + random.nextInt(maxNodes - 1), job, network, more.toString(), random));
    }

    private static String yaml(int maxNodes, String job, String firstPool, String more) {
        return yaml(maxNodes, job, firstPool, more, new Random(1));
    }

    private static String yaml(int maxNodes, String job, String firstPool, String more, Random random) {
        return String.format(
                Locale.ROOT,
                """
                scenario: Modelled
                jobs:
                  - name: pretrain
                    model: llama-3.1-8b
                    tokens: 100 B tokens
                    sequence: 8192
                    batch: 96 sequences
                    precision: bf16
                    stack: megatron-core
                %spools:
                  - {name: one, node: hgx-h100, max: %d nodes, rent: $%.2f /GPU/h%s}
                  - {name: two, node: hgx-a100, max: %d nodes, rent: $%.2f /GPU/h}
                  - {name: three, node: hgx-h20, max: %d nodes, rent: $%.2f /GPU/h}
                %s""",
                job,
                maxNodes,
                2 + random.nextDouble(),
                firstPool,
                maxNodes,
                0.7 + random.nextDouble(),
                maxNodes,
                0.3 + random.nextDouble(),
                more);
    }

    private static Scenario read(String yaml) {
        try {
            Path file = Files.createTempFile("modelled", ".yaml");
            try {
                return ScenarioReader.read(Files.writeString(file, yaml), List.of(), CATALOGUE);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ProfileException e) {
            throw new IllegalArgumentException(yaml + "\n" + e.problems(), e);
        }
    }
}
