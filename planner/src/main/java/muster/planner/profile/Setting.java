package muster.planner.profile;

/**
 * A value that the command line sets in a scenario.
 *
 * @param path keys and names of list items, joined by dots: {@code pools.h800.rent}
 * @param value parsed as in YAML
 */
public record Setting(String path, String value) {
    /**
     * {@return the setting of a text such as {@code limits.deadline=70 d}}
     *
     * @throws IllegalArgumentException if the text is no such pair; the message says how to write one
     */
    public static Setting parse(String text) {
        int equals = text.indexOf('=');
        String path = equals < 0 ? text.strip() : text.substring(0, equals).strip();
        if (equals < 0 || path.isEmpty() || path.startsWith(".") || path.endsWith(".") || path.contains("..")) {
            throw new IllegalArgumentException("""
                    The setting (%s) is not of the form path=value.
                      Maybe 'limits.deadline=70 d', in single quotes.""".formatted(Shown.text(text)));
        }
        return new Setting(path, text.substring(equals + 1));
    }

    /** How problems and messages name it. */
    String shown() {
        return "--set " + Shown.text(path);
    }
}
