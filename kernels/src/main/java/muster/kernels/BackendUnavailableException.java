package muster.kernels;

/** A back end was asked for by name and cannot run here; the message says why and what would help. */
public sealed class BackendUnavailableException extends RuntimeException permits CudaMemoryException {
    private static final long serialVersionUID = 1L;

    BackendUnavailableException(String message) {
        super(message);
    }
}
