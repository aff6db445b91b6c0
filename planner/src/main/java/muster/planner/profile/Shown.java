package muster.planner.profile;

/** Values as messages show them: on one line, printable, and never long. */
final class Shown {
    private static final int LONGEST = 60;

    private Shown() {}

    static String text(String raw) {
        int end = Math.min(raw.length(), LONGEST);
        StringBuilder shown = new StringBuilder();
        for (int index = 0; index < end; index++) {
            char character = raw.charAt(index);
            shown.append(Character.isISOControl(character) ? ' ' : character);
        }
        return raw.length() > LONGEST ? shown.append('…').toString() : shown.toString();
    }
}
