package muster.kernels;

/**
 * Which back end computes, and why.
 *
 * @param name {@code scalar}, {@code vector} or {@code cuda}
 * @param reason one line for the user, without a full stop
 * @param laneBits bits that one operation covers: 64 for scalar, the width of a vector, 32 doubles for a GPU
 */
public record KernelChoice(String name, String reason, int laneBits) {
    /** For the user: {@code vector 512 bit: the widest registers of this machine}. */
    @Override
    public String toString() {
        return "%s %d bit: %s".formatted(name, laneBits, reason);
    }
}
