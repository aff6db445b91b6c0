package muster.planner.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import muster.planner.domain.Attention;
import muster.planner.domain.FlopBasis;
import muster.planner.domain.MeasuredKind;
import muster.planner.domain.MeasuredRun;
import muster.planner.domain.Measurement;
import muster.planner.domain.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasurementReaderTest {
    private static final String HEADING =
            "id,stack,release,complete,model,params_b,layers,hidden,heads,kv_heads,ffn,vocab,seq,global_batch_seqs,gpu,"
                    + "n_gpus,tp,pp,microbatch,precision,recompute,measured_kind,measured_value,nic_gbit_per_gpu,extra\n";

    /** A GPT of 1.3 B parameters: 12 × 24 × 2048² and 51,200 × 2048. */
    private static final String ROW =
            "mine-001,megatron-core,25.09,yes,GPT-1.3B,1.3,24,2048,16,,8192,51200,2048,512,A100-80GB,"
                    + "32,2,1,4,bf16,full,iter_s,2.5,100,\"a, b\"\n";

    @TempDir
    Path folder;

    @Test
    void aRowBecomesARunOfItsColumns() throws Exception {
        Measurement row = read(HEADING + ROW).getFirst();
        assertThat(row.group()).isEqualTo("mine");
        assertThat(row.kind()).contains(MeasuredKind.STEP_SECONDS);
        assertThat(row.line()).isEqualTo(2);
        assertThat(row.run()).hasValueSatisfying(run -> {
            assertThat(run.job().stack().release()).isEqualTo("25.09");
            assertThat(run.job().precision()).isEqualTo(Precision.BF16);
            assertThat(run.node().gpu().name()).isEqualTo("a100");
            // 100 Gbit/s
            assertThat(run.node().fabricBytesPerSecondPerGpu().value()).isEqualTo(12.5e9);
            // Two matrices, not three: 1.3 B parameters decide.
            assertThat(run.job().model().architecture().gated()).isFalse();
            assertThat(run.wish().tensor()).hasValue(2);
            assertThat(run.wish().virtualPipeline()).isEmpty();
            assertThat(run.recomputeStated()).isTrue();
        });
    }

    @Test
    void whatTheCatalogueKnowsTakesItsShape() throws Exception {
        String row = ROW.replace("GPT-1.3B", "DeepSeekV3 (w/o MTP)");
        assertThat(read(HEADING + row).getFirst().run().orElseThrow().job().model())
                .satisfies(model -> {
                    assertThat(model.name()).isEqualTo("deepseek-v3-without-prediction");
                    assertThat(model.architecture().predictionLayers()).isZero();
                    assertThat(model.architecture().attention().kind()).isEqualTo("mla");
                });
    }

    @Test
    void rowsThatSayTooLittleAreKeptWithTheirReason() throws Exception {
        assertThat(read(HEADING + ROW.replace("A100-80GB", "RTX-3090x2+Titan-RTXx2"))
                        .getFirst())
                .satisfies(row -> assertThat(row.run()).isEmpty())
                .satisfies(row -> assertThat(row.remarks()).anyMatch(text -> text.contains("several kinds")));
        assertThat(read(HEADING + ROW.replace("A100-80GB", "Z9")).getFirst().remarks())
                .anyMatch(text -> text.contains("no node with the GPU (Z9)"));
        assertThat(read(HEADING + ROW.replace("bf16", "fp8")).getFirst().remarks())
                .anyMatch(text -> text.contains("do not train in fp8"));
        assertThat(read(HEADING + ROW.replace("iter_s", "gpu_hours")).getFirst().remarks())
                .anyMatch(text -> text.contains("(gpu_hours) is no rate"));
        assertThat(read(HEADING + ROW.replace(",2048,512,", ",2048,,"))
                        .getFirst()
                        .remarks())
                .anyMatch(text -> text.contains("not stated"));
    }

    @Test
    void whatOnlyJavaCallsANumberIsNone() throws Exception {
        for (String word : List.of("8d", "5f", "0x1p3", "NaN", "Infinity", "1e999", "1,5")) {
            assertThat(messageOf(HEADING + ROW.replace("iter_s,2.5", "iter_s,\"%s\"".formatted(word))))
                    .as(word)
                    .contains("runs.csv:2:", "measured_value (%s) is no number.".formatted(word));
        }
        assertThat(read(HEADING + ROW.replace("iter_s,2.5", "iter_s,+25.e-1"))
                        .getFirst()
                        .value())
                .isEqualTo(2.5);
    }

    @Test
    void valuesThatNoRunHasAreRefused() throws Exception {
        for (String value : List.of("0", "-2", "1e-300", "1e300")) {
            assertThat(messageOf(HEADING + ROW.replace("iter_s,2.5", "iter_s," + value)))
                    .as(value)
                    .contains("measured_value (%s) must be from".formatted(value));
        }
    }

    @Test
    void aTableWithOtherSeparatorsIsToldOnce() throws Exception {
        assertThat(messageOf(HEADING.replace(',', ';') + ROW.replace(',', ';')))
                .contains("The heading has a single column.", "commas between cells")
                .doesNotContain("is missing");
    }

    @Test
    void aRateOfFlopNeedsABasisThatIsKnown() throws Exception {
        String heading = HEADING.replace("extra", "flop_basis");
        String rate = ROW.replace("iter_s,2.5", "mfu_pct,40");
        assertThat(run(heading + rate.replace("\"a, b\"", "\"causal , Hardware\""))
                        .basis())
                .isEqualTo(new FlopBasis(true, Attention.Mask.CAUSAL));
        assertThat(run(heading + rate.replace("\"a, b\"", "")).basis())
                .isEqualTo(new FlopBasis(false, Attention.Mask.FULL));
        assertThat(read(heading + rate.replace("\"a, b\"", "")).getFirst().remarks())
                .containsExactly("flop_basis is not stated: model, full taken");
        for (String unknown : List.of("\"a, b\"", "\"model, hardware\"", "\"causal, full\"")) {
            Measurement row = read(heading + rate.replace("\"a, b\"", unknown)).getFirst();
            assertThat(row.run()).as(unknown).isEmpty();
            assertThat(row.remarks()).singleElement().asString().contains("flop_basis");
        }
        // Seconds need none.
        assertThat(run(heading + ROW).job().precision()).isEqualTo(Precision.BF16);
    }

    private MeasuredRun run(String table) throws Exception {
        return read(table).getFirst().run().orElseThrow();
    }

    @Test
    void everyMalformedCellIsNamedWithItsPlace() {
        String bad = HEADING + ROW + ROW.replace(",32,2,1,4,", ",many,2.5,1,4,") + ROW.replace("full", "some");
        assertThat(messageOf(bad))
                .contains("runs.csv:3:")
                .contains("n_gpus (many) is no number")
                .contains("tp (2.5) must be a whole number from 1 to 16,384")
                .contains("runs.csv:4:")
                .contains("recompute (some) is not known.\n  Maybe none, selective or full.");
        // The cell begins behind 15 commas: counted by hand in the row above.
        assertThat(messageOf(HEADING + ROW.replace("2.5,100", "fast,100")))
                .contains("runs.csv:2:" + (ROW.indexOf("2.5,100") + 1) + ": measured_value (fast)");
    }

    @Test
    void whatIsNoTableIsAnErrorWithItsLine() {
        assertThat(messageOf(HEADING + ROW + "short,row\n")).contains("runs.csv:3:1: This row has 2 cells");
        assertThat(messageOf("id,stack\nx,y\n")).contains("The column (model) is missing");
        assertThat(messageOf("")).contains("The file is empty");
        assertThat(messageOf(HEADING + "\"open\n" + ROW)).contains("runs.csv:");
        assertThat(messageOf("id," + HEADING)).contains("(id) is there twice");
    }

    @Test
    void theShippedRunsAreRead() throws ProfileException {
        List<Measurement> rows = MeasurementReader.read(
                Path.of(System.getProperty("muster.home"), "cluster-profiles/measurements/runs.csv"),
                ShippedFiles.catalogue());
        assertThat(rows).hasSize(399);
        assertThat(rows.stream().filter(row -> row.run().isPresent())).hasSizeGreaterThan(350);
        assertThat(rows)
                .allSatisfy(row -> assertThat(
                                row.run().isPresent() || !row.remarks().isEmpty())
                        .isTrue());
    }

    private List<Measurement> read(String text) throws IOException, ProfileException {
        Path file = folder.resolve("runs.csv");
        Files.writeString(file, text);
        return MeasurementReader.read(file, ShippedFiles.catalogue());
    }

    private String messageOf(String text) {
        return catchThrowableOfType(ProfileException.class, () -> read(text)).getMessage();
    }
}
