package muster.planner.cli;

import java.util.Optional;

/** Something that the user wrote cannot be used; ends in exit code 2. */
final class BadInput extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Optional<String> maybe;

    /** @param maybe a way out, without the word Maybe */
    BadInput(String message, Optional<String> maybe) {
        super(message);
        this.maybe = maybe;
    }

    Optional<String> maybe() {
        return maybe;
    }
}
