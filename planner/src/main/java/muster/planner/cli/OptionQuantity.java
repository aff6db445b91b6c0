package muster.planner.cli;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import muster.planner.profile.Quantities;
import muster.planner.profile.QuantityException;

/** Options that are quantities with a unit. */
final class OptionQuantity {
    private OptionQuantity() {}

    private interface Reader {
        double read(String text) throws QuantityException;
    }

    static OptionalDouble seconds(String option, String text) throws BadInput {
        return read(option, text, Quantities::seconds);
    }

    static OptionalDouble percent(String option, String text) throws BadInput {
        return read(option, text, Quantities::percent);
    }

    static OptionalLong seed(String option, String text) throws BadInput {
        if (text == null) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Quantities.seed(text));
        } catch (QuantityException e) {
            throw new BadInput("The option " + option + " " + e.getMessage(), e.maybe());
        }
    }

    private static OptionalDouble read(String option, String text, Reader reader) throws BadInput {
        if (text == null) {
            return OptionalDouble.empty();
        }
        try {
            return OptionalDouble.of(reader.read(text));
        } catch (QuantityException e) {
            throw new BadInput("The option " + option + " " + e.getMessage(), e.maybe());
        }
    }
}
