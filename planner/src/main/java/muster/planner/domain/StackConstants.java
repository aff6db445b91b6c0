package muster.planner.domain;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** A stack with some constants replaced, each addressed by the path that {@link Stack#figures()} gives it. */
final class StackConstants {
    private static final String EFFICIENCY = "efficiency.";
    private static final String PACES = "paces.";

    private final Stack stack;
    private final Map<String, Double> values;
    private final Origin origin;

    StackConstants(Stack stack, Map<String, Double> values, Origin origin) {
        this.stack = stack;
        this.values = values;
        this.origin = origin;
    }

    Stack changed() {
        return with(stack.residuals());
    }

    Stack with(Map<String, Stack.Residuals> residuals) {
        Stack.Overlap overlap = stack.overlap();
        return new Stack(
                stack.name(),
                stack.label(),
                stack.basis(),
                stack.precisions(),
                stack.parallelisms(),
                stack.schedules(),
                stack.zeroStages(),
                stack.sequenceParallel(),
                stack.expertOverTensor(),
                efficiencies(),
                new Stack.Overlap(
                        share("overlap.tensor", overlap.tensor()),
                        share("overlap.expert", overlap.expert()),
                        share("overlap.context", overlap.context()),
                        share("overlap.pipeline", overlap.pipeline()),
                        share("overlap.data", overlap.data())),
                stack.stateBytes(),
                stack.exchange(),
                stack.savedBytes(),
                stack.launchSeconds(),
                stack.reserveBytes(),
                stack.releases(),
                stack.habits(),
                paces(),
                stack.release(),
                residuals,
                stack.traits());
    }

    private Figure share(String path, Figure otherwise) {
        return find(path, BaseUnit.FRACTION).orElse(otherwise);
    }

    private Optional<Figure> find(String path, BaseUnit unit) {
        return Optional.ofNullable(values.get(path)).map(value -> new Figure(value, unit, origin));
    }

    private Map<String, Efficiency> efficiencies() {
        Map<String, Efficiency> changed = new LinkedHashMap<>(stack.efficiencies());
        for (String generation : names(EFFICIENCY, 1)) {
            changed.put(generation, efficiency(generation, Optional.ofNullable(changed.get(generation))));
        }
        return changed;
    }

    private Efficiency efficiency(String generation, Optional<Efficiency> before) {
        String prefix = EFFICIENCY + generation + ".";
        Map<Precision, Figure> matrix = new EnumMap<>(Precision.class);
        before.ifPresent(found -> matrix.putAll(found.matrix()));
        for (Precision precision : Precision.values()) {
            find(prefix + "matrix." + precision.key(), BaseUnit.FRACTION)
                    .ifPresent(figure -> matrix.put(precision, figure));
        }
        return new Efficiency(
                matrix,
                required(prefix + "attention", before.map(Efficiency::attention)),
                required(prefix + "memory", before.map(Efficiency::memory)),
                required(prefix + "link", before.map(Efficiency::link)),
                required(prefix + "fabric", before.map(Efficiency::fabric)),
                find(prefix + "launch", BaseUnit.SECONDS).or(() -> before.flatMap(Efficiency::launchSeconds)),
                find(prefix + "mixtureLaunch", BaseUnit.SECONDS)
                        .or(() -> before.flatMap(Efficiency::mixtureLaunchSeconds)),
                find(prefix + "scorePasses", BaseUnit.COUNT).or(() -> before.flatMap(Efficiency::scorePasses)));
    }

    private Figure required(String path, Optional<Figure> before) {
        return find(path, BaseUnit.FRACTION)
                .or(() -> before)
                .orElseThrow(() -> new IllegalArgumentException("No value for " + path + "."));
    }

    private Map<String, Map<String, Stack.Pace>> paces() {
        Map<String, Map<String, Stack.Pace>> changed = new LinkedHashMap<>();
        stack.paces().forEach((release, ofRelease) -> changed.put(release, new LinkedHashMap<>(ofRelease)));
        Figure one = new Figure(1, BaseUnit.FRACTION, origin);
        for (String path : names(PACES, 3)) {
            // A release has dots of its own: paces.25.09.hopper.layers.
            String key = path.substring(0, path.lastIndexOf('.'));
            String generation = path.substring(path.lastIndexOf('.') + 1);
            Map<String, Stack.Pace> paces = changed.computeIfAbsent(key, unused -> new LinkedHashMap<>());
            Stack.Pace before = paces.getOrDefault(generation, new Stack.Pace(one, one));
            String prefix = PACES + path + ".";
            paces.put(
                    generation,
                    new Stack.Pace(
                            share(prefix + "layers", before.layers()), share(prefix + "mixtures", before.mixtures())));
        }
        return changed;
    }

    /** {@return what stands between prefix and last part; of efficiencies the generation only} */
    private TreeSet<String> names(String prefix, int kind) {
        TreeSet<String> names = new TreeSet<>();
        for (String path : values.keySet()) {
            if (path.startsWith(prefix)) {
                String rest = path.substring(prefix.length());
                names.add(kind == 1 ? rest.substring(0, rest.indexOf('.')) : rest.substring(0, rest.lastIndexOf('.')));
            }
        }
        return names;
    }
}
