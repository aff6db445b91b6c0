package muster.planner.profile;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import muster.planner.domain.WrittenInputs;

/** Keeps what a scenario was read from, and opens it again as a catalogue that never looks at the disk. */
final class StoredInputs {
    private static final Path SHIPPED = Path.of("shipped");
    private static final Path OWN = Path.of("own");

    private StoredInputs() {}

    /** {@return the texts of a scenario's file and of the catalogue files that were read for it} */
    static WrittenInputs of(
            String file, String text, List<Setting> settings, CatalogueReading read, Catalogue catalogue)
            throws ProfileException {
        List<WrittenInputs.Entry> entries = new ArrayList<>();
        for (Path path : read.filesRead()) {
            String name = path.getFileName().toString();
            entries.add(new WrittenInputs.Entry(
                    catalogue.isOwn(path),
                    path.getParent().getFileName().toString(),
                    name.substring(0, name.length() - Catalogue.SUFFIX.length()),
                    path.toString(),
                    YamlText.read(path, path.toString())));
        }
        return new WrittenInputs(
                file,
                text,
                settings.stream()
                        .map(setting -> setting.path() + "=" + setting.value())
                        .toList(),
                entries,
                read.gpuNamesAsked());
    }

    /**
     * {@return the catalogue files that were kept}
     *
     * @throws ProfileException if an entry has a kind or a name that no catalogue has
     */
    static Catalogue catalogue(WrittenInputs written) throws ProfileException {
        Map<Path, ParsedFile> files = new HashMap<>();
        for (WrittenInputs.Entry entry : written.entries()) {
            boolean known = Arrays.stream(Catalogue.Kind.values())
                    .anyMatch(kind -> kind.folder().equals(entry.folder()));
            if (!known || !Catalogue.isName(entry.name())) {
                throw new ProfileException(List.of(new Problem(
                        written.file(),
                        1,
                        1,
                        "The stored entry (%s/%s) is none of a catalogue."
                                .formatted(Shown.text(entry.folder()), Shown.text(entry.name())),
                        Optional.of("the plan file was edited: plan the scenario again."))));
            }
            files.put(
                    (entry.own() ? OWN : SHIPPED).resolve(entry.folder()).resolve(entry.name() + Catalogue.SUFFIX),
                    ParsedFile.of(entry.text(), entry.file()));
        }
        return Catalogue.inMemory(SHIPPED, OWN, new ParsedFiles(files, TreeStore.EMPTY), written.gpuNames());
    }
}
