package muster.planner.profile;

import java.util.Optional;

/**
 * One thing wrong with a file or a setting, where it stands, and a way out where we can guess one.
 *
 * @param file as the user named it, or {@code --set PATH}
 * @param line from 1
 * @param column from 1, in characters
 * @param maybe what to write instead, without the word Maybe
 */
public record Problem(String file, int line, int column, String message, Optional<String> maybe) {
    @Override
    public String toString() {
        String place = "%s:%d:%d: %s".formatted(file, line, column, message);
        return maybe.map(text -> place + "\n  Maybe " + text).orElse(place);
    }
}
