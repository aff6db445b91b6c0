package muster.planner.domain;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which FLOP a publication divides by its step time.
 *
 * @param recomputed whether FLOP that are computed twice count twice ("hardware"), or once ("model")
 * @param mask which keys count
 */
public record FlopBasis(boolean recomputed, Attention.Mask mask) {
    /** What publications mean that do not say (arXiv:2104.04473, section 5.1, without recomputation). */
    public static final FlopBasis DEFAULT = new FlopBasis(false, Attention.Mask.FULL);

    private static final Set<String> WORDS = Set.of("model", "hardware", "causal", "full");

    /**
     * {@return the basis of words such as {@code model, causal}, in any order; what no word says is as in {@link #DEFAULT}}
     * Empty where a word is not known or two contradict each other.
     */
    public static Optional<FlopBasis> of(String text) {
        Set<String> words =
                new HashSet<>(List.of(text.toLowerCase(Locale.ROOT).strip().split("\\s*,\\s*")));
        boolean contradictory =
                words.containsAll(List.of("model", "hardware")) || words.containsAll(List.of("causal", "full"));
        if (contradictory || !WORDS.containsAll(words)) {
            return Optional.empty();
        }
        Attention.Mask mask = words.contains("causal") ? Attention.Mask.CAUSAL : DEFAULT.mask();
        return Optional.of(new FlopBasis(words.contains("hardware"), mask));
    }
}
