package muster.planner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import muster.planner.benchmark.SearchSuite;
import muster.planner.benchmark.SearchSuite.Kind;
import muster.planner.benchmark.SearchSuite.Size;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/** The same seed and steps give the same bytes, but for {@code run}, on one core and on two and on every back end of the CPU. */
class SameBytesTest {
    private static final String STEPS = "400";

    @TempDir
    private Path folder;

    /** What a run is computed with. */
    private record Machine(int cores, String backend, int bits) {
        @Override
        public String toString() {
            return "%d cores, %s %d".formatted(cores, backend, bits);
        }
    }

    private static final Machine PLAIN = new Machine(1, "scalar", 64);

    @Test
    void oneCoreAndTwoScalarAndVector() throws Exception {
        compare(Size.SMALL, Kind.MODELLED, List.of(new Machine(2, "vector", 0)));
    }

    @Test
    @Tag("long")
    void everyKindOnEveryMachine() throws Exception {
        List<Machine> machines = List.of(
                new Machine(2, "scalar", 64),
                new Machine(1, "vector", 128),
                new Machine(2, "vector", 256),
                new Machine(2, "vector", 0));
        for (Size size : List.of(Size.TINY, Size.SMALL, Size.MIDDLE)) {
            for (Kind kind : Kind.values()) {
                compare(size, kind, machines);
            }
        }
    }

    private void compare(Size size, Kind kind, List<Machine> machines) throws Exception {
        Path file = folder.resolve(size.word() + "-" + kind.word() + ".yaml");
        Files.writeString(file, SearchSuite.text(size, kind, 1));
        String plain = plan(file, PLAIN);
        for (Machine machine : machines) {
            assertThat(plan(file, machine))
                    .as("%s on %s", file.getFileName(), machine)
                    .isEqualTo(plain);
        }
        System.out.printf(
                "%s %s: the same %,d bytes on %s and on %s.%n",
                size.word(), kind.word(), plain.length(), PLAIN, machines);
    }

    /** {@return the plan as JSON without {@code run}, from a JVM of its own} */
    private String plan(Path file, Machine machine) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "--add-modules",
                "jdk.incubator.vector",
                "-XX:ActiveProcessorCount=" + machine.cores(),
                "-XX:+UseSerialGC",
                "-Dmuster.home=" + System.getProperty("muster.home"),
                "-cp",
                System.getProperty("java.class.path")));
        if (machine.bits() > 64) {
            command.add("-Dmuster.vectorBits=" + machine.bits());
        }
        command.addAll(List.of(
                "muster.planner.cli.Muster",
                "plan",
                file.toString(),
                "-o",
                "json",
                "--steps",
                STEPS,
                "--backend",
                machine.backend()));
        Path out = folder.resolve("out.json");
        Path err = folder.resolve("err.txt");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES))
                .as("%s within 5 minutes", file)
                .isTrue();
        assertThat(process.exitValue())
                .as("%s on %s: %s", file, machine, Files.readString(err))
                .isIn(0, 3);
        ObjectNode tree = (ObjectNode) new ObjectMapper().readTree(Files.readString(out));
        ObjectNode run = (ObjectNode) tree.remove("run");
        assertThat(run.get("backend").stringValue()).isEqualTo(machine.backend());
        assertThat(run.get("reproducible").booleanValue()).isTrue();
        return tree.toPrettyString();
    }
}
