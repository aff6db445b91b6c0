package muster.planner.report;

/**
 * Names and sources come from files that anyone may have written; a terminal obeys control characters in them. Here
 * they become visible text.
 */
public final class Printable {
    private Printable() {}

    /** {@return the text on one line, with every character that a terminal would obey, reorder by or hide as backslash-u} */
    public static String of(String text) {
        if (text.codePoints().allMatch(Printable::isHarmless)) {
            return text;
        }
        StringBuilder printable = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(codePoint -> {
            if (isHarmless(codePoint)) {
                printable.appendCodePoint(codePoint);
            } else {
                printable.append("\\u").append(hexadecimal(codePoint));
            }
        });
        return printable.toString();
    }

    static boolean isHarmless(int codePoint) {
        if (codePoint >= ' ' && codePoint < 0x7f) {
            return true;
        }
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT, // among them the overrides of writing direction
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    private static String hexadecimal(int codePoint) {
        String digits = Integer.toHexString(codePoint);
        return "0".repeat(Math.max(0, 4 - digits.length())) + digits;
    }
}
