package muster.planner.planfile;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import muster.planner.domain.WrittenInputs;
import muster.planner.profile.Problem;
import muster.planner.profile.ProfileException;

/** Reads the texts that a plan file keeps, {@code inputs.written}; all that is wrong is told at once. */
final class StoredTexts {
    private static final String PATH = "inputs.written";

    private final Path planFile;
    private final JsonValue.Group written;
    private final List<Problem> problems = new ArrayList<>();

    StoredTexts(Path planFile, JsonValue.Group written) {
        this.planFile = planFile;
        this.written = written;
    }

    WrittenInputs read() throws ProfileException {
        String file = fileName(written, PATH);
        String text = text(written, "text", PATH);
        List<String> settings = texts("settings");
        List<WrittenInputs.Entry> entries = new ArrayList<>();
        List<JsonValue> items = items("entries");
        for (int index = 0; index < items.size(); index++) {
            String path = PATH + ".entries." + index;
            if (items.get(index) instanceof JsonValue.Group entry) {
                entries.add(new WrittenInputs.Entry(
                        entry.find("own").orElse(null) instanceof JsonValue.Truth own && own.value(),
                        text(entry, "folder", path),
                        text(entry, "name", path),
                        fileName(entry, path),
                        text(entry, "text", path)));
            } else {
                refuse(items.get(index), path + " must be an object, not %s.");
            }
        }
        List<String> gpuNames = texts("gpuNames");
        if (!problems.isEmpty()) {
            throw new ProfileException(problems);
        }
        return new WrittenInputs(file, text, settings, entries, gpuNames);
    }

    private List<JsonValue> items(String key) {
        Optional<JsonValue> value = written.find(key);
        if (value.orElse(null) instanceof JsonValue.Items list) {
            return list.items();
        }
        refuse(value.orElse(written), PATH + "." + key + " must be a list, not %s.");
        return List.of();
    }

    private List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        for (JsonValue item : items(key)) {
            if (item instanceof JsonValue.Text text) {
                texts.add(text.text());
            } else {
                refuse(item, PATH + "." + key + " must hold texts, not %s.");
            }
        }
        return texts;
    }

    private String text(JsonValue.Group group, String key, String path) {
        Optional<String> text = group.findText(key);
        if (text.isEmpty()) {
            JsonValue found = group.find(key).orElse(group);
            refuse(found, path + "." + key + (found == group ? " is missing." : " must be a text, not %s."));
        }
        return text.orElse("");
    }

    /** The name of a file that is not looked at; still it must be one. */
    private String fileName(JsonValue.Group group, String path) {
        String name = text(group, "file", path);
        try {
            if (group.findText("file").isPresent() && Path.of(name).getFileName() == null) {
                refuse(group.find("file").orElseThrow(), path + ".file is the name of no file.");
            }
        } catch (InvalidPathException noPath) {
            refuse(group.find("file").orElseThrow(), path + ".file is the name of no file.");
        }
        return name;
    }

    private void refuse(JsonValue value, String message) {
        problems.add(new Problem(
                planFile.toString(),
                value.place().line(),
                value.place().column(),
                message.contains("%s") ? message.formatted(value.shape()) : message,
                Optional.of("the file was edited: plan the scenario again.")));
    }
}
