package muster.planner.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import muster.planner.domain.Objective;
import muster.planner.domain.Pool;
import muster.planner.domain.Site;

/** Reads what a plan minimises. */
final class ObjectiveReader {
    private static final List<String> OBJECTIVES =
            Stream.of(Objective.values()).map(Objective::key).toList();

    private final Problems problems;
    private final Map<String, Optional<Pool>> pools;

    ObjectiveReader(Problems problems, Map<String, Optional<Pool>> pools) {
        this.problems = problems;
        this.pools = pools;
    }

    /** {@return the objectives in the order they are minimised; cost where none is stated} */
    List<Objective> read(Section section) {
        Optional<YamlNode> stated = section.find("objective");
        List<Objective> objectives = new ArrayList<>();
        List<YamlNode> names = stated.map(node -> node instanceof YamlNode.Sequence list ? list.items() : List.of(node))
                .orElse(List.of());
        for (YamlNode name : names) {
            objective(name).ifPresent(objective -> {
                if (objectives.contains(objective)) {
                    problems.add(
                            name.place(),
                            "objective (%s) stands twice.".formatted(objective.key()),
                            "remove one of them.");
                }
                objectives.add(objective);
            });
        }
        if (stated.isPresent() && names.isEmpty()) {
            section.refuse("objective", "is an empty list.", "cost.");
        }
        return stated.isPresent() ? objectives : List.of(Objective.COST);
    }

    private Optional<Objective> objective(YamlNode node) {
        if (node instanceof YamlNode.Mapping) {
            problems.add(
                    node.place(),
                    "An objective with slack or a statistic is part of the format, but this version does not plan it yet.",
                    "a name, or a list of names: [cost, days].");
            return Optional.empty();
        }
        String word = node instanceof YamlNode.Scalar scalar ? scalar.text() : "";
        Optional<Objective> objective = Stream.of(Objective.values())
                .filter(candidate -> candidate.key().equals(word))
                .findFirst();
        if (objective.isEmpty()) {
            problems.add(
                    node.place(),
                    "objective %s is not known.".formatted(node.shape()),
                    NearestNames.maybe(word, OBJECTIVES));
        }
        if (objective.filter(Objective.CARBON::equals).isPresent()) {
            checkIntensities(node);
        }
        return objective;
    }

    /** Carbon can only be compared where every pool's grid is known. */
    private void checkIntensities(YamlNode objective) {
        for (Pool pool : pools.values().stream().flatMap(Optional::stream).toList()) {
            if (pool.site().flatMap(Site::kgPerKwh).isEmpty()) {
                problems.add(
                        objective.place(),
                        "The objective carbon needs a grid intensity, and pool %s has none.".formatted(pool.name()),
                        "give the pool a site with carbon: 500 g/kWh.");
            }
        }
    }
}
