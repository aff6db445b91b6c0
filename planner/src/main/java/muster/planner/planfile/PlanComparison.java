package muster.planner.planfile;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import muster.planner.domain.KeyUnits;
import muster.planner.domain.PlanDifference;
import muster.planner.domain.PlanDifference.Change;
import muster.planner.domain.PlanDifference.Leaf;
import muster.planner.planfile.JsonValue.Group;
import muster.planner.planfile.JsonValue.Items;

/** Compares two plan files value by value; items of lists are matched by name, never by place. */
public final class PlanComparison {
    /** How a plan was found, where its figures were written and the inputs as text: none of it is what was planned. */
    private static final Set<String> LEFT_OUT = Set.of("format", "provenance", "run", "inputs.hash", "inputs.written");

    private static final List<String> NAMES_OF_ITEMS = List.of("pool", "job", "name", "key", "limit");

    /** Rows of what is used: where there is none, these are 0 and its words say nothing. */
    private static final Set<String> ROWS_OF_USE = Set.of("fleet", "increment");

    private static final Set<String> ZERO_WHERE_UNUSED = Set.of("nodes", "gpus", "usd", "tokensPerSecond", "share");

    /** Units of keys of the inputs, which nobody asks conditions of. */
    private static final Map<String, String> UNIT_BY_ENDING =
            Map.of("UsdPerGpuHour", "USD/GPU/h", "Usd", "USD", "BytesPerGpu", "B");

    private static final String WRITTEN_PLACE = "(?s)scenario .*:\\d+|command line";

    private final List<Change> changes = new ArrayList<>();
    private final Set<String> compared = new HashSet<>();

    private final String objectiveUnit;

    private PlanComparison(String objectiveUnit) {
        this.objectiveUnit = objectiveUnit;
    }

    /** {@return what changed from the first plan to the second} */
    public static PlanDifference compare(PlanFile a, PlanFile b) {
        PlanComparison comparison = new PlanComparison(a.root()
                .find("objective")
                .filter(Group.class::isInstance)
                .flatMap(objective -> ((Group) objective).findText("unit"))
                .orElse(""));
        comparison.groups("", Optional.of(a.root()), Optional.of(b.root()), false);
        return new PlanDifference(a.file().toString(), b.file().toString(), comparison.changes, comparison.compared);
    }

    private void groups(String path, Optional<Group> a, Optional<Group> b, boolean use) {
        Set<String> names = new LinkedHashSet<>();
        a.ifPresent(group -> names.addAll(group.members().keySet()));
        b.ifPresent(group -> names.addAll(group.members().keySet()));
        for (String name : names) {
            String inner = path.isEmpty() ? name : path + "." + name;
            if (!LEFT_OUT.contains(inner)) {
                values(
                        inner,
                        name,
                        a.flatMap(group -> group.find(name)),
                        b.flatMap(group -> group.find(name)),
                        new Parents(a, b, use));
            }
        }
    }

    /**
     * What the values hang in.
     *
     * @param use whether they are rows of what is used
     */
    private record Parents(Optional<Group> a, Optional<Group> b, boolean use) {
        boolean oneSided() {
            return a.isEmpty() || b.isEmpty();
        }

        /** {@return the unit stated beside a value, or that of its key} */
        String unit(String key) {
            if (Set.of("value", "limit", "slack", "to").contains(key)) {
                Optional<String> beside = a.or(() -> b).flatMap(group -> group.findText("unit"));
                if (beside.isPresent()) {
                    return beside.get();
                }
            }
            return KeyUnits.find(key)
                    .or(() -> UNIT_BY_ENDING.entrySet().stream()
                            .filter(entry -> key.endsWith(entry.getKey()))
                            .map(Map.Entry::getValue)
                            .findFirst())
                    .orElse("");
        }
    }

    private void values(String path, String key, Optional<JsonValue> a, Optional<JsonValue> b, Parents parents) {
        boolean groups = holds(a, Group.class) || holds(b, Group.class);
        boolean lists = isListOfGroups(a) || isListOfGroups(b);
        if (groups) {
            groups(path, only(a, Group.class), only(b, Group.class), parents.use());
        }
        if (lists) {
            lists(path, key, only(a, Items.class), only(b, Items.class), parents);
        }
        leaves(path, key, a.flatMap(PlanComparison::leaf), b.flatMap(PlanComparison::leaf), parents);
    }

    private void lists(String path, String key, Optional<Items> a, Optional<Items> b, Parents parents) {
        boolean use = ROWS_OF_USE.contains(path) || path.startsWith("jobs.") && key.equals("pools");
        boolean byAcquisition = namesRepeat(a) || namesRepeat(b);
        Map<String, Group> before = byName(a, byAcquisition);
        Map<String, Group> after = byName(b, byAcquisition);
        Set<String> names = new LinkedHashSet<>(before.keySet());
        names.addAll(after.keySet());
        for (String name : names) {
            groups(
                    path + "." + name,
                    Optional.ofNullable(before.get(name)),
                    Optional.ofNullable(after.get(name)),
                    use || parents.use());
        }
    }

    private void leaves(String path, String key, Optional<Leaf> a, Optional<Leaf> b, Parents parents) {
        boolean unused = parents.use() && parents.oneSided();
        if (unused && !isAmount(a.or(() -> b))) {
            return;
        }
        Optional<Leaf> none = unused && ZERO_WHERE_UNUSED.contains(key)
                ? Optional.of(new Leaf.Amount(BigDecimal.ZERO))
                : Optional.empty();
        Optional<Leaf> before = a.or(() -> none);
        Optional<Leaf> after = b.or(() -> none);
        if (before.isPresent() || after.isPresent()) {
            compared.add(path);
        }
        if (!same(before, after)) {
            changes.add(new Change(
                    path, before, after, isAmount(before) || isAmount(after) ? unit(path, key, parents) : ""));
        }
    }

    private String unit(String path, String key, Parents parents) {
        if (path.equals("bound.value")) {
            return objectiveUnit;
        }
        return path.startsWith("costs.") ? "USD" : parents.unit(key);
    }

    private static boolean isAmount(Optional<Leaf> leaf) {
        return leaf.orElse(null) instanceof Leaf.Amount;
    }

    private static boolean same(Optional<Leaf> a, Optional<Leaf> b) {
        if (a.orElse(null) instanceof Leaf.Amount one && b.orElse(null) instanceof Leaf.Amount other) {
            return one.value().compareTo(other.value()) == 0;
        }
        if (a.orElse(null) instanceof Leaf.Word one && b.orElse(null) instanceof Leaf.Word other) {
            // The same value, only written in another place.
            boolean places = one.text().matches(WRITTEN_PLACE) && other.text().matches(WRITTEN_PLACE);
            return places || one.equals(other);
        }
        return a.equals(b);
    }

    /** {@return a value without parts; a list of such is one value, since nothing names its items} */
    private static Optional<Leaf> leaf(JsonValue value) {
        return switch (value) {
            case JsonValue.Amount amount -> Optional.of(new Leaf.Amount(amount.value()));
            case JsonValue.Text text -> Optional.of(new Leaf.Word(text.text()));
            case JsonValue.Truth truth -> Optional.of(new Leaf.Truth(truth.value()));
            case JsonValue.Nothing nothing -> Optional.empty();
            case Group group -> Optional.empty();
            case Items list ->
                isListOfGroups(Optional.of(list)) || list.items().isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Leaf.Word(list.items().stream()
                                .map(item -> leaf(item).map(Leaf::text).orElse("null"))
                                .collect(Collectors.joining("; "))));
        };
    }

    private static boolean isListOfGroups(Optional<JsonValue> value) {
        return value.orElse(null) instanceof Items list && list.items().stream().anyMatch(Group.class::isInstance);
    }

    private static <T extends JsonValue> boolean holds(Optional<JsonValue> value, Class<T> kind) {
        return value.filter(kind::isInstance).isPresent();
    }

    private static <T extends JsonValue> Optional<T> only(Optional<JsonValue> value, Class<T> kind) {
        return value.filter(kind::isInstance).map(kind::cast);
    }

    private static boolean namesRepeat(Optional<Items> list) {
        Set<String> seen = new HashSet<>();
        return list.stream()
                .flatMap(items -> items.items().stream())
                .filter(Group.class::isInstance)
                .map(Group.class::cast)
                .flatMap(group -> name(group).stream())
                .anyMatch(name -> !seen.add(name));
    }

    private static Map<String, Group> byName(Optional<Items> list, boolean byAcquisition) {
        Map<String, Group> named = new LinkedHashMap<>();
        List<JsonValue> items = list.map(Items::items).orElse(List.of());
        for (int index = 0; index < items.size(); index++) {
            if (items.get(index) instanceof Group group) {
                String name = name(group).orElse(Integer.toString(index));
                String full = byAcquisition
                        ? group.findText("acquisition")
                                .map(how -> name + "." + how)
                                .orElse(name)
                        : name;
                String unique = full;
                for (int repeat = 2; named.containsKey(unique); repeat++) {
                    unique = full + "." + repeat;
                }
                named.put(unique, group);
            }
        }
        return named;
    }

    private static Optional<String> name(Group group) {
        return NAMES_OF_ITEMS.stream()
                .flatMap(key -> group.findText(key).stream())
                .findFirst();
    }
}
