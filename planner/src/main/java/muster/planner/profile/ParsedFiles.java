package muster.planner.profile;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Files that were parsed side by side, before any of them is read; any other is taken from a store or parsed when it is
 * asked for.
 */
record ParsedFiles(Map<Path, ParsedFile> byPath, TreeStore others) {
    static final ParsedFiles NONE = new ParsedFiles(Map.of(), TreeStore.EMPTY);

    /** {@return none parsed before they are asked for, but the store's then not parsed at all} */
    static ParsedFiles whenAsked(Optional<Path> store) {
        return new ParsedFiles(Map.of(), store.map(TreeStore::read).orElse(TreeStore.EMPTY));
    }

    /**
     * {@return all of these files}
     *
     * @param store where files may be found as parsed before
     * @param keep whether these are all the files of the store, to be left for the next start if any was parsed now
     */
    static ParsedFiles of(List<Path> files, Optional<Path> store, boolean keep) {
        TreeStore kept = store.map(TreeStore::read).orElse(TreeStore.EMPTY);
        AtomicBoolean anyParsed = new AtomicBoolean();
        List<ParsedFile> parsed = files.parallelStream()
                .map(file -> kept.find(file).orElseGet(() -> {
                    anyParsed.set(true);
                    return ParsedFile.of(file);
                }))
                .toList();
        Map<Path, ParsedFile> byPath = HashMap.newHashMap(files.size());
        for (int index = 0; index < files.size(); index++) {
            byPath.put(files.get(index), parsed.get(index));
        }
        if (keep && anyParsed.get()) {
            store.ifPresent(file -> TreeStore.write(file, byPath));
        }
        return new ParsedFiles(byPath, kept);
    }

    boolean has(Path file) {
        return byPath.containsKey(file);
    }

    /** {@return those of one folder, sorted} */
    List<Path> listed(Path folder) {
        return byPath.keySet().stream()
                .filter(file -> folder.equals(file.getParent()))
                .sorted()
                .toList();
    }

    ParsedFile get(Path file) {
        ParsedFile parsed = byPath.get(file);
        return parsed == null ? others.find(file).orElseGet(() -> ParsedFile.of(file)) : parsed;
    }
}
