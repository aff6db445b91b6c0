package muster.planner.profile;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import muster.planner.domain.BaseUnit;
import muster.planner.domain.Confidence;
import muster.planner.domain.Figure;
import muster.planner.domain.Gpu;
import muster.planner.domain.Job;
import muster.planner.domain.LayoutQuestion;
import muster.planner.domain.LayoutWish;
import muster.planner.domain.Node;
import muster.planner.domain.Origin;
import muster.planner.domain.Pool;
import muster.planner.domain.Precision;
import muster.planner.domain.Scenario;

/** Reads what an estimate is asked for: from names on the command line, or from a job and a pool of a scenario. */
public final class LayoutQuestionReader {
    private static final Pattern BARE_NUMBER = Pattern.compile("\\d+(\\.\\d+)?([eE][+-]?\\d{1,3})?");

    private final Problems problems;
    private final Figures figures;

    private LayoutQuestionReader(Problems problems, Figures figures) {
        this.problems = problems;
        this.figures = figures;
    }

    /**
     * The words of the command line, each as typed.
     *
     * @param batch in sequences, also where it is a bare number; or in tokens
     */
    public record Words(
            String model,
            String node,
            String nodes,
            String sequence,
            String batch,
            String precision,
            String stack,
            Optional<String> layout) {}

    /**
     * {@return the question, in base units}
     *
     * @throws ProfileException with all problems, each at its option
     */
    public static LayoutQuestion read(Words words, Catalogue catalogue) throws ProfileException {
        Problems problems = new Problems();
        catalogue.checkFolders(problems);
        problems.throwIfAny();
        CatalogueReading reading = new CatalogueReading(catalogue, problems);
        LayoutQuestionReader reader = new LayoutQuestionReader(problems, reading.figures());
        Optional<Job> job = reader.job(words, reading);
        Optional<Node> node = reading.named(Catalogue.Kind.NODE, words.node(), option("--node"))
                .map(Node.class::cast);
        Optional<Figure> nodes = reader.nodes(words.nodes());
        LayoutWish wish = reader.wish(words.layout());
        node.ifPresent(server -> job.ifPresent(work -> reader.checkPrecision(work, server, option("--precision"))));
        problems.throwIfAny();
        return new LayoutQuestion(
                Optional.empty(), job.orElseThrow(), node.orElseThrow(), nodes.orElseThrow(), wish, List.of());
    }

    /**
     * {@return the question for a job on nodes of a pool}
     *
     * @param job name of the job; may be left out where the scenario has one only; {@code pool} likewise
     * @param nodes absent means the pool's maximum
     * @throws ProfileException with all problems, each at its option
     */
    public static LayoutQuestion read(
            Scenario scenario,
            Optional<String> job,
            Optional<String> pool,
            Optional<String> nodes,
            Optional<String> layout)
            throws ProfileException {
        Problems problems = new Problems();
        LayoutQuestionReader reader = new LayoutQuestionReader(problems, new Figures(problems, new Sourcing()));
        Optional<Job> work = reader.chosen("job", job, scenario.jobs(), Job::name);
        Optional<Pool> from = reader.chosen("pool", pool, scenario.pools(), Pool::name);
        Optional<Figure> count = nodes.isPresent() ? reader.nodes(nodes.get()) : from.map(Pool::maxNodes);
        LayoutWish wish = reader.wish(layout);
        from.ifPresent(found -> count.ifPresent(wanted -> reader.checkMaximum(found, wanted)));
        work.ifPresent(task -> from.ifPresent(found -> reader.checkPrecision(task, found.node(), option("--pool"))));
        problems.throwIfAny();
        return new LayoutQuestion(
                Optional.of(new LayoutQuestion.InScenario(
                        scenario.title(), scenario.file(), from.orElseThrow().name())),
                work.orElseThrow(),
                from.orElseThrow().networkedNode(),
                count.orElseThrow(),
                wish,
                statedRate(work.orElseThrow(), from.orElseThrow()));
    }

    private static List<String> statedRate(Job job, Pool pool) {
        return Stream.ofNullable(job.measured().get(pool.name()))
                .map(rate ->
                        "The scenario states %s tokens/s/GPU for job %s on pool %s; plans count with that, this estimate does not."
                                .formatted(plain(rate.value()), job.name(), pool.name()))
                .toList();
    }

    private static String plain(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    /** A job of one step, read by the rules of scenarios. */
    private Optional<Job> job(Words words, CatalogueReading reading) {
        List<YamlNode.Entry> entries = new ArrayList<>();
        Map<String, String> values = new LinkedHashMap<>();
        values.put("model", words.model());
        values.put("stack", words.stack());
        values.put("sequence", words.sequence());
        values.put("batch", withUnit(words.batch(), " sequences"));
        values.put("precision", words.precision());
        values.forEach((key, text) -> entries.add(entry(key, text, option("--" + key))));
        entries.add(entry("tokens", "1 token", option("--batch")));
        YamlNode.Mapping mapping = new YamlNode.Mapping(option("--model"), entries);
        Times times = new Times(figures, problems, Optional.empty(), false);
        return new JobReader(reading, problems, times, Map.of(), new ArrayList<>())
                .read(new NamedItems.Item("estimate", "", mapping))
                .map(LayoutQuestionReader::ofOneStep);
    }

    private static Job ofOneStep(Job job) {
        Figure tokens = new Figure(
                job.training().batchSequences().value()
                        * job.training().sequenceTokens().value(),
                BaseUnit.TOKENS,
                new Origin("default: one step", "", Confidence.HIGH));
        return job.withTokens(tokens);
    }

    private static YamlNode.Entry entry(String key, String text, Place place) {
        return new YamlNode.Entry(key, place, new YamlNode.Scalar(place, text, false));
    }

    private Optional<Figure> nodes(String text) {
        Place place = option("--nodes");
        return figures.read(new YamlNode.Scalar(place, withUnit(text, " nodes"), false), "nodes", Dimension.NODES);
    }

    /** These options have one unit each, so that a bare number has one reading only. */
    private static String withUnit(String text, String unit) {
        return BARE_NUMBER.matcher(text.strip()).matches() ? text.strip() + unit : text;
    }

    private LayoutWish wish(Optional<String> layout) {
        return layout.map(text -> LayoutWords.read(text, "--layout", problems)).orElse(LayoutWish.any());
    }

    private <T> Optional<T> chosen(String kind, Optional<String> name, List<T> known, Function<T, String> nameOf) {
        List<String> names = known.stream().map(nameOf).toList();
        if (name.isEmpty()) {
            if (known.size() == 1) {
                return Optional.of(known.getFirst());
            }
            problems.add(
                    option("--" + kind),
                    "The scenario has %d %ss, and none was chosen.".formatted(known.size(), kind),
                    "--%s, one of %s.".formatted(kind, String.join(", ", names)));
            return Optional.empty();
        }
        int index = names.indexOf(name.get());
        if (index < 0) {
            problems.add(
                    option("--" + kind),
                    "The scenario has no %s named (%s).".formatted(kind, Shown.text(name.get())),
                    NearestNames.maybe(name.get(), names));
            return Optional.empty();
        }
        return Optional.of(known.get(index));
    }

    private void checkMaximum(Pool pool, Figure nodes) {
        if (nodes.value() > pool.maxNodes().value()) {
            problems.add(
                    option("--nodes"),
                    "nodes (%d) is more than pool %s has, %d."
                            .formatted(
                                    nodes.asInt(), pool.name(), pool.maxNodes().asInt()),
                    "--set 'pools.%s.max=%d nodes'.".formatted(pool.name(), nodes.asInt()));
        }
    }

    private void checkPrecision(Job job, Node node, Place place) {
        Gpu gpu = node.gpu();
        Precision precision = job.precision();
        if (!gpu.supports(precision)) {
            problems.add(
                    place,
                    "precision (%s) is not one that the GPU %s of node %s computes in."
                            .formatted(precision.key(), gpu.name(), node.name()),
                    usable(job, gpu));
        } else if (!gpu.supports(Precision.BF16) && !gpu.supports(Precision.FP16)) {
            problems.add(place, "The GPU %s has no 16-bit format, which heads and routers need.".formatted(gpu.name()));
        } else if (job.stack().efficiencyOn(gpu, precision).isEmpty()) {
            problems.add(
                    place,
                    "precision (%s): neither the stack %s nor its basis states an efficiency for it."
                            .formatted(precision.key(), job.stack().name()),
                    usable(job, gpu));
        }
    }

    /** {@return the formats that both stack and GPU do, as a way out} */
    private static Optional<String> usable(Job job, Gpu gpu) {
        String both = Stream.of(Precision.values())
                .filter(format -> gpu.supports(format)
                        && job.stack().precisions().contains(format)
                        && job.stack().efficiencyOn(gpu, format).isPresent())
                .map(Precision::key)
                .collect(Collectors.joining(" or "));
        return both.isEmpty() ? Optional.empty() : Optional.of(both + ".");
    }

    private static Place option(String name) {
        return new Place(name, 1, 1, true);
    }
}
