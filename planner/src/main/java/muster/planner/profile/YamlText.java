package muster.planner.profile;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads a file's text without trusting it: regular files only, bounded size, UTF-8, printable characters. */
final class YamlText {
    static final int MOST_BYTES = 10_000_000;
    /** The scanner's time grows with the square of a token's length, and tokens end with their line. */
    static final int LONGEST_LINE = 100_000;

    private static final int MOST_NEIGHBOURS = 10_000;

    private YamlText() {}

    static String read(Path file, String shownAs) throws ProfileException {
        return read(file, shownAs, Optional.empty());
    }

    /** @param otherwise a way out where the file is missing and none beside it has a similar name */
    static String read(Path file, String shownAs, Optional<String> otherwise) throws ProfileException {
        return decode(bytes(file, shownAs, otherwise), shownAs);
    }

    private static byte[] bytes(Path file, String shownAs, Optional<String> otherwise) throws ProfileException {
        try {
            Optional<FileTrouble> trouble = FileTrouble.reaching(file);
            if (trouble.isPresent()) {
                throw refused(trouble.get(), file, shownAs, otherwise);
            }
            if (Files.isDirectory(file)) {
                throw refused(shownAs, 1, 1, "This is a folder, not a file.", Optional.empty());
            }
            if (!Files.isRegularFile(file)) {
                throw refused(shownAs, 1, 1, "This is not a regular file.", Optional.of("copy its content to one."));
            }
            if (Files.size(file) > MOST_BYTES) {
                throw tooLarge(shownAs, Files.size(file));
            }
            try (InputStream stream = Files.newInputStream(file)) {
                // The size above may be stale or a lie, as it is for files under /proc.
                byte[] bytes = stream.readNBytes(MOST_BYTES + 1);
                if (bytes.length > MOST_BYTES) {
                    throw tooLarge(shownAs, bytes.length);
                }
                return bytes;
            }
        } catch (IOException e) {
            throw refused(FileTrouble.of(file, e), file, shownAs, otherwise);
        }
    }

    private static ProfileException refused(
            FileTrouble trouble, Path file, String shownAs, Optional<String> otherwise) {
        return refused(
                shownAs,
                1,
                1,
                "The file " + trouble.said(),
                trouble.isMissing() ? neighbour(file, shownAs).or(() -> otherwise) : trouble.maybe());
    }

    /** The file beside it that was meant. */
    private static Optional<String> neighbour(Path file, String shownAs) {
        Optional<String> near = Optional.empty();
        if (Files.isRegularFile(Path.of(shownAs + ".yaml"))) {
            near = Optional.of(shownAs + ".yaml.");
        } else if (file.toAbsolutePath().getParent() != null && file.getFileName() != null) {
            try (Stream<Path> beside = Files.list(file.toAbsolutePath().getParent())) {
                List<String> names = beside.filter(Files::isRegularFile)
                        .limit(MOST_NEIGHBOURS)
                        .map(path -> path.getFileName().toString())
                        .toList();
                near = NearestNames.near(file.getFileName().toString(), names).stream()
                        .findFirst()
                        .map(name -> file.resolveSibling(name) + ".");
            } catch (IOException nothingToGuessFrom) {
                near = Optional.empty();
            }
        }
        return near;
    }

    private static String decode(byte[] bytes, String shownAs) throws ProfileException {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(in, out, true);
        String text = out.flip().toString();
        if (result.isError()) {
            throw at(
                    text,
                    text.length(),
                    shownAs,
                    "The byte 0x%02X is not valid UTF-8.".formatted(in.get(in.position()) & 0xFF),
                    Optional.of("save the file as UTF-8."));
        }
        return checked(text.startsWith("\uFEFF") ? text.substring(1) : text, shownAs);
    }

    /** Refuses characters that YAML does not allow, and that would hide in a terminal. */
    static String checked(String text, String shownAs) throws ProfileException {
        int lineStart = 0;
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            if (character >= ' ' && character < 0x7f && index - lineStart < LONGEST_LINE) {
                continue; // almost all of them; a whole catalogue passes through here at every start
            }
            if (character == '\n' || character == '\r') {
                lineStart = index + 1;
            } else if (index - lineStart >= LONGEST_LINE) {
                throw at(
                        text,
                        lineStart,
                        shownAs,
                        "This line is longer than %,d characters.".formatted(LONGEST_LINE),
                        Optional.empty());
            }
            boolean allowed = character == '\n'
                    || character == '\r'
                    || character == '\t'
                    || character == '\u0085'
                    || !(Character.isISOControl(character) || character == '\uFEFF' || character >= '\uFFFE');
            boolean loneSurrogate = Character.isSurrogate(character) && !paired(text, index);
            if (!allowed || loneSurrogate) {
                throw at(
                        text,
                        index,
                        shownAs,
                        "The character U+%04X is not allowed in YAML.".formatted((int) character),
                        Optional.empty());
            }
        }
        return text;
    }

    private static boolean paired(String text, int index) {
        return Character.isHighSurrogate(text.charAt(index))
                ? index + 1 < text.length() && Character.isLowSurrogate(text.charAt(index + 1))
                : index > 0 && Character.isHighSurrogate(text.charAt(index - 1));
    }

    private static ProfileException tooLarge(String shownAs, long size) {
        return refused(
                shownAs,
                1,
                1,
                "The file has %,d bytes; at most %,d are read.".formatted(size, MOST_BYTES),
                Optional.of("this is not the file you meant."));
    }

    private static ProfileException at(String text, int index, String shownAs, String message, Optional<String> maybe) {
        int line = 1
                + (int) text.substring(0, index).chars().filter(c -> c == '\n').count();
        int lineStart = text.lastIndexOf('\n', index - 1) + 1;
        return refused(shownAs, line, 1 + text.codePointCount(lineStart, index), message, maybe);
    }

    private static ProfileException refused(
            String shownAs, int line, int column, String message, Optional<String> maybe) {
        return new ProfileException(List.of(new Problem(shownAs, line, column, message, maybe)));
    }
}
