package muster.planner.profile;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import muster.planner.domain.DatedEvent;
import muster.planner.domain.Figure;
import muster.planner.domain.Gpu;
import muster.planner.domain.Origin;
import muster.planner.domain.Precision;
import muster.planner.domain.Quote;
import muster.planner.domain.Trait;

/** Turns the mapping of a GPU into its record. */
final class GpuReader {
    /** Formats that no training job can name, but data sheets print. */
    private static final List<String> OTHER_FORMATS = List.of("fp64", "int8");

    private static final Pattern ALIAS = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._+-]{0,63}");

    private final Problems problems;
    private final Figures figures;
    private final Traits traits;
    private final QuoteReader quotes;

    GpuReader(Problems problems, Figures figures, Traits traits) {
        this.problems = problems;
        this.figures = figures;
        this.traits = traits;
        this.quotes = new QuoteReader(problems, figures);
    }

    /** @param before how many problems there were when the section began */
    Optional<Gpu> read(String name, String label, Section section, int before) {
        Map<Precision, Figure> rates = new EnumMap<>(Precision.class);
        Map<String, Figure> otherRates = new LinkedHashMap<>();
        section.get("flops")
                .flatMap(node -> Section.of(node, section.pathOf("flops"), problems))
                .ifPresent(flops -> rates(flops, rates, otherRates));
        Optional<Figure> memory = figures.get(section, "memory", Dimension.BYTES);
        Optional<Figure> memoryBandwidth = figures.get(section, "memoryBandwidth", Dimension.BYTES_PER_SECOND);
        Optional<Figure> link = figures.bandwidth(section, "linkBandwidth", Figures.Direction.REQUIRED);
        Optional<Figure> bridge = figures.findBandwidth(section, "bridgeBandwidth", Figures.Direction.REQUIRED);
        Optional<Figure> host = figures.findBandwidth(section, "hostBandwidth", Figures.Direction.REQUIRED);
        Optional<Figure> power = figures.get(section, "boardPower", Dimension.POWER);
        Optional<Figure> multiprocessors = figures.find(section, "multiprocessors", Dimension.COUNT);
        Optional<Trait> generation = traits.name(section, "generation");
        Map<String, Trait> words = new LinkedHashMap<>();
        generation.ifPresent(trait -> words.put("generation", trait));
        traits.text(section, "form").ifPresent(trait -> words.put("form", trait));
        List<String> aliases = aliases(section, problems);
        List<DatedEvent> exports = events(section, "exportControls");
        List<Quote> prices = quotes.purchases(section, name);
        section.finish();
        return problems.count() > before
                ? Optional.empty()
                : Optional.of(new Gpu(
                        name,
                        label,
                        generation.map(trait -> trait.words().getFirst()).orElse(name),
                        rates,
                        memory.orElseThrow(),
                        memoryBandwidth.orElseThrow(),
                        link.orElseThrow(),
                        power.orElseThrow(),
                        multiprocessors,
                        words,
                        new Gpu.Particulars(aliases, otherRates, host, bridge, exports, prices)));
    }

    private void rates(Section flops, Map<Precision, Figure> rates, Map<String, Figure> otherRates) {
        flops.findText("sparsity").ifPresent(text -> {
            if (!text.equals("dense")) {
                flops.refuse(
                        "sparsity",
                        "(%s) is not what runs are planned with.".formatted(Shown.text(text)),
                        "dense, with half of the sparse rates.");
            }
        });
        for (Precision precision : Precision.values()) {
            figures.find(flops, precision.key(), Dimension.FLOPS_PER_SECOND)
                    .ifPresent(rate -> rates.put(precision, rate));
        }
        for (String format : OTHER_FORMATS) {
            figures.find(flops, format, Dimension.FLOPS_PER_SECOND).ifPresent(rate -> otherRates.put(format, rate));
        }
        flops.finish();
    }

    /** {@return the other names under the key {@code aliases}} */
    static List<String> aliases(Section section, Problems problems) {
        List<String> aliases = new ArrayList<>();
        for (YamlNode item : items(section, "aliases", problems)) {
            if (item instanceof YamlNode.Scalar scalar
                    && ALIAS.matcher(scalar.text()).matches()) {
                aliases.add(scalar.text());
            } else {
                problems.add(
                        item.place(),
                        "%s %s cannot be another name: letters, digits, spaces and . _ + - only."
                                .formatted(section.pathOf("aliases"), item.shape()));
            }
        }
        return aliases;
    }

    static List<YamlNode> items(Section section, String key, Problems problems) {
        Optional<YamlNode> node = section.find(key);
        if (node.isPresent() && !(node.get() instanceof YamlNode.Sequence)) {
            problems.add(
                    node.get().place(),
                    "%s must be a list, not %s."
                            .formatted(section.pathOf(key), node.get().shape()));
        }
        return node.filter(YamlNode.Sequence.class::isInstance)
                .map(list -> ((YamlNode.Sequence) list).items())
                .orElse(List.of());
    }

    private List<DatedEvent> events(Section section, String key) {
        List<DatedEvent> events = new ArrayList<>();
        for (YamlNode item : items(section, key, problems)) {
            Section.of(item, section.pathOf(key), problems).ifPresent(event -> {
                Optional<String> when = event.text("when").filter(text -> Sourcing.isDate(event, "when", text));
                Optional<String> what = event.text("what");
                Optional<Origin> origin = figures.origin(event, item);
                event.finish();
                when.ifPresent(date -> what.ifPresent(
                        text -> origin.ifPresent(found -> events.add(new DatedEvent(date, text, found)))));
            });
        }
        return events;
    }
}
