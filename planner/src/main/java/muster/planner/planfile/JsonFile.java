package muster.planner.planfile;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import muster.planner.profile.FileTrouble;
import muster.planner.profile.Problem;
import muster.planner.profile.ProfileException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/** Reads a JSON file that nobody vouches for: its size, depth, count of values and length of numbers are bounded. */
final class JsonFile {
    static final int MOST_BYTES = 50_000_000;
    static final int MOST_DEPTH = 100;
    static final int MOST_VALUES = 2_000_000;
    private static final int LONGEST_NUMBER = 400;

    /** No plan has such numbers; written out they would fill the memory, and their ratios are no doubles. */
    private static final int LARGEST_EXPONENT = 150;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MOST_DEPTH)
                    .maxTokenCount(2L * MOST_VALUES)
                    .maxNumberLength(LONGEST_NUMBER)
                    .maxStringLength(MOST_BYTES)
                    .maxNameLength(1_000)
                    .build())
            .build();

    private final String shownAs;
    private final JsonParser parser;
    private int values;

    private JsonFile(String shownAs, JsonParser parser) {
        this.shownAs = shownAs;
        this.parser = parser;
    }

    /**
     * {@return the file's only value}
     *
     * @throws ProfileException if it cannot be read, is not JSON, or passes a bound
     */
    static JsonValue read(Path file) throws ProfileException {
        return parse(bytes(file), file.toString());
    }

    static JsonValue parse(byte[] bytes, String shownAs) throws ProfileException {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), bytes)) {
            JsonFile file = new JsonFile(shownAs, parser);
            if (parser.nextToken() == null) {
                throw refused(shownAs, new JsonValue.Place(1, 1), "The file is empty.", Optional.empty());
            }
            JsonValue value = file.value();
            if (parser.nextToken() != null) {
                throw refused(
                        shownAs,
                        place(parser.currentTokenLocation()),
                        "Something follows the end of the JSON value.",
                        Optional.of("the file holds several values, one a line: keep one."));
            }
            return value;
        } catch (StreamConstraintsException bound) {
            throw refused(shownAs, place(bound.getLocation()), bounded(bound), Optional.empty());
        } catch (JacksonException malformed) {
            throw refused(
                    shownAs,
                    place(malformed.getLocation()),
                    "This is not JSON: %s.".formatted(firstSentence(String.valueOf(malformed.getOriginalMessage()))),
                    Optional.of("`muster plan SCENARIO -o json --out-file plan.json` writes a plan file."));
        }
    }

    /** {@return which bound was passed; the library names settings of its own that no user can change} */
    private static String bounded(StreamConstraintsException bound) {
        String message = String.valueOf(bound.getOriginalMessage());
        if (message.contains("nesting depth")) {
            return "The JSON is nested deeper than %d levels.".formatted(MOST_DEPTH);
        } else if (message.contains("Number value length")) {
            return "A number is longer than %d characters.".formatted(LONGEST_NUMBER);
        } else if (message.contains("Token count")) {
            return tooMany();
        }
        return "A text or a name in the file is longer than is read.";
    }

    private static String tooMany() {
        return "The file holds more than %,d values.".formatted(MOST_VALUES);
    }

    private static String firstSentence(String message) {
        String line = message.lines().findFirst().orElse("").strip();
        return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    }

    private JsonValue value() throws ProfileException {
        JsonValue.Place place = place(parser.currentTokenLocation());
        if (++values > MOST_VALUES) {
            throw refused(shownAs, place, tooMany(), Optional.empty());
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                Map<String, JsonValue> members = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    members.put(name, value());
                }
                yield new JsonValue.Group(place, members);
            }
            case START_ARRAY -> {
                List<JsonValue> items = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(value());
                }
                yield new JsonValue.Items(place, items);
            }
            case VALUE_STRING -> new JsonValue.Text(place, parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonValue.Amount(place, number(place));
            case VALUE_TRUE, VALUE_FALSE -> new JsonValue.Truth(place, parser.getBooleanValue());
            default -> new JsonValue.Nothing(place);
        };
    }

    private BigDecimal number(JsonValue.Place place) throws ProfileException {
        Optional<BigDecimal> value = decimal(parser.getString()).filter(JsonFile::isInRange);
        if (value.isEmpty()) {
            throw refused(shownAs, place, "The number is out of range.", Optional.empty());
        }
        return value.get();
    }

    private static Optional<BigDecimal> decimal(String text) {
        try {
            return Optional.of(new BigDecimal(text));
        } catch (NumberFormatException exponentOfManyDigits) {
            return Optional.empty();
        }
    }

    private static boolean isInRange(BigDecimal value) {
        return Math.abs((long) value.precision() - value.scale()) <= LARGEST_EXPONENT
                && Math.abs((long) value.scale()) <= LARGEST_EXPONENT + LONGEST_NUMBER;
    }

    /** {@return the first character that is no space; a space where there is none} */
    static char firstCharacter(Path file) throws ProfileException {
        byte[] bytes = bytes(file);
        boolean marked = bytes.length >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB;
        for (int index = marked ? 3 : 0; index < bytes.length; index++) {
            if (!Character.isWhitespace(bytes[index])) {
                return (char) bytes[index];
            }
        }
        return ' ';
    }

    private static byte[] bytes(Path file) throws ProfileException {
        JsonValue.Place start = new JsonValue.Place(1, 1);
        String shownAs = file.toString();
        try {
            Optional<FileTrouble> trouble = FileTrouble.reaching(file);
            if (trouble.isPresent()) {
                throw refused(
                        shownAs,
                        start,
                        "The file " + trouble.get().said(),
                        trouble.get().maybe());
            }
            if (Files.isDirectory(file)) {
                throw refused(shownAs, start, "This is a folder, not a file.", Optional.empty());
            }
            if (!Files.isRegularFile(file)) {
                throw refused(shownAs, start, "This is not a regular file.", Optional.of("copy its content to one."));
            }
            try (InputStream stream = Files.newInputStream(file)) {
                byte[] bytes = stream.readNBytes(MOST_BYTES + 1);
                if (bytes.length > MOST_BYTES) {
                    throw refused(
                            shownAs,
                            start,
                            "The file has more than %,d bytes.".formatted(MOST_BYTES),
                            Optional.of("this is not the file you meant."));
                }
                return bytes;
            }
        } catch (IOException e) {
            throw refused(
                    shownAs, start, "The file cannot be read: %s.".formatted(FileTrouble.reason(e)), Optional.empty());
        }
    }

    private static JsonValue.Place place(TokenStreamLocation location) {
        return location == null
                ? new JsonValue.Place(1, 1)
                : new JsonValue.Place(Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
    }

    private static ProfileException refused(
            String shownAs, JsonValue.Place place, String message, Optional<String> maybe) {
        return new ProfileException(List.of(new Problem(shownAs, place.line(), place.column(), message, maybe)));
    }
}
