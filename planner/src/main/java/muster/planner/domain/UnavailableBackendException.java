package muster.planner.domain;

/** A back end that was asked for by name cannot run here. */
public final class UnavailableBackendException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UnavailableBackendException(String message) {
        super(message);
    }
}
