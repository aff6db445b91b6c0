package muster.planner.domain;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Which back ends compute the hot arithmetic here, and how fast.
 *
 * @param chosen the one that computes when nothing else is asked for
 * @param backends scalar, vector and cuda, in this order
 */
public record BackendCensus(String chosen, List<Backend> backends) {
    public BackendCensus {
        backends = List.copyOf(backends);
    }

    /**
     * @param reason why it is chosen, available or not, in one line
     * @param laneBits bits that one operation covers; empty where it is not available
     * @param device the GPU's name; empty for the processor, and where no GPU runs
     * @param layoutsPerSecond points of the layout lattice on one core or on the whole device, with step time and memory; empty where there is no
     *     such kernel
     * @param futuresPerSecond futures of one fleet over six pools, likewise, reduced to means and counts within limits,
     *     the futures drawn before; empty where there is no such kernel
     */
    public record Backend(
            String name,
            boolean available,
            String reason,
            OptionalInt laneBits,
            Optional<String> device,
            OptionalDouble layoutsPerSecond,
            OptionalDouble futuresPerSecond) {}
}
