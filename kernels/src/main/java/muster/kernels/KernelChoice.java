package muster.kernels;

/**
 * Which back end computes, and why.
 *
 * @param name {@code scalar} or {@code vector}
 * @param reason one line for the user, without a full stop
 * @param laneBits bits that one operation covers: 64 for scalar, else the width of a vector
 */
public record KernelChoice(String name, String reason, int laneBits) {
    /** For the user: {@code vector 512 bit: the widest registers of this machine}. */
    @Override
    public String toString() {
        return "%s %d bit: %s".formatted(name, laneBits, reason);
    }
}
