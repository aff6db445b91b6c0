package muster.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher on a tree of its own, with a java and a mvnw that are shell scripts: nothing real is built. */
class LauncherTest {
    private static final String FAKE_JAVA = """
            #!/bin/sh
            case " $* " in *AOTCacheOutput*) exit 0 ;; esac
            echo 'WARNING: Using incubator modules: jdk.incubator.vector' >&2
            while [ "$1" != muster.planner.cli.Muster ]; do flags="$flags $1"; shift; done
            shift
            case $1 in
                flags) echo "$flags" ;;
                self) echo "$0" ;;
                args) for arg in "$@"; do echo "<$arg>"; done ;;
                exit) echo 'WARNING: ours' >&2; printf 'no end of line' >&2; exit "$2" ;;
                wait)
                    trap 'echo stopped; echo last >&2; exit 6' "$2"
                    echo ready
                    while :; do sleep 0.05; done ;;
            esac
            """;
    private static final String FAKE_MVNW = """
            #!/bin/sh
            echo "$JAVA_HOME" >>builds
            [ ! -e slow ] || sleep 0.5
            mkdir -p planner/target
            [ ! -e broken ] || { echo '[ERROR] it does not compile'; exit 1; }
            mkdir -p planner/target/lib
            echo jar >planner/target/muster-planner.jar
            """;
    private static final List<String> TOOLS = List.of(
            "bash", "env", "find", "readlink", "dirname", "mkdir", "rmdir", "rm", "ln", "mv", "cat", "sleep", "kill");

    @TempDir
    private Path folder;

    private Path home;
    private Path system;
    private Path jdk;

    private record Result(int status, String out, String err) {}

    @BeforeEach
    void plantTree() throws IOException {
        assumeTrue(tool("bash") != null, "no bash on this machine");
        home = folder.resolve("a checkout with spaces");
        system = folder.resolve("system");
        for (String module : List.of("kernels", "planner")) {
            Files.createDirectories(home.resolve(module).resolve("src/main"));
            Files.writeString(home.resolve(module).resolve("pom.xml"), "");
        }
        Files.writeString(home.resolve("pom.xml"), "");
        String launcher = Files.readString(Path.of(System.getProperty("muster.home", ".."), "muster"));
        assertThat(launcher).contains("root=''");
        program(home.resolve("muster"), launcher.replace("root=''", "root='" + system + "'"));
        program(home.resolve("mvnw"), FAKE_MVNW);
        // A PATH of its own, lest a real java of this machine stand on it.
        Path tools = Files.createDirectories(folder.resolve("tools"));
        for (String name : TOOLS) {
            Path tool = tool(name);
            if (tool != null) {
                program(tools.resolve(name), "#!/bin/sh\nexec '" + tool + "' \"$@\"\n");
            }
        }
        jdk = plantJdk(system.resolve("usr/lib/jvm/some jdk"), "25.0.3");
    }

    @Test
    void buildsOnceWithTheJdkItFound() throws Exception {
        assertThat(run("self").err()).contains("building once");
        assertThat(run("self")).isEqualTo(new Result(0, jdk + "/bin/java\n", ""));
        assertThat(home.resolve("builds")).hasContent(jdk.toString());
    }

    @Test
    void buildsAgainWhenSourcesAreNewer() throws Exception {
        run("self");
        assertThat(run("self").err()).isEmpty();
        Instant built = Instant.now().minusSeconds(60);
        Files.setLastModifiedTime(home.resolve("planner/target/launcher/since"), FileTime.from(built));
        Files.writeString(home.resolve("kernels/src/main/New.java"), "");
        assertThat(run("self").err()).contains("building once");
        assertThat(Files.readAllLines(home.resolve("builds"))).hasSize(2);
    }

    @Test
    void aFailedBuildShowsMavenAndIsNotUsed() throws Exception {
        run("self");
        Files.writeString(home.resolve("broken"), "");
        Files.setLastModifiedTime(
                home.resolve("planner/target/launcher/since"),
                FileTime.from(Instant.now().minusSeconds(60)));
        Files.writeString(home.resolve("pom.xml"), "<new/>");
        for (int i = 0; i < 2; i++) {
            Result failed = run("self");
            assertThat(failed.status()).isEqualTo(1);
            assertThat(failed.out()).isEmpty();
            assertThat(failed.err()).contains("[ERROR] it does not compile").contains("the build failed");
        }
        Files.delete(home.resolve("broken"));
        assertThat(run("self").status()).isZero();
    }

    @Test
    void twoFirstStartsBuildOnce() throws Exception {
        Files.writeString(home.resolve("slow"), "");
        Process first = start(Map.of(), "self");
        Process second = start(Map.of(), "self");
        assertThat(finish(first).status()).isZero();
        assertThat(finish(second).status()).isZero();
        assertThat(Files.readAllLines(home.resolve("builds"))).hasSize(1);
        assertThat(Files.exists(home.resolve("planner/target/launcher/done"))).isTrue();
    }

    @Test
    void theLockOfADeadBuilderIsBroken() throws Exception {
        Process dead = new ProcessBuilder(tool("bash").toString(), "-c", "exit 0").start();
        dead.waitFor();
        Path state = Files.createDirectories(home.resolve("planner/target/launcher"));
        Files.createSymbolicLink(state.resolve("lock"), Path.of(Long.toString(dead.pid())));
        assertThat(run("self").status()).isZero();
        assertThat(Files.isSymbolicLink(state.resolve("lock"))).isFalse();
    }

    @Test
    void anInterruptedBuildIsRedone() throws Exception {
        Files.writeString(home.resolve("slow"), "");
        Process interrupted = start(Map.of(), "self");
        while (!Files.exists(home.resolve("builds"))) {
            Thread.sleep(10);
        }
        interrupted.toHandle().destroy(); // Process.destroy would close the streams we read
        assertThat(finish(interrupted).status()).isEqualTo(143);
        assertThat(Files.isSymbolicLink(home.resolve("planner/target/launcher/lock")))
                .isFalse();
        assertThat(run("self").err()).contains("building once");
    }

    @Test
    void javaHomeComesBeforePathAndPathBeforeFolders() throws Exception {
        Path named = plantJdk(folder.resolve("named"), "25");
        Path onPath = plantJdk(folder.resolve("on path"), "25.0.1");
        Files.createSymbolicLink(folder.resolve("tools/java"), onPath.resolve("bin/java"));
        assertThat(run(Map.of("JAVA_HOME", named.toString()), "self").out()).isEqualTo(named + "/bin/java\n");
        assertThat(run("self").out()).isEqualTo(onPath + "/bin/java\n");
        Files.delete(folder.resolve("tools/java"));
        assertThat(run("self").out()).isEqualTo(jdk + "/bin/java\n");
    }

    @Test
    void sdkmanAndMacFoldersAreSearched() throws Exception {
        Files.delete(jdk.resolve("release"));
        Path sdkman = plantJdk(folder.resolve(".sdkman/candidates/java/25-tem"), "25");
        assertThat(run("self").out()).isEqualTo(sdkman + "/bin/java\n");
        Path mac = plantJdk(system.resolve("Library/Java/JavaVirtualMachines/t-25.jdk/Contents/Home"), "25");
        assertThat(run("self").out()).isEqualTo(mac + "/bin/java\n");
    }

    @Test
    void otherVersionsDoNotDo() throws Exception {
        for (String version : List.of("17.0.15", "24.0.2", "26", "250", "2")) {
            plantJdk(jdk, version);
            Result none = run(Map.of("JAVA_HOME", jdk.toString()), "self");
            assertThat(none.status()).as(version).isEqualTo(2);
            assertThat(none.out()).isEmpty();
            assertThat(none.err().lines())
                    .singleElement()
                    .asString()
                    .contains("no JDK 25", "JAVA_HOME", "/usr/lib/jvm", "apt install");
        }
    }

    @Test
    void aRuntimeWithoutCompilerDoesOnceBuilt() throws Exception {
        run("self");
        Files.delete(jdk.resolve("bin/javac"));
        assertThat(run("self").status()).isZero();
        Files.delete(home.resolve("planner/target/launcher/done"));
        assertThat(run("self").status()).isEqualTo(2);
    }

    @Test
    void passesArgumentsAndFlagsUnchanged() throws Exception {
        run("self");
        assertThat(run("args", "a b", "", "*", "$HOME", "-x=\"y\"").out())
                .isEqualTo("<args>\n<a b>\n<>\n<*>\n<$HOME>\n<-x=\"y\">\n");
        assertThat(run("flags").out())
                .contains("--add-modules jdk.incubator.vector")
                .contains("-Dmuster.home=" + home)
                .contains("-Dmuster.stdout.terminal=false -Dmuster.stderr.terminal=false");
    }

    @Test
    void printsItsJavaCommandWhenAsked() throws Exception {
        run("self");
        Result printed = run(Map.of("MUSTER_PRINT_JAVA", "1"), "args", "a b", "");
        assertThat(printed.status()).isZero();
        Process typed = new ProcessBuilder(tool("bash").toString(), "-c", printed.out()).start();
        assertThat(finish(typed).out()).isEqualTo("<args>\n<a b>\n<>\n");
    }

    @Test
    void dropsTheJvmsLineOnlyAndKeepsTheExitCode() throws Exception {
        run("self");
        for (int status : List.of(0, 1, 3, 6, 137)) {
            assertThat(run("exit", Integer.toString(status)))
                    .isEqualTo(new Result(status, "", "WARNING: ours\nno end of line"));
        }
    }

    @Test
    void startsThroughALinkFromAnywhere() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("a checkout with spaces/muster"));
        run("self");
        Process process =
                process(Map.of(), link, "flags").directory(new File("/")).start();
        assertThat(finish(process).out()).contains("-Dmuster.home=" + home);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "HUP", "INT"})
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void signalsReachJavaOnceAndItsLastWordsAreKept(String signal) throws Exception {
        // A signal that whoever started us ignores, as nohup does with HUP, stays ignored below: no shell can trap it.
        assumeFalse(ignored().contains("SIG" + signal), "this process was started with " + signal + " ignored");
        run("self");
        Process process = start(Map.of(), "wait", signal);
        BufferedReader out = process.inputReader();
        assertThat(out.readLine()).isEqualTo("ready");
        new ProcessBuilder(tool("bash").toString(), "-c", "kill -" + signal + " " + process.pid())
                .start()
                .waitFor();
        assertThat(out.readLine()).isEqualTo("stopped");
        assertThat(out.readLine()).isNull();
        assertThat(finish(process)).isEqualTo(new Result(6, "", "last\n"));
    }

    /** {@return signals that processes of this one ignore from their start, as bash lists them} */
    private static String ignored() throws Exception {
        return finish(new ProcessBuilder(tool("bash").toString(), "-c", "trap").start())
                .out();
    }

    private Result run(String... arguments) throws Exception {
        return run(Map.of(), arguments);
    }

    private Result run(Map<String, String> environment, String... arguments) throws Exception {
        return finish(start(environment, arguments));
    }

    private Process start(Map<String, String> environment, String... arguments) throws IOException {
        return process(environment, home.resolve("muster"), arguments).start();
    }

    private ProcessBuilder process(Map<String, String> environment, Path launcher, String... arguments) {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", folder.resolve("tools").toString());
        builder.environment().put("HOME", folder.toString());
        builder.environment().putAll(environment);
        return builder;
    }

    /** Outputs are small: they fit the pipes. */
    private static Result finish(Process process) throws Exception {
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue(), all(process.inputReader()), all(process.errorReader()));
    }

    private static String all(BufferedReader reader) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int c = reader.read(); c >= 0; c = reader.read()) {
            text.append((char) c);
        }
        return text.toString();
    }

    private static Path plantJdk(Path jdk, String version) throws IOException {
        Files.createDirectories(jdk.resolve("bin"));
        program(jdk.resolve("bin/java"), FAKE_JAVA);
        program(jdk.resolve("bin/javac"), "#!/bin/sh\n");
        Files.writeString(jdk.resolve("release"), """
                IMPLEMENTOR="Nobody"
                JAVA_VERSION="%s"
                MODULES="java.base jdk.incubator.vector"
                """.formatted(version));
        return jdk;
    }

    private static void program(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardCharsets.UTF_8);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private static Path tool(String name) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }
}
