package muster.planner.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code muster init [NAME]}: a commented scenario to start from. */
@Command(
        name = "init",
        description = "Writes a commented scenario to start from; it can be planned as it is.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "2:bad usage, or the file exists"},
        footer = {"", "Examples:", "  muster init my-run && muster plan my-run.yaml", "  muster init | less"})
final class InitCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            description = "write NAME.yaml, which must not exist; without it: to stdout")
    private String name;

    InitCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        if (name == null) {
            console.answer(template("My run", Path.of("")));
            return ExitCodes.DONE;
        }
        String stem = name.endsWith(".yaml") ? name.substring(0, name.length() - ".yaml".length()) : name;
        Path file = Path.of(stem + ".yaml");
        String title = file.getFileName().toString().replaceFirst("[.]yaml$", "");
        if (!title.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
            throw new BadInput(
                    "The name (%s) has other characters than letters, digits, dot, dash and underscore."
                            .formatted(name),
                    Optional.of(console.command() + " init my-run"));
        }
        new AtomicFile(file).check();
        try {
            Files.writeString(file, template(title, file), StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            throw new BadInput(
                    "The file (%s) exists and is left as it is.".formatted(file), Optional.of("choose another name."));
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw new CannotWrite(file, e);
        }
        console.complain(
                "Wrote %s. Plan it: %s plan %s".formatted(file, console.command(), Console.quoted(file.toString())));
        return ExitCodes.DONE;
    }

    private String template(String title, Path file) throws IOException, BadInput {
        try (InputStream resource = InitCommand.class.getResourceAsStream("init.yaml")) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("@SCHEMA@", schemaAsSeenFrom(file))
                    .replace("@TITLE@", "'" + title + "'");
        }
    }

    /** {@return the schema's path for the head line that editors read, where a space would end it} */
    private String schemaAsSeenFrom(Path file) throws BadInput {
        Path schema = console.catalogueFolder()
                .resolve("schemas/scenario.json")
                .toAbsolutePath()
                .normalize();
        Path folder = file.toAbsolutePath().normalize().getParent();
        String relative = (file.toString().isEmpty() ? file.toAbsolutePath() : folder)
                .relativize(schema)
                .toString()
                .replace('\\', '/');
        return relative.contains(" ") ? schema.toUri().toString() : relative;
    }
}
