package muster.planner.profile;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import muster.planner.domain.Efficiency;
import muster.planner.domain.Figure;
import muster.planner.domain.Parallelism;
import muster.planner.domain.Precision;
import muster.planner.domain.Schedule;
import muster.planner.domain.Stack;
import muster.planner.domain.Trait;

/** Reads a software stack: what it can do, in words, and its constants. */
final class StackReader {
    private final CatalogueReading catalogue;
    private final Problems problems;
    private final Figures figures;
    private final Traits traits;
    private final Deque<String> underWay = new ArrayDeque<>();

    StackReader(CatalogueReading catalogue, Problems problems, Figures figures, Traits traits) {
        this.catalogue = catalogue;
        this.problems = problems;
        this.figures = figures;
        this.traits = traits;
    }

    Optional<Stack> read(String name, String label, Section section, int problemsBefore) {
        Optional<Stack> basis = basis(name, section);
        Map<String, Trait> words = new LinkedHashMap<>();
        list(section, "precisions", Stream.of(Precision.values()).map(Precision::key), words);
        list(section, "parallel", Stream.of(Parallelism.values()).map(Parallelism::key), words);
        list(section, "schedules", Stream.of(Schedule.values()).map(Schedule::key), words);
        list(section, "zeroStages", Stream.of("0", "1", "2", "3"), words);
        boolean sequenceParallel = traits.flag(section, "sequenceParallel", false, words);
        boolean expertOverTensor = traits.flag(section, "expertOverTensor", false, words);
        Map<String, Efficiency> efficiencies = efficiencies(section);
        Optional<Stack.Overlap> overlap = part(section, "overlap")
                .flatMap(this::overlap)
                .or(() -> borrowed(section, "overlap", basis, Stack::overlap));
        Optional<Stack.StateBytes> stateBytes = part(section, "stateBytes")
                .flatMap(this::stateBytes)
                .or(() -> borrowed(section, "stateBytes", basis, Stack::stateBytes));
        Map<Precision, Figure> dispatchBytes = byPrecision(section, "dispatchBytes", Dimension.BYTES);
        Map<Precision, Figure> combineBytes = byPrecision(section, "combineBytes", Dimension.BYTES);
        Map<Precision, Figure> savedBytes = byPrecision(section, "savedBytes", Dimension.BYTES);
        Optional<Figure> nodeLimit = constant(
                section,
                "nodeLimit",
                Dimension.COUNT_OR_ZERO,
                basis,
                stack -> stack.exchange().nodeLimit());
        Optional<Figure> multiprocessors = constant(
                section,
                "communicationMultiprocessors",
                Dimension.COUNT_OR_ZERO,
                basis,
                stack -> stack.exchange().multiprocessors());
        Optional<Figure> launch = constant(section, "kernelLaunch", Dimension.SHORT_TIME, basis, Stack::launchSeconds);
        Optional<Figure> reserve = constant(section, "reserve", Dimension.BYTES, basis, Stack::reserveBytes);
        List<Stack.Release> releases = releases(section);
        Stack.Habits habits = habits(section, words);
        Map<String, Map<String, Stack.Pace>> paces = paces(section);
        Map<String, Stack.Residuals> residuals = residuals(section);
        section.finish();
        if (problems.count() > problemsBefore) {
            return Optional.empty();
        }
        return Optional.of(new Stack(
                name,
                label,
                basis,
                chosen(words, "precisions", Precision.values(), Precision::key),
                chosen(words, "parallel", Parallelism.values(), Parallelism::key),
                chosen(words, "schedules", Schedule.values(), Schedule::key),
                chosen(words, "zeroStages", new Integer[] {0, 1, 2, 3}, String::valueOf),
                sequenceParallel,
                expertOverTensor,
                efficiencies,
                overlap.orElseThrow(),
                stateBytes.orElseThrow(),
                new Stack.Exchange(dispatchBytes, combineBytes, nodeLimit.orElseThrow(), multiprocessors.orElseThrow()),
                savedBytes,
                launch.orElseThrow(),
                reserve.orElseThrow(),
                releases,
                habits,
                paces,
                "",
                residuals,
                words));
    }

    private Stack.Habits habits(Section section, Map<String, Trait> words) {
        boolean fusedAttention = traits.flag(section, "fusedAttention", true, words);
        boolean tensorFloat = traits.flag(section, "tensorFloat", false, words);
        boolean evenStages = traits.flag(section, "evenStages", true, words);
        Optional<Figure> zeroStage = figures.find(section, "zeroStage", Dimension.COUNT_OR_ZERO);
        Optional<Figure> imbalance = figures.find(section, "imbalance", Dimension.AT_LEAST_ONE);
        zeroStage
                .filter(stage -> stage.value() > 3)
                .ifPresent(stage -> section.refuse("zeroStage", "must be 0 to 3.", Optional.empty()));
        return new Stack.Habits(
                fusedAttention,
                tensorFloat,
                evenStages,
                zeroStage.map(Figure::asInt).orElse(1),
                imbalance);
    }

    /** By release, then by GPU generation. */
    private Map<String, Map<String, Stack.Pace>> paces(Section section) {
        Map<String, Map<String, Stack.Pace>> releases = new LinkedHashMap<>();
        section.find("paces").filter(node -> mapping(node, "paces")).ifPresent(node -> {
            for (YamlNode.Entry release : ((YamlNode.Mapping) node).entries()) {
                Map<String, Stack.Pace> paces = new LinkedHashMap<>();
                String path = section.pathOf("paces") + "." + release.key();
                if (mapping(release.value(), path)) {
                    ((YamlNode.Mapping) release.value())
                            .entries()
                            .forEach(entry -> Section.of(entry.value(), path + "." + entry.key(), problems)
                                    .flatMap(this::pace)
                                    .ifPresent(pace -> paces.put(entry.key(), pace)));
                }
                releases.put(release.key(), paces);
            }
        });
        return releases;
    }

    /** By GPU generation, then by kind of model. */
    private Map<String, Stack.Residuals> residuals(Section section) {
        Map<String, Stack.Residuals> residuals = new LinkedHashMap<>();
        section.find("residuals").filter(node -> mapping(node, "residuals")).ifPresent(node -> {
            for (YamlNode.Entry generation : ((YamlNode.Mapping) node).entries()) {
                String path = section.pathOf("residuals") + "." + generation.key();
                Section.of(generation.value(), path, problems).ifPresent(kinds -> {
                    for (String kind : List.of("dense", "mixture")) {
                        kinds.find(kind)
                                .flatMap(value -> Section.of(value, kinds.pathOf(kind), problems))
                                .flatMap(this::residualsOf)
                                .ifPresent(found -> residuals.put(generation.key() + "." + kind, found));
                    }
                    kinds.finish();
                });
            }
        });
        return residuals;
    }

    /** Low and high as percentages below and above the prediction. */
    private Optional<Stack.Residuals> residualsOf(Section section) {
        Optional<Figure> below = figures.get(section, "below", Dimension.PERCENT);
        Optional<Figure> above = figures.get(section, "above", Dimension.PERCENT);
        Optional<Figure> rows = figures.get(section, "rows", Dimension.COUNT);
        section.finish();
        return below.isEmpty() || above.isEmpty() || rows.isEmpty()
                ? Optional.empty()
                : Optional.of(new Stack.Residuals(
                        Math.max(-99, -below.get().value()),
                        above.get().value(),
                        rows.get().asInt()));
    }

    private boolean mapping(YamlNode node, String path) {
        if (node instanceof YamlNode.Mapping) {
            return true;
        }
        problems.add(node.place(), "%s must be a mapping, not %s.".formatted(path, node.shape()));
        return false;
    }

    private Optional<Stack.Pace> pace(Section section) {
        Map<String, Figure> paces = required(section, Dimension.PACE, "layers", "mixtures");
        section.finish();
        return paces.size() < 2
                ? Optional.empty()
                : Optional.of(new Stack.Pace(paces.get("layers"), paces.get("mixtures")));
    }

    private Optional<Stack> basis(String name, Section section) {
        if (underWay.contains(name)) {
            problems.add(section.placeOf("basis"), "The stack (%s) is based on itself.".formatted(Shown.text(name)));
            section.find("basis");
            return Optional.empty();
        }
        underWay.push(name);
        try {
            return section.find("basis")
                    .flatMap(node ->
                            catalogue.resolve(Catalogue.Kind.STACK, node, section.pathOf("basis"), name + "-basis"))
                    .map(Stack.class::cast);
        } finally {
            underWay.pop();
        }
    }

    /** By GPU generation, or by GPU. */
    private Map<String, Efficiency> efficiencies(Section section) {
        Map<String, Efficiency> efficiencies = new LinkedHashMap<>();
        Optional<YamlNode> node = section.has("basis") ? section.find("efficiency") : section.get("efficiency");
        if (node.isPresent() && node.get() instanceof YamlNode.Mapping byGpu) {
            byGpu.entries().forEach(entry -> {
                String path = section.pathOf("efficiency") + "." + entry.key();
                Section.of(entry.value(), path, problems)
                        .flatMap(this::efficiency)
                        .ifPresent(found -> efficiencies.put(entry.key(), found));
            });
        } else {
            node.ifPresent(other -> problems.add(
                    other.place(),
                    "%s must be a mapping, not %s.".formatted(section.pathOf("efficiency"), other.shape()),
                    "{hopper: {matrix: {bf16: 0.7}, …}}."));
        }
        return efficiencies;
    }

    private Optional<Efficiency> efficiency(Section section) {
        int before = problems.count();
        Map<Precision, Figure> matrix = byPrecision(section, "matrix", Dimension.EFFICIENCY);
        Map<String, Figure> shares = required(section, Dimension.EFFICIENCY, "attention", "memory", "link", "fabric");
        Optional<Figure> launch = figures.find(section, "launch", Dimension.SHORT_TIME);
        Optional<Figure> mixtureLaunch = figures.find(section, "mixtureLaunch", Dimension.SHORT_TIME);
        Optional<Figure> scorePasses = figures.find(section, "scorePasses", Dimension.PASSES);
        section.finish();
        if (matrix.isEmpty() && problems.count() == before) {
            problems.add(section.place(), section.pathOf("matrix") + " is missing.", "matrix: {bf16: 0.7}.");
        }
        return problems.count() > before
                ? Optional.empty()
                : Optional.of(new Efficiency(
                        matrix,
                        shares.get("attention"),
                        shares.get("memory"),
                        shares.get("link"),
                        shares.get("fabric"),
                        launch,
                        mixtureLaunch,
                        scorePasses));
    }

    private Optional<Stack.Overlap> overlap(Section section) {
        String[] keys = {"tensor", "expert", "context", "pipeline", "data"};
        Map<String, Figure> shares = required(section, Dimension.SHARE, keys);
        section.finish();
        return shares.size() < keys.length
                ? Optional.empty()
                : Optional.of(new Stack.Overlap(
                        shares.get("tensor"),
                        shares.get("expert"),
                        shares.get("context"),
                        shares.get("pipeline"),
                        shares.get("data")));
    }

    private Optional<Stack.StateBytes> stateBytes(Section section) {
        String[] keys = {"weights", "gradients", "optimizer"};
        Map<String, Figure> bytes = required(section, Dimension.BYTES, keys);
        section.finish();
        return bytes.size() < keys.length
                ? Optional.empty()
                : Optional.of(
                        new Stack.StateBytes(bytes.get("weights"), bytes.get("gradients"), bytes.get("optimizer")));
    }

    /** Each a name alone, or with its date and source. */
    private List<Stack.Release> releases(Section section) {
        List<Stack.Release> releases = new ArrayList<>();
        String path = section.pathOf("releases");
        section.find("releases").ifPresent(node -> {
            if (node instanceof YamlNode.Sequence list) {
                list.items()
                        .forEach(item -> figures.stated(item, path, Figures.Direction.NOT_ASKED)
                                .ifPresent(stated -> release(stated, path).ifPresent(releases::add)));
            } else {
                problems.add(
                        node.place(),
                        "%s must be a list, not %s.".formatted(path, node.shape()),
                        "[{value: 25.09, date: 2025-09, source: ID}].");
            }
        });
        releases.stream()
                .collect(Collectors.groupingBy(Stack.Release::name, LinkedHashMap::new, Collectors.counting()))
                .forEach((name, count) -> {
                    if (count > 1) {
                        section.refuse("releases", "names (%s) twice.".formatted(Shown.text(name)), "take one out.");
                    }
                });
        return releases;
    }

    private Optional<Stack.Release> release(Figures.Stated stated, String path) {
        if (stated.value() instanceof YamlNode.Scalar scalar && Catalogue.isName(scalar.text())) {
            return Optional.of(new Stack.Release(scalar.text(), stated.origin()));
        }
        problems.add(
                stated.value().place(),
                "%s %s cannot be a release: letters, digits, dots, - and _ only."
                        .formatted(path, stated.value().shape()));
        return Optional.empty();
    }

    private Map<String, Figure> required(Section section, Dimension dimension, String... keys) {
        Map<String, Figure> found = new LinkedHashMap<>();
        for (String key : keys) {
            figures.get(section, key, dimension).ifPresent(figure -> found.put(key, figure));
        }
        return found;
    }

    /** What a stack does not state is as in the one it is based on. */
    private Optional<Figure> constant(
            Section section, String key, Dimension dimension, Optional<Stack> basis, Function<Stack, Figure> ofBasis) {
        return section.has("basis")
                ? figures.find(section, key, dimension).or(() -> borrowed(section, key, basis, ofBasis))
                : figures.get(section, key, dimension);
    }

    private static <T> Optional<T> borrowed(
            Section section, String key, Optional<Stack> basis, Function<Stack, T> ofBasis) {
        return section.has(key) ? Optional.empty() : basis.map(ofBasis);
    }

    private Optional<Section> part(Section section, String key) {
        return (section.has("basis") ? section.find(key) : section.get(key))
                .flatMap(node -> Section.of(node, section.pathOf(key), problems));
    }

    private Map<Precision, Figure> byPrecision(Section section, String key, Dimension dimension) {
        Map<Precision, Figure> found = new EnumMap<>(Precision.class);
        section.find(key)
                .flatMap(node -> Section.of(node, section.pathOf(key), problems))
                .ifPresent(part -> {
                    for (Precision precision : Precision.values()) {
                        figures.find(part, precision.key(), dimension)
                                .ifPresent(figure -> found.put(precision, figure));
                    }
                    part.finish();
                });
        return found;
    }

    private void list(Section section, String key, Stream<String> allowed, Map<String, Trait> into) {
        traits.list(section, key, allowed).ifPresent(trait -> into.put(key, trait));
    }

    private static <T> Set<T> chosen(Map<String, Trait> words, String key, T[] all, Function<T, String> word) {
        List<String> stated = words.get(key).words();
        return Stream.of(all)
                .filter(candidate -> stated.contains(word.apply(candidate)))
                .collect(Collectors.toUnmodifiableSet());
    }
}
