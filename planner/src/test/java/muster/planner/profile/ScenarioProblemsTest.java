package muster.planner.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One slip in a sound scenario: exactly one problem, at its place, with its way out. */
class ScenarioProblemsTest {
    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                // what | by what | place and message | maybe
                "deadline: 75 d | deadline: 75 | 14:13: limits.deadline (75) has no unit; expected a time. | 75 d, or 75 h.",
                "deadline: | deadlin: | 14:3: The key (limits.deadlin) is unknown. | deadline.",
                "power: 3 MW | power: 3 mw | 16:10: limits.power (3 mw) has an unknown unit (mw). | 3 MW.",
                "budget: $8 M | budget: -8 M USD | 15:11: limits.budget (-8 M USD) is negative; the range is more than 0, at most $1 T. | 8 M USD.",
                "budget: $8 M | budget: | 15:10: limits.budget has no value. | leave the key out.",
                "model: deepseek-v3 | modle: deepseek-v3 | 4:5: The key (jobs.pretrain.modle) is unknown. | model.",
                "model: deepseek-v3 | model: deepseek-v4 | 4:12: The catalogue has no model named (deepseek-v4). | deepseek-v2 or deepseek-v3 or deepseek-r1.",
                "model: deepseek-v3 | model: ../gpus/h800 | 4:12: (../gpus/h800) cannot be a catalogue name: letters, digits, dots, - and _ only. | ",
                "hgx-h800 | hgx-h80 | 12:24: The catalogue has no node named (hgx-h80). | hgx-h20 or hgx-h800 or hgx-a800.",
                "precision: fp8 | precision: fp16 | 8:16: jobs.pretrain.precision (fp16) is not one that the stack deepseek trains in. | bf16 or fp8.",
                "precision: fp8 | precision: float8 | 8:16: jobs.pretrain.precision (float8) is not a precision. | one of fp32, tf32, fp16, bf16, fp8, mxfp8, nvfp4.",
                "{h800: 1543 tokens/s/GPU} | {h80: 1543 tokens/s/GPU} | 10:16: The key (jobs.pretrain.measured.h80) is unknown. | h800.",
                "hgx-h800 | hgx-a100 | 8:16: No pool can run job pretrain: pool h800 cannot run job pretrain: its GPU (a100) lacks fp8. | bf16.",
                "max: 64 nodes | \"max: 64 nodes, network: {oversubscription: 0.5}\" | 12:77: pools.h800.network.oversubscription (0.5) is out of range: at least 1, at most 100. | a value like 2.",
                "{h800: 1543 tokens/s/GPU} | {h800: .inf tokens/s/GPU} | 10:22: jobs.pretrain.measured.h800 (.inf tokens/s/GPU) is not a finite number. | write 1543 tokens/s/GPU.",
                "max: 64 nodes | \"max: 64 nodes, available: [{from: 0 d, nodes: 60}, {from: 9 d, nodes: 5 nodes}]\" | 12:60: pools.h800.available adds up to 65 nodes, more than max (64 nodes). | max: 65 nodes.",
                "max: 64 nodes | \"max: 64 nodes, available: [{from: 9 d, nodes: 4 nodes}, {from: 9 d, nodes: 5 nodes}]\" | 12:90: pools.h800.available: this tranche does not come after the one before it. | ",
                "max: 64 nodes | \"max: 64 nodes, available: []\" | 12:60: pools.h800.available must be a list of 1 to 24 tranches. | [{from: 0 d, nodes: 64}, {from: 90 d, nodes: 192}].",
                "max: 64 nodes | \"max: 64 nodes, site: {rackPower: 4 kW}\" | 12:55: pools.h800.site has racks of 4.0 kW, and one node (hgx-h800) draws 6.8 kW: none fits in a rack. | ",
                "max: 64 nodes | max: 64 | 12:39: pools.h800.max (64) has no unit; expected a number of nodes. | 64 nodes.",
                "max: 64 nodes | max: 0 nodes | 12:39: pools.h800.max (0 nodes) is out of range: more than 0, at most 1,000,000 nodes. | a value like 256 nodes.",
                "max: 64 nodes | max: 64 nodes, own: 65 nodes | 12:54: pools.h800.own (65 nodes) exceeds max (64 nodes), which counts owned nodes too. | max: 65 nodes.",
                "\", rent: $2.00 /GPU/h\" | \", own: 60 nodes\" | 12:5: pools.h800 has no price: 4 of its 64 nodes are not owned and cannot be rented. | rent: $2.00 /GPU/h, or own: 64 nodes.",
                "\", rent: $2.00 /GPU/h\" | \", rent: 2.00\" | 12:55: pools.h800.rent (2.00) has no unit; expected a price per GPU and hour. | $2.00 /GPU/h; on a command line in single quotes.",
                "\", rent: $2.00 /GPU/h\" | \", spot: {price: $1 /GPU/h}\" | 12:55: pools.h800.spot.eviction is missing. | add the key eviction here.",
                "\", rent: $2.00 /GPU/h\" | \", spot: {price: $1 /GPU/h, eviction: 5 %}\" | 12:84: pools.h800.spot.eviction (5 %) has an unknown unit (%). | 5 % /h.",
                "\", rent: $2.00 /GPU/h\" | \", spot: {price: $1 /GPU/h, eviction: 0 %/h}\" | 12:84: pools.h800.spot.eviction (0 %/h) is out of range: more than 0, at most 1000 %/h. | a value like 5 %/h.",
                "\", rent: $2.00 /GPU/h\" | \", spot: {price: $1 /GPU/h, eviction: 5 %/h, restart: 5}\" | 12:100: pools.h800.spot.restart (5) has no unit; expected a time. | 5 s, or 5 min.",
                "\", rent: $2.00 /GPU/h\" | \", spot: {price: $1 /GPU/h, eviction: 5 %/h, checkpont: 5 s}\" | 12:91: The key (pools.h800.spot.checkpont) is unknown. | checkpoint.",
                "max: 64 nodes | \"max: 64 nodes, spare: 2\" | 12:56: pools.h800.spare (2) has no unit; expected a number of nodes, or a percentage of a job's nodes. | 2 nodes, or 2 %.",
                "max: 64 nodes | \"max: 64 nodes, spare: 95 %\" | 12:56: pools.h800.spare (95 %) is out of range: at least 0, at most 90 %. | a value like 3 %.",
                "max: 64 nodes | \"max: 64 nodes, spare: 64 nodes\" | 12:56: pools.h800.spare (64 nodes) leaves none of max (64 nodes) to compute, so the pool could never be used. | 3 %.",
                "precision: fp8 | \"precision: fp8\n    priority: 0\" | 9:15: jobs.pretrain.priority (0) is out of range: at least 1, at most 1,000,000. | a value like 2.",
                "precision: fp8 | \"precision: fp8\n    priority: 1.5\" | 9:15: jobs.pretrain.priority (1.5) must be a whole number. | a value like 2.",
                "precision: fp8 | \"precision: fp8\n    priority: high\" | 9:15: jobs.pretrain.priority (high) does not start with a number. | write 2.",
                "\", rent: $2.00 /GPU/h\" | \", buy: {price: $250 k/node}\" | 12:54: pools.h800.buy.life is missing. | add the key life here.",
                "\", rent: $2.00 /GPU/h\" | \", buy: {price: $250 k, life: 4 y}\" | 12:62: pools.h800.buy.price ($250 k) is an amount of money; expected a price per node. | write it like $250 k/node.",
                "\", rent: $2.00 /GPU/h\" | \", buy: {price: $250 k/node, life: 4 y, residual: 120 %}\" | 12:96: pools.h800.buy.residual (120 %) is out of range: at least 0, at most 100 %. | a value like 20 %.",
                "\", rent: $2.00 /GPU/h\" | \", buy: {price: $250 k/node, life: 4 y, lead: -1 d}\" | 12:92: pools.h800.buy.lead (-1 d) is negative; the range is at least 0, at most 1000 y. | 1 d.",
                "\", rent: $2.00 /GPU/h\" | \", reserve: {price: $1.60 /GPU/h}\" | 12:58: pools.h800.reserve.minimum is missing. | add the key minimum here.",
                "\", rent: $2.00 /GPU/h\" | \", reserve: $1.60 /GPU/h\" | 12:58: pools.h800.reserve must be a mapping, not ($1.60 /GPU/h). | ",
                "rent: $2.00 /GPU/h | rent: $0 /GPU/h | 12:55: pools.h800.rent ($0 /GPU/h) is out of range: more than 0 when rounded to micro-dollars, at most $1 M /GPU/h. | a value like $2.00 /GPU/h.",
                "rent: $2.00 /GPU/h | rent: $2.00 /kWh | 12:55: pools.h800.rent ($2.00 /kWh) is a price of energy; expected a price per GPU and hour. | write it like $2.00 /GPU/h.",
                "rent: $2.00 /GPU/h | rent: $2.00 /GPU/h, site: nort | 12:75: The catalogue has no site named (nort). | ",
                "batch: 15360 sequences | batch: 15360 | 7:12: jobs.pretrain.batch (15360) has no unit; expected a number of sequences. | 15360 sequences.",
                "batch: 15360 sequences | batch: 60 M tokens | 7:12: jobs.pretrain.batch (60000000 tokens) is not a whole number of sequences of 4096 tokens. | 14648 sequences.",
                "name: pretrain | \"name: ''\" | 3:11: The name () in jobs must start with a letter or digit; then letters, digits, spaces and . _ + - may follow, up to 64. | ",
                "model: | \"kind: write\n    model:\" | 4:11: jobs.pretrain.kind (write) is not known. | one of train, generate.",
            })
    void aSlipIsOneProblem(String what, String byWhat, String problem, String maybe) {
        assertThat(problemsOf(ShippedFiles.SMALL_SCENARIO.replace(what, byWhat)))
                .isEqualTo(problem + (maybe == null ? "" : "\n  Maybe " + maybe));
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "samples: 2 M samples | \"samples: 2 M samples\n    tokens: 1 T tokens\" | 9:5: jobs.rollouts.tokens does not go with kind (generate). | promptTokens, outputTokens and samples in its place.",
                "samples: 2 M samples | samples: 2 M tokens | 8:14: jobs.rollouts.samples (2 M tokens) is a number of tokens; expected a number of samples. | write it like 2 M samples.",
                "samples: 2 M samples | samples: 1.5 samples | 8:14: jobs.rollouts.samples (1.5 samples) must be a whole number. | a value like 2 M samples.",
                "mean: 2000 | mean: 0 | 7:26: jobs.rollouts.outputTokens.mean (0) is out of range: more than 0, at most 1e9 tokens. | a value like 4096.",
                "p99: 8000 | p99: 1999 | 7:37: jobs.rollouts.outputTokens.p99 (1999 tokens) is less than the mean, 2000. | the 99th percentile of lengths, or the mean where all are as long.",
                "p99: 8000 | p99: 20001 | 7:37: jobs.rollouts.outputTokens.p99 (20001 tokens) is more than 10 times the mean, 2000: no such tail is modelled. | two jobs, one for the long samples.",
                "\", p99: 8000\" | \"\" | 7:19: jobs.rollouts.outputTokens.p99 is missing. | add the key p99 here.",
                "p99: 8000 | p95: 8000 | 7:32: The key (jobs.rollouts.outputTokens.p95) is unknown. | p99.",
                "{mean: 2000, p99: 8000} | 2000 | 7:19: jobs.rollouts.outputTokens must be a mapping, not (2000). | ",
                "promptTokens: 1024 tokens | promptToken: 1024 tokens | 6:5: The key (jobs.rollouts.promptToken) is unknown. | promptTokens.",
                "precision: bf16 | precision: fp16 | 9:16: jobs.rollouts.precision (fp16) is not one that the stack deepseek generates in. | bf16 or fp8.",
            })
    void aSlipInAJobThatGeneratesIsOneProblem(String what, String byWhat, String problem, String maybe) {
        assertThat(problemsOf(ShippedFiles.GENERATING_SCENARIO.replace(what, byWhat)))
                .isEqualTo(problem + (maybe == null ? "" : "\n  Maybe " + maybe));
    }

    @Test
    void keysOfAnotherKindAreToldAllAtOnce() {
        assertThat(problemsOf(ShippedFiles.SMALL_SCENARIO.replace(
                        "tokens: 1 T tokens", "tokens: 1 T tokens\n    promptTokens: 4\n    samples: 9")))
                .contains("6:5: jobs.pretrain.promptTokens does not go with kind (train).\n  Maybe kind: generate.")
                .contains("7:5: jobs.pretrain.samples does not go with kind (train).");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "futures: {count: 1024} | futures is part of the format, but this version does not plan it yet.",
                "failures: {mtbf: 3 h} | failures is part of the format, but this version does not plan it yet.",
                "objective: {minimise: cost, statistic: p90} | An objective with slack or a statistic is part of the format",
                "objective: [{cost: within 1 %}, days] | An objective with slack or a statistic is part of the format",
                "sites: [{name: a, racks: 80}] | sites.a.racks does not say how many nodes fit in one.",
                "sites: [{name: a, power: 3}] | sites.a.power (3) has no unit; expected a power.",
                "objective: carbon | The objective carbon needs a grid intensity, and pool h800 has none.",
                "objective: price | objective (price) is not known.",
                "objective: [] | objective is an empty list.",
                "objective: [cost, cost] | objective (cost) stands twice.",
                "seed: x | seed (x) is not a whole number from 0 on.",
                "start: tomorrow | start (tomorrow) is not a date.",
                "accounting: magic | accounting (magic) is not known.",
                "sites: [{name: a}, {name: a}] | The name (a) stands twice in sites; the first is on line 17.",
                "sites: [{name: a, pue: 0.9}] | sites.a.pue (0.9) is out of range: at least 1, at most 10.",
            })
    void linesThatDoNotBelong(String line, String problem) {
        assertThat(problemsOf(ShippedFiles.SMALL_SCENARIO + line + "\n"))
                .startsWith("17:")
                .contains(problem);
    }

    @Test
    void twoSitesOfOneNameAreRefusedWhereOneHasACap() {
        String pools = """
                  - {name: b, node: hgx-h800, max: 8 nodes, rent: $2 /GPU/h, site: {name: hall, power: 1 MW}}
                  - {name: c, node: hgx-h800, max: 8 nodes, rent: $2 /GPU/h, site: {name: hall, power: 1 MW}}
                """;
        assertThat(problemsOf(ShippedFiles.SMALL_SCENARIO.replace("limits:\n", pools.indent(0) + "limits:\n")))
                .endsWith(
                        "pools.c.site is another site named (hall) than an earlier pool's, and one of them has a cap.\n"
                                + "  Maybe write it once, under sites, and name it in both pools.");
    }

    @Test
    void aJobDueBeforeAnEarlierOneMayStartIsNamed() {
        String job = """
                  - {name: %s, model: deepseek-v3, tokens: 1 T tokens, sequence: 4096, batch: 16 sequences, precision: fp8, stack: deepseek, measured: {h800: 1500 tokens/s/GPU}, %s}
                """;
        String jobs = job.formatted("a", "release: 20 d")
                + job.formatted("b", "after: [a]")
                + job.formatted("c", "after: [b], deadline: 20 d")
                + job.formatted("d", "after: [b], deadline: 21 d");
        assertThat(problemsOf(ShippedFiles.SMALL_SCENARIO.replace("pools:\n", jobs.indent(0) + "pools:\n")))
                .endsWith("jobs.c.deadline lies before job a may start, which it comes after: it cannot be kept.\n"
                        + "  Maybe a later deadline, or an earlier release of a.")
                .doesNotContain("jobs.d");
    }

    @Test
    void ordersThatCannotBeKeptAreNamed() {
        String job = """
                  - {name: %s, model: deepseek-v3, tokens: 1 T tokens, sequence: 4096, batch: 16 sequences, precision: fp8, stack: deepseek, measured: {h800: 1500 tokens/s/GPU}, after: [%s]}
                """;
        String jobs = job.formatted("a", "b")
                + job.formatted("b", "c")
                + job.formatted("c", "a")
                + job.formatted("d", "d")
                + job.formatted("e", "aa");
        assertThat(problemsOf(ShippedFiles.SMALL_SCENARIO.replace("pools:\n", jobs.indent(0) + "pools:\n")))
                .contains("Jobs wait for each other: a after b after c after a.")
                .contains("jobs.d.after (d) names the job itself.")
                .contains("jobs.e.after (aa) is not the name of a job.\n  Maybe a.");
    }

    @Test
    void datesNeedAStartAndAnOrder() {
        assertThat(problemsOf(ShippedFiles.SMALL_SCENARIO.replace("75 d", "2027-03-01")))
                .isEqualTo(
                        "14:13: limits.deadline (2027-03-01) is a date, but the scenario has no start.\n  Maybe add start: 2027-01-01, or write days: 60 d.");
        assertThat(problemsOf("start: 2027-05-01\n" + ShippedFiles.SMALL_SCENARIO.replace("75 d", "2027-03-01")))
                .isEqualTo(
                        "15:13: limits.deadline (2027-03-01) is out of range, counted from the start (2027-05-01): more than 0, at most 1000 y.");
        assertThat(problemsOf(ShippedFiles.SMALL_SCENARIO.replace(
                        "    model:", "    release: 30 d\n    deadline: 20 d\n    model:")))
                .isEqualTo("4:14: jobs.pretrain.release is not before the job's deadline.");
    }

    @Test
    void allProblemsComeAtOnceInOrder() {
        String broken = ShippedFiles.SMALL_SCENARIO
                .replace("tokens: 1 T tokens", "tokens: many")
                .replace("64 nodes", "64 racks")
                .replace("3 MW", "3");
        assertThat(problemsOf(broken).lines().filter(line -> !line.startsWith(" ")))
                .containsExactly(
                        "5:13: jobs.pretrain.tokens (many) does not start with a number.",
                        "12:39: pools.h800.max (64 racks) has an unknown unit (racks); expected a number of nodes.",
                        "16:10: limits.power (3) has no unit; expected a power.");
    }

    @Test
    void missingKeysAndEmptyListsAreSaid() {
        assertThat(problemsOf("jobs: []\npools: {}\n")).isEqualTo("""
                        1:7: jobs is an empty list; at least one is needed.
                        2:8: pools must be a list, not a mapping.""");
        assertThat(problemsOf("- a\n"))
                .isEqualTo("1:1: A scenario is a mapping with the keys jobs and pools, not a list.");
    }

    @Test
    void moreThanAHundredPoolsAreTooMany() {
        String pool = "  - {name: p%d, node: hgx-h800, max: 64 nodes, rent: $2.00 /GPU/h}\n";
        StringBuilder pools = new StringBuilder("limits:\n");
        for (int index = 0; index < 100; index++) {
            pools.insert(0, pool.formatted(index));
        }
        assertThat(problemsOf(ShippedFiles.SMALL_SCENARIO.replace("limits:\n", pools)))
                .contains("112:5: pools has 101 items; at most 100 are planned.");
    }

    private String problemsOf(String text) {
        Path file = ShippedFiles.write(folder, "slip.yaml", text);
        ProfileException thrown = catchThrowableOfType(
                ProfileException.class, () -> ScenarioReader.read(file, List.of(), ShippedFiles.catalogue()));
        return thrown.problems().stream()
                .map(Problem::toString)
                .map(problem -> problem.replace(file + ":", ""))
                .collect(Collectors.joining("\n"));
    }
}
