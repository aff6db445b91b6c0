package muster.planner.report;

import java.io.StringWriter;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.JsonNode;

/**
 * JSON trees as text. It walks the tree itself: building an ObjectMapper would take longer than the whole report.
 */
final class JsonText {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private JsonText() {}

    /** {@return the tree indented by two spaces, with a newline at the end} */
    static String pretty(JsonNode tree) {
        StringWriter text = new StringWriter(1 << 14);
        try (JsonGenerator generator = FACTORY.createGenerator(new Indented(), text)) {
            write(tree, generator, false);
        }
        return withoutControls(text.append('\n').toString());
    }

    /** {@return the tree without white space and with sorted keys: the form that is hashed} */
    static String canonical(JsonNode tree) {
        StringWriter text = new StringWriter(1 << 14);
        try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            write(tree, generator, true);
        }
        return withoutControls(text.toString());
    }

    private static void write(JsonNode node, JsonGenerator generator, boolean sorted) {
        switch (node.getNodeType()) {
            case OBJECT -> {
                generator.writeStartObject();
                var names = node.propertyNames().stream();
                (sorted ? names.sorted() : names).forEachOrdered(name -> {
                    generator.writeName(name);
                    write(node.get(name), generator, sorted);
                });
                generator.writeEndObject();
            }
            case ARRAY -> {
                generator.writeStartArray();
                node.forEach(item -> write(item, generator, sorted));
                generator.writeEndArray();
            }
            case NUMBER -> generator.writeNumber(node.decimalValue());
            case STRING -> generator.writeString(node.stringValue());
            case BOOLEAN -> generator.writeBoolean(node.booleanValue());
            case NULL -> generator.writeNull();
            default -> throw new IllegalStateException("A report has no JSON of type " + node.getNodeType());
        }
    }

    /**
     * JSON allows DEL, the C1 controls and lone surrogates inside strings; terminals obey the first two and UTF-8 has
     * no third. They stand only inside strings, so escaping them anywhere in the text is escaping them there.
     */
    private static String withoutControls(String json) {
        if (json.chars().noneMatch(unit -> unit >= 0x7f && unit <= 0x9f || Character.isSurrogate((char) unit))) {
            return json;
        }
        StringBuilder text = new StringBuilder(json.length() + 16);
        json.codePoints().forEach(codePoint -> {
            if (codePoint >= 0x7f && codePoint <= 0x9f || codePoint >= 0xd800 && codePoint <= 0xdfff) {
                String digits = Integer.toHexString(codePoint);
                text.append("\\u").append("0".repeat(4 - digits.length())).append(digits);
            } else {
                text.appendCodePoint(codePoint);
            }
        });
        return text.toString();
    }

    private static final class Indented extends ObjectWriteContext.Base {
        private static final DefaultIndenter LINES = new DefaultIndenter("  ", "\n");

        @Override
        public PrettyPrinter getPrettyPrinter() {
            Separators separators = Separators.createDefaultInstance()
                    .withObjectNameValueSpacing(Separators.Spacing.AFTER)
                    .withObjectEmptySeparator("")
                    .withArrayEmptySeparator("");
            return new DefaultPrettyPrinter(separators)
                    .withObjectIndenter(LINES)
                    .withArrayIndenter(LINES);
        }
    }
}
