package muster.planner.cli;

import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** For people, or for programs. */
enum OutputFormat {
    TEXT,
    JSON,
    /** A table for spreadsheets, where a command has it. */
    CSV,
    /** Markdown, where a command has it. */
    MD,
    /** One page for a browser, where a command has it. */
    HTML;

    /** Reads the word of the option. */
    static final class Converter implements ITypeConverter<OutputFormat> {
        @Override
        public OutputFormat convert(String word) {
            for (OutputFormat format : values()) {
                if (format.name().toLowerCase(Locale.ROOT).equals(word)) {
                    return format;
                }
            }
            throw new TypeConversionException(
                    "(%s) is no output format; text and json are, and csv, md and html where a command has them."
                            .formatted(word));
        }
    }
}
