package muster.planner.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import muster.planner.domain.ClaimAnswer.Check;

/** The formulas of checks, each once, with the checks that use it and what they rest on. */
final class ClaimFormulas {
    /** Of checks with one formula, so many are named. */
    private static final int MOST_NAMED = 3;

    private ClaimFormulas() {}

    static List<String> of(List<Check> checks, SourceNumbers numbers) {
        Map<String, List<Check>> byFormula = new LinkedHashMap<>();
        checks.forEach(check -> byFormula
                .computeIfAbsent(check.formula(), formula -> new ArrayList<>())
                .add(check));
        List<String> lines = new ArrayList<>();
        byFormula.forEach((formula, using) -> {
            Set<String> sources = new LinkedHashSet<>();
            using.forEach(check -> sources.addAll(check.sources()));
            lines.add("%s: %s %s"
                    .formatted(names(using.stream().map(Check::name).toList()), formula, numbers.of(sources)));
        });
        return lines;
    }

    /** {@return the first names, and how many more there are} */
    static String names(List<String> names) {
        return names.size() <= MOST_NAMED
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, MOST_NAMED)) + " and %d more".formatted(names.size() - MOST_NAMED);
    }
}
