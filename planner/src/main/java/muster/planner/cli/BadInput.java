package muster.planner.cli;

import java.util.Optional;

/** Something that the user wrote cannot be used; ends in exit code 2. */
final class BadInput extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Optional<String> maybe;

    /** Refuses an empty name, which the system would take for the current folder. */
    static void refuseEmpty(String where, String name) throws BadInput {
        if (name.isEmpty()) {
            throw new BadInput(
                    "The file name given by %s is empty.".formatted(where),
                    Optional.of("a shell variable that should hold it is not set."));
        }
    }

    /** @param maybe a way out, without the word Maybe */
    BadInput(String message, Optional<String> maybe) {
        super(message);
        this.maybe = maybe;
    }

    Optional<String> maybe() {
        return maybe;
    }
}
