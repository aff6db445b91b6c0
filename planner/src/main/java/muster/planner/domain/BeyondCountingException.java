package muster.planner.domain;

/** A scenario whose every plan would last or cost more than Muster counts: nearly always a wrong unit. */
public final class BeyondCountingException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String maybe;

    /** @param maybe a way out, without the word Maybe */
    public BeyondCountingException(String message, String maybe) {
        super(message);
        this.maybe = maybe;
    }

    public String maybe() {
        return maybe;
    }
}
