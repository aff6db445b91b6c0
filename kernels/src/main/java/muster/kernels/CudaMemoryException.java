package muster.kernels;

/** The GPU, or the host where it locks pages for it, has no memory left; freeing some may help. */
final class CudaMemoryException extends BackendUnavailableException {
    private static final long serialVersionUID = 1L;

    CudaMemoryException(String message) {
        super(message);
    }
}
