package muster.planner.domain;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What changed from one plan file to another.
 *
 * @param a the first file, as the user named it
 * @param b the second
 * @param changes in the order of the files' keys
 * @param compared the paths of all values that were compared, changed or not
 */
public record PlanDifference(String a, String b, List<Change> changes, Set<String> compared) {
    public PlanDifference {
        changes = List.copyOf(changes);
        compared = Set.copyOf(compared);
    }

    /** What a plan file says at one path. */
    public sealed interface Leaf {
        /** {@return the value as it stands in the file} */
        String text();

        record Amount(BigDecimal value) implements Leaf {
            @Override
            public String text() {
                return value.toPlainString();
            }
        }

        record Word(String text) implements Leaf {}

        record Truth(boolean value) implements Leaf {
            @Override
            public String text() {
                return Boolean.toString(value);
            }
        }
    }

    /**
     * One value that differs.
     *
     * @param path as {@code --fail-if} takes it: keys, and list items by name
     * @param a empty where the first file has none
     * @param b empty where the second file has none
     * @param unit of both; empty where they are no amounts, or have none
     */
    public record Change(String path, Optional<Leaf> a, Optional<Leaf> b, String unit) {
        /** {@return 100 × (b − a) / |a|; empty where one is no number, or a is 0} */
        public Optional<BigDecimal> deltaPercent() {
            if (a.orElse(null) instanceof Leaf.Amount before
                    && b.orElse(null) instanceof Leaf.Amount after
                    && before.value().signum() != 0) {
                return Optional.of(after.value()
                        .subtract(before.value())
                        .multiply(BigDecimal.valueOf(100))
                        .divide(before.value().abs(), MathContext.DECIMAL64));
            }
            return Optional.empty();
        }
    }
}
