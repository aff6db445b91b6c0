package muster.planner.domain;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which shares of a GPU's and a network's rates a stack reaches on one GPU generation; each above 0, at most 1.
 *
 * @param matrix of the dense peak, for large matrix multiplies, by precision; quantisation included
 * @param attention of the dense peak of 16-bit formats, for scores and weighted values
 * @param memory of the device memory's bandwidth
 * @param link of the scale-up link's bandwidth in one direction
 * @param fabric of the scale-out network's bandwidth in one direction
 * @param launchSeconds what starting a layer's kernels adds to one pass of one microbatch; absent where the stack's
 *     own figure holds
 * @param scorePasses how often unfused attention reads or writes its scores in a forward pass; absent where it is fused
 * @param mixtureLaunchSeconds the same of routing, sorting and exchanging tokens, on top of it; absent means none
 */
public record Efficiency(
        Map<Precision, Figure> matrix,
        Figure attention,
        Figure memory,
        Figure link,
        Figure fabric,
        Optional<Figure> launchSeconds,
        Optional<Figure> mixtureLaunchSeconds,
        Optional<Figure> scorePasses) {
    public Efficiency {
        matrix = Collections.unmodifiableMap(new EnumMap<>(matrix));
        matrix.values().forEach(Efficiency::requireShare);
        requireShare(attention);
        requireShare(memory);
        requireShare(link);
        requireShare(fabric);
    }

    private static void requireShare(Figure figure) {
        if (figure.value() <= 0 || figure.value() > 1) {
            throw new IllegalArgumentException(
                    "An efficiency (%s) must be more than 0, at most 1.".formatted(figure.value()));
        }
    }

    Map<String, Figure> figures(String prefix) {
        Map<String, Figure> figures = new LinkedHashMap<>();
        matrix.forEach((precision, share) -> figures.put(prefix + "matrix." + precision.key(), share));
        figures.put(prefix + "attention", attention);
        figures.put(prefix + "memory", memory);
        figures.put(prefix + "link", link);
        figures.put(prefix + "fabric", fabric);
        launchSeconds.ifPresent(time -> figures.put(prefix + "launch", time));
        mixtureLaunchSeconds.ifPresent(time -> figures.put(prefix + "mixtureLaunch", time));
        scorePasses.ifPresent(count -> figures.put(prefix + "scorePasses", count));
        return figures;
    }
}
