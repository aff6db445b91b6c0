package muster.kernels;

/** What a contract is run against. */
interface TestedBackend {
    KernelBackend backend();
}
