package muster.planner.planfile;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import muster.planner.domain.WrittenInputs;
import muster.planner.profile.NearestNames;
import muster.planner.profile.Problem;
import muster.planner.profile.ProfileException;

/** A plan file of format {@code muster/plan/1}, its parts there and of the right kind. */
public final class PlanFile {
    static final String FORMAT = "muster/plan/1";

    /** Parts that every plan of the format has, and whether they are lists. */
    private static final Map<String, Boolean> LIST_BY_PART = Map.of(
            "objective", false,
            "bound", false,
            "totals", false,
            "costs", false,
            "inputs", false,
            "fleet", true,
            "jobs", true,
            "limits", true);

    private final Path file;
    private final JsonValue.Group root;

    private PlanFile(Path file, JsonValue.Group root) {
        this.file = file;
        this.root = root;
    }

    /**
     * {@return the plan of a file}
     *
     * @throws ProfileException with all that is wrong with it
     */
    public static PlanFile read(Path file) throws ProfileException {
        return of(file, JsonFile.read(file));
    }

    static PlanFile of(Path file, JsonValue value) throws ProfileException {
        List<Problem> problems = new ArrayList<>();
        if (!(value instanceof JsonValue.Group root)) {
            problems.add(problem(
                    file,
                    value.place(),
                    "A plan is a JSON object, not %s.".formatted(value.shape()),
                    Optional.empty()));
            throw new ProfileException(problems);
        }
        checkFormat(file, root, problems);
        if (problems.isEmpty()) {
            checkParts(file, root, problems);
        }
        if (!problems.isEmpty()) {
            throw new ProfileException(problems);
        }
        return new PlanFile(file, root);
    }

    private static void checkFormat(Path file, JsonValue.Group root, List<Problem> problems) {
        Optional<JsonValue> format = root.find("format");
        Optional<String> written = root.findText("format");
        if (format.isEmpty()) {
            problems.add(problem(
                    file,
                    root.place(),
                    "This is no plan: it has no \"format\".",
                    Optional.of("`muster plan SCENARIO -o json --out-file plan.json` writes one.")));
        } else if (written.isEmpty() || !written.get().equals(FORMAT)) {
            String shown = written.map(text -> text.substring(0, Math.min(60, text.length())))
                    .orElseGet(format.get()::shape);
            problems.add(problem(
                    file,
                    format.get().place(),
                    "The format (%s) is not %s, the plans that this version reads.".formatted(shown, FORMAT),
                    wayOut(shown)));
        }
    }

    private static Optional<String> wayOut(String format) {
        if (format.startsWith("muster/plan/")) {
            return Optional.of("plan the scenario again with this version.");
        } else if (format.startsWith("muster/frontier/")) {
            return Optional.of("take the plan of one of its points: jq '.points[0].plan'.");
        }
        return format.startsWith("muster/")
                ? Optional.of("`muster plan SCENARIO -o json --out-file plan.json` writes a plan.")
                : NearestNames.maybe(format, List.of(FORMAT));
    }

    private static void checkParts(Path file, JsonValue.Group root, List<Problem> problems) {
        LIST_BY_PART.keySet().stream().sorted().forEach(part -> {
            Optional<JsonValue> value = root.find(part);
            boolean asList = LIST_BY_PART.get(part);
            String wanted = asList ? "a list" : "an object";
            if (value.isEmpty()) {
                problems.add(problem(
                        file,
                        root.place(),
                        "The plan has no \"%s\".".formatted(part),
                        Optional.of("the file was cut or edited: plan the scenario again.")));
            } else if (asList != value.get() instanceof JsonValue.Items
                    || !asList && !(value.get() instanceof JsonValue.Group)) {
                problems.add(problem(
                        file,
                        value.get().place(),
                        "\"%s\" must be %s, not %s."
                                .formatted(part, wanted, value.get().shape()),
                        Optional.of("the file was edited: plan the scenario again.")));
            }
        });
    }

    /** {@return whether a file can be read and begins with a brace; a scenario's YAML mostly does not} */
    public static boolean looksLikeJson(Path file) {
        try {
            return JsonFile.firstCharacter(file) == '{';
        } catch (ProfileException unreadable) {
            return false; // whoever reads it as what it should be says why
        }
    }

    /**
     * {@return the texts that the plan's scenario can be read from again}
     *
     * @throws ProfileException if the file does not keep them, as plans of earlier versions do not, or keeps them badly
     */
    public WrittenInputs written() throws ProfileException {
        JsonValue.Group inputs = (JsonValue.Group) root.find("inputs").orElseThrow();
        Optional<JsonValue> written = inputs.find("written");
        if (!(written.orElse(null) instanceof JsonValue.Group kept)) {
            throw new ProfileException(List.of(problem(
                    file,
                    written.orElse(inputs).place(),
                    "The plan does not keep the files that it was made from (inputs.written).",
                    Optional.of("it was written by an earlier version, or edited: plan the scenario again."))));
        }
        return new StoredTexts(file, kept).read();
    }

    /** {@return the hash of the plan's inputs; empty where the file has none} */
    public Optional<String> inputsHash() {
        return root.find("inputs").flatMap(inputs -> ((JsonValue.Group) inputs).findText("hash"));
    }

    /** {@return the version that wrote the plan; empty where the file does not say} */
    public Optional<String> version() {
        return root.find("run")
                .filter(JsonValue.Group.class::isInstance)
                .flatMap(run -> ((JsonValue.Group) run).findText("version"));
    }

    /** {@return a problem at the inputs, such as that they are not what they were} */
    public ProfileException refusedInputs(String message, String maybe) {
        JsonValue inputs = root.find("inputs").orElseThrow();
        return new ProfileException(List.of(problem(file, inputs.place(), message, Optional.of(maybe))));
    }

    private static Problem problem(Path file, JsonValue.Place place, String message, Optional<String> maybe) {
        return new Problem(file.toString(), place.line(), place.column(), message, maybe);
    }

    Path file() {
        return file;
    }

    JsonValue.Group root() {
        return root;
    }
}
