package muster.planner.profile;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The shipped files as parsed at an earlier start, so that reading the whole catalogue need not parse them again: in a
 * young JVM parsing takes most of the time. A file is known by its path, size and time of change. It is only a gain:
 * whatever is wrong with the store means parsing.
 */
final class TreeStore {
    /** To be raised whenever the trees or their bytes change. */
    private static final int VERSION = 0x4d540001;

    private static final int MOST_BYTES = 50_000_000;
    private static final byte SCALAR = 0;
    private static final byte PLAIN_SCALAR = 1;
    private static final byte SEQUENCE = 2;
    private static final byte MAPPING = 3;

    static final TreeStore EMPTY = new TreeStore(Map.of());

    private final Map<String, Kept> keptByPath;

    private TreeStore(Map<String, Kept> keptByPath) {
        this.keptByPath = keptByPath;
    }

    /** One file's bytes, not yet a tree. */
    private record Kept(long size, long changedMicros, ByteBuffer bytes) {}

    /** {@return what an earlier start left there; empty where nothing usable is} */
    static TreeStore read(Path store) {
        Map<String, Kept> kept = new HashMap<>();
        try {
            if (Files.size(store) > MOST_BYTES) {
                return EMPTY;
            }
            ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(store));
            if (in.getInt() != VERSION) {
                return EMPTY;
            }
            for (int left = in.getInt(); left > 0; left--) {
                String path = text(in);
                long size = in.getLong();
                long changed = in.getLong();
                int length = in.getInt();
                kept.put(path, new Kept(size, changed, in.slice(in.position(), length)));
                in.position(in.position() + length);
            }
            return new TreeStore(kept);
        } catch (IOException | RuntimeException unusable) {
            return EMPTY;
        }
    }

    /** {@return the file's tree, if it is the file that was parsed then} */
    Optional<ParsedFile> find(Path file) {
        Kept kept = keptByPath.get(file.toString());
        if (kept == null) {
            return Optional.empty();
        }
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            if (now.size() != kept.size() || changedMicros(now) != kept.changedMicros()) {
                return Optional.empty();
            }
            return Optional.of(new ParsedFile(
                    Optional.of((YamlNode.Mapping) node(kept.bytes().duplicate(), file.toString())), List.of()));
        } catch (IOException | RuntimeException unusable) {
            return Optional.empty();
        }
    }

    /** Keeps those files that were parsed without a problem. */
    static void write(Path store, Map<Path, ParsedFile> parsed) {
        try {
            Path fresh = Files.createTempFile(store.toAbsolutePath().getParent(), "trees", ".new");
            try {
                Files.write(fresh, bytes(parsed));
                Files.move(fresh, store, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException notKept) {
            // Such as a checkout that belongs to somebody else: the next start parses again.
            return;
        }
    }

    private static byte[] bytes(Map<Path, ParsedFile> parsed) throws IOException {
        ByteArrayOutputStream entries = new ByteArrayOutputStream(1 << 18);
        DataOutputStream out = new DataOutputStream(entries);
        int count = 0;
        for (Map.Entry<Path, ParsedFile> entry : parsed.entrySet()) {
            if (entry.getValue().problems().isEmpty()
                    && entry.getValue().mapping().isPresent()) {
                BasicFileAttributes attributes = Files.readAttributes(entry.getKey(), BasicFileAttributes.class);
                ByteArrayOutputStream tree = new ByteArrayOutputStream();
                write(entry.getValue().mapping().get(), new DataOutputStream(tree));
                write(entry.getKey().toString(), out);
                out.writeLong(attributes.size());
                out.writeLong(changedMicros(attributes));
                out.writeInt(tree.size());
                tree.writeTo(out);
                count++;
            }
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream(entries.size() + 8);
        DataOutputStream head = new DataOutputStream(all);
        head.writeInt(VERSION);
        head.writeInt(count);
        entries.writeTo(all);
        return all.toByteArray();
    }

    private static void write(YamlNode node, DataOutputStream out) throws IOException {
        switch (node) {
            case YamlNode.Scalar scalar -> {
                out.writeByte(scalar.plain() ? PLAIN_SCALAR : SCALAR);
                write(scalar.place(), out);
                write(scalar.text(), out);
            }
            case YamlNode.Sequence list -> {
                out.writeByte(SEQUENCE);
                write(list.place(), out);
                out.writeInt(list.items().size());
                for (YamlNode item : list.items()) {
                    write(item, out);
                }
            }
            case YamlNode.Mapping mapping -> {
                out.writeByte(MAPPING);
                write(mapping.place(), out);
                out.writeInt(mapping.entries().size());
                for (YamlNode.Entry entry : mapping.entries()) {
                    write(entry.key(), out);
                    write(entry.keyPlace(), out);
                    write(entry.value(), out);
                }
            }
        }
    }

    private static void write(Place place, DataOutputStream out) throws IOException {
        out.writeInt(place.line());
        out.writeInt(place.column());
    }

    /** One byte a character where that is enough: such texts are copied back without looking at them. */
    private static void write(String text, DataOutputStream out) throws IOException {
        boolean narrow = text.chars().allMatch(character -> character < 0x100);
        byte[] bytes = text.getBytes(narrow ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_16BE);
        out.writeInt(narrow ? bytes.length : -bytes.length);
        out.write(bytes);
    }

    private static YamlNode node(ByteBuffer in, String file) {
        byte kind = in.get();
        Place place = place(in, file);
        switch (kind) {
            case SCALAR, PLAIN_SCALAR -> {
                return new YamlNode.Scalar(place, text(in), kind == PLAIN_SCALAR);
            }
            case SEQUENCE -> {
                int size = in.getInt();
                List<YamlNode> items = new ArrayList<>();
                for (int index = 0; index < size; index++) {
                    items.add(node(in, file));
                }
                return new YamlNode.Sequence(place, items);
            }
            case MAPPING -> {
                int size = in.getInt();
                List<YamlNode.Entry> entries = new ArrayList<>();
                for (int index = 0; index < size; index++) {
                    entries.add(new YamlNode.Entry(text(in), place(in, file), node(in, file)));
                }
                return new YamlNode.Mapping(place, entries);
            }
            default -> throw new IllegalStateException("The store has no node of kind " + kind);
        }
    }

    private static Place place(ByteBuffer in, String file) {
        int line = in.getInt();
        return new Place(file, line, in.getInt(), false);
    }

    private static String text(ByteBuffer in) {
        int length = in.getInt();
        boolean narrow = length >= 0;
        int bytes = Math.abs(length);
        String text = new String(
                in.array(),
                in.arrayOffset() + in.position(),
                bytes,
                narrow ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_16BE);
        in.position(in.position() + bytes);
        return text;
    }

    private static long changedMicros(BasicFileAttributes attributes) {
        return attributes.lastModifiedTime().to(TimeUnit.MICROSECONDS);
    }
}
