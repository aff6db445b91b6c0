package muster.planner.profile;

import java.util.Optional;

/** A text that is not the quantity asked for; the message names the text, {@link #maybe()} a way out. */
public final class QuantityException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Optional<String> maybe;

    QuantityException(String message, Optional<String> maybe) {
        super(message);
        this.maybe = maybe;
    }

    /** What to write instead, without the word Maybe. */
    public Optional<String> maybe() {
        return maybe;
    }
}
