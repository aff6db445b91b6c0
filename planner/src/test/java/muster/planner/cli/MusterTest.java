package muster.planner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MusterTest {
    @Test
    void helpIsAnAnswer() {
        Captured help = Captured.run("--help");
        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).contains("plan", "estimate", "catalog", "schema", "init", "completion", "Examples:");
        assertThat(help.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"plan", "estimate", "init", "catalog", "catalog list", "catalog show", "schema", "completion"})
    void everyCommandHelpsWithExamples(String command) {
        Captured help = Captured.run((command + " --help").split(" "));
        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).contains("Examples:", "muster " + command);
    }

    @Test
    void theVersionNamesTheJvm() {
        assertThat(Captured.run("--version").out()).startsWith("muster 0.").contains("JVM 25");
    }

    @Test
    void noCommandIsBadUsage() {
        assertBadUsage(
                Captured.run(),
                "No command given.",
                "Maybe one of plan, frontier, explain, diff, estimate, validate, claim, init");
    }

    @Test
    void aMistypedCommandGetsASuggestion() {
        assertBadUsage(Captured.run("plna", "x.yaml"), "There is no command (plna).", "Maybe you mean plan.");
    }

    @Test
    void aCommandThatDoesNotExistYetIsUnknown() {
        assertBadUsage(Captured.run("risk", "x.json"), "There is no command (risk).", "Maybe ");
    }

    @Test
    void anUnknownOptionGetsASuggestion() {
        assertBadUsage(Captured.run("plan", "x.yaml", "--sed", "1"), "'--sed'", "Maybe you mean", "--seed");
    }

    @Test
    void argumentsCannotCommandTheTerminal() {
        Captured run = Captured.run("\u001b[2Jplan");
        assertThat(run.err()).contains("\\u001b[2Jplan").doesNotContain("\u001b");
    }

    @Test
    void anAtSignIsNoFileOfArguments() {
        assertBadUsage(Captured.run("plan", "@missing.yaml"), "@missing.yaml");
    }

    @Test
    void completionIsABashScript() {
        assertThat(Captured.run("completion").out()).startsWith("#!").contains("--fail-if");
    }

    @Test
    void aReaderThatWentAwayIsNoError() {
        assertThat(runInto(failing("Broken pipe")).exitCode()).isZero();
    }

    @Test
    void aFullDiskIsAnError() {
        Captured run = runInto(failing("No space left on device"));
        assertThat(run.exitCode()).isEqualTo(ExitCodes.INTERNAL_ERROR);
        assertThat(run.err()).isEqualTo("The answer cannot be written to stdout: No space left on device\n");
    }

    private static void assertBadUsage(Captured run, String... words) {
        assertThat(run.exitCode()).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(words);
    }

    private static OutputStream failing(String message) {
        return new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                throw new IOException(message);
            }
        };
    }

    private static Captured runInto(OutputStream out) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exitCode = Muster.run(
                new String[] {"--version"},
                new Console(out, new PrintStream(err, true, StandardCharsets.UTF_8), Map.of(), Map.of()));
        return new Captured(exitCode, "", err.toString(StandardCharsets.UTF_8));
    }
}
