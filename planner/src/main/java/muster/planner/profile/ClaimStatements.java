package muster.planner.profile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import muster.planner.domain.Claim;
import muster.planner.domain.Gpu;
import muster.planner.domain.Node;
import muster.planner.domain.StatedFigure;

/** Reads the section {@code stated} of a claim: every figure under its path. */
final class ClaimStatements {
    /** Where a claim names no server, this one holds its GPUs. */
    private static final String NODE_PREFIX = "hgx-";

    private static final Map<String, Dimension> OF_RUN = dimensions(
            "gpus", Dimension.GPU_TOTAL,
            "price", Dimension.RENT,
            "cost", Dimension.MONEY,
            "tokens", Dimension.TOKENS,
            "sequence", Dimension.SEQUENCE_TOKENS,
            "batch", Dimension.SEQUENCES,
            "gpuHours", Dimension.GPU_HOURS,
            "days", Dimension.DAYS,
            "rate", Dimension.TOKEN_RATE,
            "flop", Dimension.FLOP,
            "activeParameters", Dimension.PARAMETERS,
            "power", Dimension.POWER,
            "capex", Dimension.MONEY,
            "opex", Dimension.MONEY,
            "costPerYear", Dimension.MONEY,
            "period", Dimension.TIME);
    private static final Map<String, Dimension> OF_PHASE = dimensions(
            "tokens", Dimension.TOKENS,
            "sequence", Dimension.SEQUENCE_TOKENS,
            "batch", Dimension.SEQUENCES,
            "gpus", Dimension.GPU_TOTAL,
            "gpuHours", Dimension.GPU_HOURS,
            "days", Dimension.DAYS,
            "rate", Dimension.TOKEN_RATE,
            "cost", Dimension.MONEY);
    private static final Map<String, Dimension> OF_FLEET = dimensions(
            "gpus", Dimension.GPU_TOTAL,
            "capexPerGpu", Dimension.PRICE_PER_GPU,
            "opexPerGpu", Dimension.PRICE_PER_GPU,
            "capex", Dimension.MONEY,
            "opex", Dimension.MONEY);
    private static final Map<String, Dimension> OF_PART = dimensions(
            "count", Dimension.GPU_TOTAL,
            "capex", Dimension.MONEY,
            "opex", Dimension.MONEY,
            "costPerYear", Dimension.MONEY);

    private final Catalogue catalogue;
    private final ClaimEntries entries;
    private final Problems problems;
    private final StatedFigures figures;
    private final Map<String, StatedFigure> byPath = new LinkedHashMap<>();
    private final List<String> phases = new ArrayList<>();
    private final List<Claim.FleetGpu> fleet = new ArrayList<>();
    private final List<Claim.FleetPart> parts = new ArrayList<>();
    private final List<Claim.Share> shares = new ArrayList<>();
    private Optional<Gpu> gpu = Optional.empty();
    private Optional<Claim.MfuBasis> mfuBasis = Optional.empty();

    ClaimStatements(Catalogue catalogue, CatalogueReading reading, ClaimEntries entries, Problems problems) {
        this.catalogue = catalogue;
        this.entries = entries;
        this.problems = problems;
        this.figures = new StatedFigures(problems, reading);
    }

    private static Map<String, Dimension> dimensions(Object... keysAndDimensions) {
        Map<String, Dimension> dimensions = new LinkedHashMap<>();
        for (int index = 0; index < keysAndDimensions.length; index += 2) {
            dimensions.put((String) keysAndDimensions[index], (Dimension) keysAndDimensions[index + 1]);
        }
        return dimensions;
    }

    Optional<Gpu> gpu() {
        return gpu;
    }

    Optional<Node> node() {
        return gpu.flatMap(this::nodeOf);
    }

    Map<String, StatedFigure> figures() {
        return byPath;
    }

    Optional<Claim.MfuBasis> mfuBasis() {
        return mfuBasis;
    }

    List<String> phases() {
        return phases;
    }

    List<Claim.FleetGpu> fleet() {
        return fleet;
    }

    List<Claim.FleetPart> parts() {
        return parts;
    }

    List<Claim.Share> shares() {
        return shares;
    }

    void read(Section stated) {
        gpu = stated.find("gpu").flatMap(node -> gpu(node, "stated.gpu"));
        readAll(stated, OF_RUN, key -> key);
        stated.find("mfu")
                .flatMap(node -> Section.of(node, "stated.mfu", problems))
                .ifPresent(this::mfu);
        for (NamedItems.Item item : NamedItems.of(stated, "phases", false, problems)) {
            Section phase = Section.of(item.mapping(), item.path(), problems).orElseThrow();
            phase.find("name");
            readAll(phase, OF_PHASE, key -> Claim.phasePath(item.name(), key));
            phase.finish();
            phases.add(item.name());
        }
        fleet(stated);
        for (NamedItems.Item item : NamedItems.of(stated, "parts", false, problems)) {
            part(item);
        }
        new ClaimShares(figures, problems, byPath, shares).read(stated);
        stated.finish();
    }

    private void readAll(Section section, Map<String, Dimension> dimensions, UnaryOperator<String> path) {
        dimensions.forEach((key, dimension) ->
                figures.find(section, key, dimension).ifPresent(figure -> byPath.put(path.apply(key), figure)));
    }

    private void mfu(Section section) {
        List<String> words =
                Stream.of(Claim.MfuBasis.values()).map(Claim.MfuBasis::key).toList();
        mfuBasis = section.text("basis").flatMap(text -> {
            Optional<Claim.MfuBasis> basis = basis(text);
            if (basis.isEmpty()) {
                section.refuse(
                        "basis", "(%s) is not known.".formatted(Shown.text(text)), NearestNames.maybe(text, words));
            }
            return basis;
        });
        section.figure("basis")
                .flatMap(node -> figures.read(node, "stated.mfu", Dimension.CLAIMED_PERCENT))
                .ifPresent(figure -> byPath.put("mfu", figure));
    }

    /** One of the words, or the name of the derived figure, or words such as "dense bf16 peak, causal". */
    private static Optional<Claim.MfuBasis> basis(String text) {
        String words = text.toLowerCase(Locale.ROOT);
        for (Claim.MfuBasis basis : Claim.MfuBasis.values()) {
            if (words.equals(basis.key()) || text.equals(basis.variable())) {
                return Optional.of(basis);
            }
        }
        if (words.contains("6nd")) {
            return Optional.of(Claim.MfuBasis.SIX_ND);
        } else if (words.contains("fp8")) {
            return Optional.of(Claim.MfuBasis.PEAK);
        } else if (words.contains("full") || words.contains("non-causal")) {
            return Optional.of(Claim.MfuBasis.BF16_FULL);
        }
        return words.contains("bf16") || words.contains("causal") ? Optional.of(Claim.MfuBasis.BF16) : Optional.empty();
    }

    private Optional<Gpu> gpu(YamlNode node, String path) {
        return entries.resolve(Catalogue.Kind.GPU, node, path, "gpu").map(Gpu.class::cast);
    }

    private Optional<Node> nodeOf(Gpu held) {
        String name = NODE_PREFIX + held.name();
        return catalogue.findFile(Catalogue.Kind.NODE, name).isPresent()
                ? entries.named(Catalogue.Kind.NODE, name, new Place(name, 1, 1, false))
                        .map(Node.class::cast)
                : Optional.empty();
    }

    /** Items go by the name of their GPU, each of which stands once. */
    private void fleet(Section stated) {
        Optional<YamlNode> node = stated.find("fleet");
        if (node.isEmpty()) {
            return;
        }
        if (!(node.get() instanceof YamlNode.Sequence list) || list.items().size() > NamedItems.MOST_ITEMS) {
            stated.refuse("fleet", "must be a list of up to 100 kinds of GPU.", "[{gpu: h800, gpus: 2048}].");
            return;
        }
        Set<String> seen = new LinkedHashSet<>();
        for (YamlNode item : list.items()) {
            Section.of(item, "stated.fleet", problems).ifPresent(section -> {
                section.find("name");
                Optional<Gpu> held = section.get("gpu").flatMap(name -> gpu(name, "stated.fleet.gpu"));
                held.filter(found -> !seen.add(found.name()))
                        .ifPresent(found -> section.refuse(
                                "gpu", "(%s) stands twice in the fleet.".formatted(found.name()), "one sum."));
                String name = held.map(Gpu::name).orElse("");
                readAll(section, OF_FLEET, key -> Claim.fleetPath(name, key));
                section.finish();
                held.ifPresent(found -> fleet.add(new Claim.FleetGpu(found, nodeOf(found))));
            });
        }
    }

    private void part(NamedItems.Item item) {
        Section section = Section.of(item.mapping(), item.path(), problems).orElseThrow();
        section.find("name");
        List<String> known = fleet.stream().map(held -> held.gpu().name()).toList();
        List<String> members = new ArrayList<>();
        section.get("gpus").ifPresent(node -> {
            if (!(node instanceof YamlNode.Sequence list)) {
                section.refuse("gpus", "must be a list of GPUs of the fleet.", "[h800, h20].");
                return;
            }
            for (YamlNode name : list.items()) {
                String text = name instanceof YamlNode.Scalar scalar ? scalar.text() : "";
                if (known.contains(text)) {
                    members.add(text);
                } else {
                    problems.add(
                            name.place(),
                            "%s.gpus: %s is not in the fleet.".formatted(item.path(), name.shape()),
                            NearestNames.maybe(text, known));
                }
            }
        });
        readAll(section, OF_PART, key -> Claim.partPath(item.name(), key.equals("count") ? "gpus" : key));
        section.finish();
        parts.add(new Claim.FleetPart(item.name(), members));
    }
}
