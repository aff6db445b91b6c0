package muster.planner.profile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import muster.planner.domain.CatalogueEntry;
import muster.planner.domain.Figure;
import muster.planner.domain.Gpu;
import muster.planner.domain.Job;
import muster.planner.domain.Model;
import muster.planner.domain.Pool;
import muster.planner.domain.Precision;
import muster.planner.domain.Stack;
import muster.planner.domain.Work;

/** Reads one job of a scenario, and which pools can run it. */
final class JobReader {
    private final CatalogueReading catalogue;
    private final Figures figures;
    private final Problems problems;
    private final Times times;
    private final Map<String, Optional<Pool>> pools;
    private final List<String> notes;

    /** @param pools by name, those with problems as empty values, so that their names still count as known */
    JobReader(
            CatalogueReading catalogue,
            Problems problems,
            Times times,
            Map<String, Optional<Pool>> pools,
            List<String> notes) {
        this.catalogue = catalogue;
        this.figures = catalogue.figures();
        this.problems = problems;
        this.times = times;
        this.pools = pools;
        this.notes = notes;
    }

    Optional<Job> read(NamedItems.Item item) {
        int before = problems.count();
        Section section = Section.of(item.mapping(), item.path(), problems).orElseThrow();
        section.find("name");
        boolean generates = section.word("kind", List.of("train", "generate"), false)
                .filter("generate"::equals)
                .isPresent();
        Optional<Model> model = entry(section, Catalogue.Kind.MODEL, item).map(Model.class::cast);
        Optional<Stack> stack = entry(section, Catalogue.Kind.STACK, item).map(Stack.class::cast);
        Optional<Work> work = new WorkReader(section, figures, problems).read(generates);
        Optional<Precision> precision = section.get("precision")
                .flatMap(node -> PrecisionWord.read(node, section.pathOf("precision"), problems));
        precision.ifPresent(format -> stack.ifPresent(software -> checkStack(section, format, software, generates)));
        List<String> after = JobOrder.after(item.mapping());
        section.find("after");
        Optional<Figure> release = section.find("release")
                .flatMap(node -> times.read(node, section.pathOf("release"), Dimension.TIME_FROM_START));
        Optional<Figure> deadline =
                section.find("deadline").flatMap(node -> times.read(node, section.pathOf("deadline"), Dimension.TIME));
        if (release.isPresent()
                && deadline.isPresent()
                && release.get().value() >= deadline.get().value()) {
            section.refuse("release", "is not before the job's deadline.", Optional.empty());
        }
        Job.Spread spread = spread(section);
        int priority = section.findUnlessNone("priority")
                .flatMap(stated -> figures.find(section, "priority", Dimension.PRIORITY))
                .map(Figure::asInt)
                .orElse(Job.DEFAULT_PRIORITY);
        Optional<Map<String, Figure>> stated = statedRates(section);
        Optional<Rates> rates = stated.flatMap(byPool -> precision.flatMap(
                format -> stack.map(software -> rates(section, item.name(), format, software, byPool))));
        section.finish();
        return problems.count() > before
                ? Optional.empty()
                : Optional.of(new Job(
                        item.name(),
                        model.orElseThrow(),
                        work.orElseThrow(),
                        precision.orElseThrow(),
                        stack.orElseThrow(),
                        after,
                        release,
                        deadline,
                        spread,
                        rates.orElseThrow().measured(),
                        rates.orElseThrow().modelled(),
                        priority));
    }

    private Optional<CatalogueEntry> entry(Section section, Catalogue.Kind kind, NamedItems.Item item) {
        return section.get(kind.word())
                .flatMap(node -> catalogue.resolve(kind, node, section.pathOf(kind.word()), item.name()));
    }

    private static void checkStack(Section section, Precision format, Stack stack, boolean generates) {
        if (!stack.precisions().contains(format)) {
            String offered = Stream.of(Precision.values())
                    .filter(stack.precisions()::contains)
                    .map(Precision::key)
                    .collect(Collectors.joining(" or "));
            section.refuse(
                    "precision",
                    "(%s) is not one that the stack %s %s in."
                            .formatted(format.key(), stack.name(), generates ? "generates" : "trains"),
                    offered + ".");
        }
    }

    private static Job.Spread spread(Section section) {
        List<String> words = Stream.of(Job.Spread.values()).map(Job.Spread::key).toList();
        return section.word("spread", words, false)
                .map(word -> Job.Spread.values()[words.indexOf(word)])
                .orElse(Job.Spread.DATA_PARALLEL);
    }

    /** {@return the stated rates by pool name, or nothing where any of them has a problem} */
    private Optional<Map<String, Figure>> statedRates(Section section) {
        int before = problems.count();
        Map<String, Figure> stated = new LinkedHashMap<>();
        section.find("measured")
                .flatMap(node -> Section.of(node, section.pathOf("measured"), problems))
                .ifPresent(measured -> {
                    pools.keySet()
                            .forEach(name -> figures.find(measured, name, Dimension.TOKEN_RATE)
                                    .ifPresent(rate -> stated.put(name, rate)));
                    measured.finish();
                });
        return problems.count() > before ? Optional.empty() : Optional.of(stated);
    }

    /** Where the rates of a job come from, by pool name. */
    private record Rates(Map<String, Figure> measured, Set<String> modelled) {}

    /** {@return the pools that can run the job: by a stated rate, else by the model; pools left out are noted} */
    private Rates rates(Section section, String job, Precision format, Stack stack, Map<String, Figure> stated) {
        Map<String, Figure> measured = new LinkedHashMap<>();
        Set<String> modelled = new LinkedHashSet<>();
        List<String> unable = new ArrayList<>();
        pools.forEach((name, pool) -> pool.ifPresent(sound -> {
            Gpu gpu = sound.node().gpu();
            Optional<Stack.Reached> reached = stack.efficiencyOn(gpu, format);
            if (!gpu.supports(format)) {
                unable.add("pool %s cannot run job %s: its GPU (%s) lacks %s"
                        .formatted(name, job, gpu.name(), format.key()));
            } else if (stated.containsKey(name)) {
                measured.put(name, stated.get(name));
            } else if (!gpu.supports(gpu.wideFormat())) {
                unable.add("pool %s cannot run job %s: its GPU (%s) has no 16-bit format, which heads and routers need"
                        .formatted(name, job, gpu.name()));
            } else if (reached.isEmpty()) {
                unable.add("pool %s cannot run job %s: neither the stack %s nor its basis states an efficiency for %s"
                        .formatted(name, job, stack.name(), format.key()));
            } else {
                modelled.add(name);
                if (sound.maxNodes().asInt() > Job.MOST_MODELLED_NODES) {
                    notes.add(
                            "job %s counts with %,d of the %,d nodes of pool %s: the performance model goes no further"
                                    .formatted(
                                            job,
                                            Job.MOST_MODELLED_NODES,
                                            sound.maxNodes().asInt(),
                                            name));
                }
                if (!reached.get().own()) {
                    notes.add(
                            ("job %s on pool %s counts with efficiencies of stack %s on %s: stack %s was never measured on"
                                            + " the GPU %s, so its rate is less sure")
                                    .formatted(
                                            job,
                                            name,
                                            reached.get().stack(),
                                            reached.get().key(),
                                            stack.name(),
                                            gpu.name()));
                }
            }
        }));
        boolean anyBroken = pools.values().stream().anyMatch(Optional::isEmpty);
        if (measured.isEmpty() && modelled.isEmpty() && !anyBroken && !pools.isEmpty()) {
            problems.add(
                    section.placeOf("precision"),
                    "No pool can run job %s: %s.".formatted(job, String.join("; ", unable)),
                    otherPrecision(stack));
        }
        notes.addAll(unable);
        return new Rates(measured, modelled);
    }

    /** {@return formats in which some pool could run the stack, as a way out} */
    private Optional<String> otherPrecision(Stack stack) {
        String possible = Stream.of(Precision.values())
                .filter(format -> stack.precisions().contains(format))
                .filter(format -> pools.values().stream()
                        .flatMap(Optional::stream)
                        .map(pool -> pool.node().gpu())
                        .anyMatch(gpu -> gpu.supports(format)
                                && gpu.supports(gpu.wideFormat())
                                && stack.efficiencyOn(gpu, format).isPresent()))
                .map(Precision::key)
                .collect(Collectors.joining(" or "));
        return possible.isEmpty() ? Optional.empty() : Optional.of(possible + ".");
    }
}
