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

    /** Dense and mixture, with tensor and context ranks or pipelines in both directions; batches that divide and do not. */
    private static final List<String> WORKS = List.of(
            work("llama-3.1-8b", 8_192, 96, "bf16", "megatron-core"),
            work("llama-3.1-8b", 4_096, 90, "bf16", "fsdp"),
            work("mixtral-8x7b", 4_096, 128, "bf16", "megatron-core"),
            work("gpt-oss-20b", 4_096, 240, "bf16", "deepseek"));

    private ModelledScenarios() {}

    private static String work(String model, int sequence, int batch, String precision, String stack) {
        return String.join(
                "\n    ",
                "model: " + model,
                "sequence: " + sequence,
                "batch: %d sequences".formatted(batch),
                "precision: " + precision,
                "stack: " + stack);
    }

    /** {@return several jobs on pools where many node counts are worse than smaller ones} */
    public static Scenario severalJobs() {
        return read("""
                scenario: Several
                jobs:
                  - {name: big, model: llama-3.1-8b, tokens: 1 T tokens, sequence: 8192, batch: 96 sequences, precision: fp8, stack: megatron-core}
                  - {name: one, model: llama-3.1-8b, tokens: 100 B tokens, sequence: 8192, batch: 96 sequences, precision: bf16, stack: megatron-core, spread: one-pool}
                  - {name: two, model: llama-3.1-8b, tokens: 100 B tokens, sequence: 8192, batch: 96 sequences, precision: bf16, stack: megatron-core, spread: one-pool, after: [one]}
                pools:
                  - {name: a, node: hgx-h100, max: 40 nodes, own: 40 nodes}
                  - {name: b, node: hgx-a100, max: 200 nodes, own: 200 nodes}
                objective: days
                """);
    }

    /** {@return two jobs that have to run at the same time for the most part, on a pool that is owned in part} */
    public static Scenario twoAtOnce(int ownNodes, int deadlineHours) {
        return read(String.format(Locale.ROOT, """
                scenario: At once
                jobs:
                  - {name: one, model: llama-3.1-8b, tokens: 100 B tokens, sequence: 8192, batch: 96 sequences, precision: bf16, stack: megatron-core, spread: one-pool}
                  - {name: two, model: llama-3.1-8b, tokens: 100 B tokens, sequence: 8192, batch: 96 sequences, precision: bf16, stack: megatron-core, spread: one-pool}
                pools:
                  - {name: a, node: hgx-h100, site: hall, max: 40 nodes, own: %d nodes, rent: $3 /GPU/h}
                sites:
                  - {name: hall, pue: 1.3, energyPrice: $0.08 /kWh, carbon: 369 g/kWh}
                limits: {deadline: %d h}
                objective: cost
                """, ownNodes, deadlineHours));
    }

    /** {@return a job whose model fits on no node of the pool, whatever the layout} */
    public static Scenario tooFewNodes() {
        return read("""
                scenario: Too few
                jobs:
                  - {name: big, model: llama-3.1-405b, tokens: 1 T tokens, sequence: 8192, batch: 512 sequences, precision: bf16, stack: megatron-core}
                pools:
                  - {name: a, node: hgx-h100, max: 2 nodes, rent: $2 /GPU/h}
                """);
    }

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
                : random.nextInt(3) == 0 ? ", granularity: 2 nodes" : ", own: %d nodes".formatted(random.nextInt(3));
        String job = random.nextInt(4) == 0 ? "    spread: one-pool\n" : "";
        String work = WORKS.get(random.nextInt(WORKS.size()));
        return read(yaml(2 + random.nextInt(maxNodes - 1), work, job, network, more.toString(), random));
    }

    /** Grouped, latent and windowed attention, dense and mixtures; replicas of a part of a node up to several nodes. */
    private static final List<String> WRITERS = List.of(
            writer("llama-3.1-8b", "bf16", "megatron-core"),
            writer("llama-3.1-405b", "bf16", "megatron-core"),
            writer("deepseek-v2", "bf16", "deepseek"),
            writer("gpt-oss-20b", "bf16", "megatron-core"));

    private static String writer(String model, String precision, String stack) {
        return String.join("\n    ", "kind: generate", "model: " + model, "precision: " + precision, "stack: " + stack);
    }

    /** {@return a model that needs two nodes of the only pool} */
    public static Scenario writing405b() {
        return read("""
                scenario: Two nodes each
                jobs:
                  - {name: synthetic, kind: generate, model: llama-3.1-405b, promptTokens: 512, outputTokens: {mean: 1000, p99: 3000}, samples: 100 k, precision: bf16, stack: megatron-core}
                pools:
                  - {name: a, node: hgx-h100, max: 12 nodes, rent: $2 /GPU/h}
                """);
    }

    /** {@return a job that generates on three kinds of node, with limits that may bind, drawn from the seed} */
    public static Scenario generating(long seed, int maxNodes) {
        Random random = new Random(seed);
        int mean = 50 + random.nextInt(8_000);
        String limits = "limits:\n  deadline: %d h\n".formatted(2 + random.nextInt(120))
                + (random.nextBoolean() ? "  budget: %d USD\n".formatted(200 + random.nextInt(8_000)) : "")
                + "objective: "
                + List.of("cost", "days", "[cost, days]", "energy").get(random.nextInt(4))
                + "\n";
        return read(String.format(
                Locale.ROOT,
                """
                scenario: Generating
                jobs:
                  - name: rollouts
                    %s
                    promptTokens: %d
                    outputTokens: {mean: %d, p99: %d}
                    samples: %d
                %spools:
                  - {name: one, node: hgx-h100, max: %d nodes, rent: $%.2f /GPU/h%s}
                  - {name: two, node: hgx-a100, max: %d nodes, rent: $%.2f /GPU/h}
                  - {name: three, node: hgx-h20, max: %d nodes, rent: $%.2f /GPU/h}
                %s""",
                WRITERS.get(random.nextInt(WRITERS.size())),
                1 + random.nextInt(4_000),
                mean,
                mean * (1 + random.nextInt(9)),
                (int) Math.pow(10, 3 + 3.5 * random.nextDouble()),
                random.nextInt(4) == 0 ? "    spread: one-pool\n" : "",
                maxNodes,
                1 + random.nextDouble(),
                random.nextInt(3) == 0 ? ", granularity: 2 nodes" : ", own: %d nodes".formatted(random.nextInt(3)),
                maxNodes,
                0.7 + random.nextDouble(),
                maxNodes,
                0.3 + random.nextDouble(),
                limits));
    }

    private static String yaml(int maxNodes, String job, String firstPool, String more) {
        return yaml(maxNodes, WORKS.getFirst(), job, firstPool, more, new Random(1));
    }

    private static String yaml(int maxNodes, String work, String job, String firstPool, String more, Random random) {
        return String.format(
                Locale.ROOT,
                """
                scenario: Modelled
                jobs:
                  - name: pretrain
                    tokens: 100 B tokens
                    %s
                %spools:
                  - {name: one, node: hgx-h100, max: %d nodes, rent: $%.2f /GPU/h%s}
                  - {name: two, node: hgx-a100, max: %d nodes, rent: $%.2f /GPU/h}
                  - {name: three, node: hgx-h20, max: %d nodes, rent: $%.2f /GPU/h}
                %s""",
                work,
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
