package muster.planner.cli;

import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** When text may carry colour. */
enum ColourChoice {
    AUTO,
    ALWAYS,
    NEVER;

    /** {@return whether to colour; left to itself only on a terminal that wants it} */
    boolean applies(Console console) {
        return switch (this) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO ->
                console.stdoutIsTerminal()
                        && console.environment("NO_COLOR").isEmpty()
                        && console.environment("TERM").filter("dumb"::equals).isEmpty();
        };
    }

    /** Reads the word of the option. */
    static final class Converter implements ITypeConverter<ColourChoice> {
        @Override
        public ColourChoice convert(String word) {
            for (ColourChoice choice : values()) {
                if (choice.name().toLowerCase(Locale.ROOT).equals(word)) {
                    return choice;
                }
            }
            throw new TypeConversionException(
                    "(%s) is no choice of colour; auto, always and never are.".formatted(word));
        }
    }
}
