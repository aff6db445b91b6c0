package muster.planner.profile;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns a text such as {@code 14.8 T tokens} or {@code $2.00 /GPU/h} into a number of base units. */
final class QuantityText {
    /** Longer texts are no quantities; this also bounds the decimal arithmetic. */
    private static final int LONGEST = 100;

    private static final int LONGEST_EXPONENT = 3;

    private static final Pattern NUMBER = Pattern.compile("(\\d+(?:\\.\\d+)?)(?:[eE]([+-]?\\d+))?(.*)");
    private static final Pattern NOT_FINITE = Pattern.compile("(?i)[$]?[+-]?\\.?(nan|inf|infinity)\\b.*");
    private static final Pattern OTHER_BASE = Pattern.compile("(?i)[$]?0(x[0-9a-f]|o[0-7]|b[01]).*");
    private static final Pattern GROUPED = Pattern.compile("[$]?\\d{1,3}(?:[,_]\\d{3})+.*");
    /** Of $6, $2.00 and $0.07 in double quotes a shell leaves nothing, .00, and its own name with .07. */
    private static final Pattern SHELL_LEFTOVER = Pattern.compile(
            "(-?[\\w/]*sh(\\.\\d.*|\\s.*)?)|(\\.\\d.*)|([kMBT]?\\s*(USD)?\\s*(/\\s*(GPU|kWh|MWh|node).*)?)");

    private QuantityText() {}

    /** {@return the value in base units, within the dimension's range} */
    static double parse(String raw, Dimension dimension) throws QuantityException {
        return inRange(raw, exact(raw, dimension), dimension);
    }

    /** {@return the value in base units as written, in range or not} */
    static BigDecimal exact(String raw, Dimension dimension) throws QuantityException {
        String text = raw.strip();
        if (text.length() > LONGEST) {
            throw refused(raw, "is too long for " + dimension.description(), "write " + dimension.example() + ".");
        }
        Optional<BigDecimal> plain = plain(text, dimension);
        if (plain.isPresent()) {
            return plain.get();
        }
        boolean dollar = dimension.isMoney() && text.startsWith("$");
        String amount = dollar ? text.substring(1).strip() : text;
        refuseWhatIsNoNumber(raw, text, dimension);
        Matcher matcher = NUMBER.matcher(amount);
        if (!matcher.matches()) {
            throw noNumber(raw, text, dimension);
        }
        String exponent = Optional.ofNullable(matcher.group(2)).orElse("0");
        refuseHugeExponent(raw, exponent, dimension);
        String number = matcher.group(1) + (matcher.group(2) == null ? "" : "e" + exponent);
        String rest = matcher.group(3).strip();
        String unit = dollar ? withUsd(rest) : rest;
        BigDecimal factor = dimension.units().factor(unit).orElse(null);
        if (factor == null || dollar && rest.contains("USD")) {
            throw wrongUnit(raw, number, rest, dollar, dimension);
        }
        return new BigDecimal(number).multiply(factor);
    }

    /** What nearly all quantities look like, {@code 80 GB} or {@code $2.00 /GPU/h}; all else takes the long way. */
    private static Optional<BigDecimal> plain(String text, Dimension dimension) {
        boolean dollar = dimension.isMoney() && text.startsWith("$");
        int start = dollar ? 1 : 0;
        int end = start;
        int points = 0;
        while (end < text.length() && isDigitOrPoint(text.charAt(end))) {
            points += text.charAt(end) == '.' ? 1 : 0;
            end++;
        }
        boolean number = end > start && points <= 1 && text.charAt(start) != '.' && text.charAt(end - 1) != '.';
        String rest = text.substring(end).strip();
        if (!number || dollar && rest.contains("USD")) {
            return Optional.empty();
        }
        BigDecimal value = new BigDecimal(text.substring(start, end));
        return dimension.units().factor(dollar ? withUsd(rest) : rest).map(value::multiply);
    }

    private static boolean isDigitOrPoint(char character) {
        return character >= '0' && character <= '9' || character == '.';
    }

    /** Such numbers are out of every range, and would cost exact arithmetic all its memory. */
    private static void refuseHugeExponent(String raw, String exponent, Dimension dimension) throws QuantityException {
        if (exponent.replaceFirst("^[+-]?0*", "").length() > LONGEST_EXPONENT) {
            throw refused(
                    raw,
                    "is a number too %s; the range is %s"
                            .formatted(
                                    exponent.startsWith("-") ? "small" : "large",
                                    dimension.range().said()),
                    likeExample(dimension));
        }
    }

    private static double inRange(String raw, BigDecimal exact, Dimension dimension) throws QuantityException {
        Dimension.Range range = dimension.range();
        double value = exact.doubleValue();
        if (!range.holds(value)) {
            throw refused(raw, "is out of range: " + range.said(), likeExample(dimension));
        }
        if (range.whole() && exact.stripTrailingZeros().scale() > 0) {
            throw refused(raw, "must be a whole number", likeExample(dimension));
        }
        return value;
    }

    private static void refuseWhatIsNoNumber(String raw, String text, Dimension dimension) throws QuantityException {
        if (NOT_FINITE.matcher(text).matches()) {
            throw refused(raw, "is not a finite number", "write " + dimension.example() + ".");
        }
        if (text.startsWith("-") || text.startsWith("$-")) {
            throw refused(
                    raw,
                    "is negative; the range is " + dimension.range().said(),
                    ifReadable(text.replaceFirst("-", ""), dimension));
        }
        if (GROUPED.matcher(text).matches()) {
            String plain = text.replaceAll("(?<=\\d)[,_](?=\\d{3})", "");
            throw refused(raw, "has separators in its number", ifReadable(plain, dimension));
        }
        if (OTHER_BASE.matcher(text).matches()) {
            throw refused(raw, "does not start with a decimal number", "write " + dimension.example() + ".");
        }
    }

    /** {@return a way out that is not refused in its turn} */
    private static String ifReadable(String guess, Dimension dimension) {
        try {
            parse(guess, dimension);
            return guess + ".";
        } catch (QuantityException refusedToo) {
            return refusedToo.maybe().orElseGet(() -> likeExample(dimension));
        }
    }

    private static QuantityException noNumber(String raw, String text, Dimension dimension) {
        if (dimension.isMoney() && SHELL_LEFTOVER.matcher(text).matches()) {
            return refused(
                    raw,
                    "has lost the start of its number",
                    "the shell replaced $ and a digit by nothing: use single quotes, as in '%s'."
                            .formatted(dimension.example().split(",")[0]));
        }
        return refused(raw, "does not start with a number", "write " + dimension.example() + ".");
    }

    private static QuantityException wrongUnit(
            String raw, String number, String unit, boolean dollar, Dimension dimension) {
        String shownNumber = dollar ? "$" + number : number;
        if (unit.isEmpty() && !dollar) {
            return refused(raw, "has no unit; expected " + dimension.description(), guess(number, dimension));
        }
        Optional<String> near = dimension.units().near(dollar ? withUsd(unit) : unit);
        if (near.isPresent()) {
            String spelling = dollar ? near.get().replace("USD", "").strip() : near.get();
            return refused(
                    raw, "has an unknown unit (%s)".formatted(Shown.text(unit)), shownNumber + " " + spelling + ".");
        }
        if (dimension.isMoney()
                && !dollar
                && dimension.units().factor(withUsd(unit)).isPresent()) {
            return refused(
                    raw,
                    "has no currency",
                    "$%s %s; on a command line in single quotes, else the shell replaces $%s."
                            .formatted(number, unit, number.charAt(0)));
        }
        String whose = Dimension.of(dollar ? withUsd(unit) : unit)
                .map(other -> "is %s; expected %s".formatted(other.description(), dimension.description()))
                .orElse("has an unknown unit (%s); expected %s".formatted(Shown.text(unit), dimension.description()));
        return refused(raw, whose, "write it like " + dimension.example() + ".");
    }

    /** The number with the units of the example. */
    private static String guess(String number, Dimension dimension) {
        if (dimension.isMoney()) {
            String unit =
                    dimension == Dimension.MONEY ? "" : dimension.example().replaceFirst("[^ ]+", "");
            return dimension == Dimension.MONEY
                    ? "$%s M, or $%s.".formatted(number, number)
                    : "$" + number + unit + "; on a command line in single quotes.";
        }
        String[] examples = dimension.example().split(", or ");
        StringBuilder guess = new StringBuilder();
        for (String example : examples) {
            guess.append(guess.isEmpty() ? "" : ", or ").append(number).append(example.replaceFirst("^[0-9.]+", ""));
        }
        return guess.append('.').toString();
    }

    /** What stands after a dollar amount, in the spelling of the units: {@code M /x} becomes {@code MUSD/x}. */
    private static String withUsd(String rest) {
        int slash = rest.indexOf('/');
        return slash < 0 ? rest + "USD" : rest.substring(0, slash) + "USD" + rest.substring(slash);
    }

    private static String likeExample(Dimension dimension) {
        return "a value like " + dimension.example() + ".";
    }

    private static QuantityException refused(String raw, String what, String maybe) {
        return new QuantityException("(%s) %s.".formatted(Shown.text(raw), what), Optional.of(maybe));
    }
}
