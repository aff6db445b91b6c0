package muster.planner.profile;

import java.util.Map;
import java.util.Optional;
import muster.planner.domain.BaseUnit;
import muster.planner.domain.Confidence;
import muster.planner.domain.Figure;
import muster.planner.domain.Node;
import muster.planner.domain.Origin;
import muster.planner.domain.Pool;
import muster.planner.domain.Site;
import muster.planner.domain.Supply;

/** Reads one pool of a scenario. */
final class PoolReader {
    private static final Origin DEFAULT = new Origin("default: docs/model.md#pools", "", Confidence.HIGH);

    private final CatalogueReading catalogue;
    private final Figures figures;
    private final Problems problems;
    private final Map<String, Optional<Site>> sites;
    private final SupplyReader supplies;

    PoolReader(CatalogueReading catalogue, Problems problems, Times times, Map<String, Optional<Site>> sites) {
        this.catalogue = catalogue;
        this.figures = catalogue.figures();
        this.problems = problems;
        this.sites = sites;
        this.supplies = new SupplyReader(figures, problems, times);
    }

    Optional<Pool> read(NamedItems.Item item) {
        int before = problems.count();
        Section section = Section.of(item.mapping(), item.path(), problems).orElseThrow();
        section.find("name");
        Optional<Node> node = section.get("node")
                .flatMap(value -> catalogue.resolve(Catalogue.Kind.NODE, value, section.pathOf("node"), item.name()))
                .map(Node.class::cast);
        Optional<Figure> max = figures.get(section, "max", Dimension.NODES);
        Optional<Figure> own = orDefault(section, "own", Dimension.OWNED_NODES, 0);
        Optional<Figure> granularity = orDefault(section, "granularity", Dimension.NODES, 1);
        Optional<Figure> rent =
                section.findUnlessNone("rent").flatMap(stated -> figures.find(section, "rent", Dimension.RENT));
        Optional<Pool.Network> network = network(section, node);
        Optional<Site> site = section.find("site").flatMap(value -> site(value, section, item.name()));
        Supply supply = supplies.read(section, max);
        Optional<Figure> spare = spare(section);
        section.notPlannedYet("market");
        site.ifPresent(place -> node.ifPresent(server -> checkRack(section, place, server)));
        max.ifPresent(most -> checkCounts(section, most, own, granularity));
        max.ifPresent(most -> checkSpare(section, most, spare));
        section.finish();
        return problems.count() > before
                ? Optional.empty()
                : Optional.of(new Pool(
                        item.name(),
                        node.orElseThrow(),
                        max.orElseThrow(),
                        own.orElseThrow(),
                        rent,
                        granularity.orElseThrow(),
                        network,
                        site,
                        site.map(Site::powerUsageEffectiveness).orElseGet(EntryReader::defaultPowerUsageEffectiveness),
                        supply,
                        spare));
    }

    /** A number of nodes, or a percentage of those that a job holds. */
    private Optional<Figure> spare(Section section) {
        return section.findUnlessNone("spare").flatMap(node -> {
            String path = section.pathOf("spare");
            Optional<Figures.Stated> stated = figures.stated(node, path, Figures.Direction.NOT_ASKED);
            boolean share = stated.isPresent()
                    && stated.get().value() instanceof YamlNode.Scalar scalar
                    && scalar.text().contains("%");
            Dimension dimension = share ? Dimension.SPARE_FRACTION : Dimension.SPARE_NODES;
            return stated.flatMap(value -> figures.figure(value, path, dimension));
        });
    }

    private Optional<Figure> orDefault(Section section, String key, Dimension dimension, int value) {
        return section.findUnlessNone(key).isPresent()
                ? figures.find(section, key, dimension)
                : Optional.of(new Figure(value, BaseUnit.NODES, DEFAULT));
    }

    /** A scale-out network other than the node's own; what it leaves out is the node's, and not oversubscribed. */
    private Optional<Pool.Network> network(Section pool, Optional<Node> node) {
        return pool.find("network")
                .flatMap(value -> Section.of(value, pool.pathOf("network"), problems))
                .flatMap(section -> {
                    int before = problems.count();
                    Optional<Figure> rate = section.has("rate")
                            ? figures.bandwidth(section, "rate", Figures.Direction.OPTIONAL)
                            : node.map(Node::fabricBytesPerSecondPerGpu);
                    Optional<Figure> oversubscription = section.has("oversubscription")
                            ? figures.find(section, "oversubscription", Dimension.OVERSUBSCRIPTION)
                            : Optional.of(new Figure(1, BaseUnit.COUNT, DEFAULT));
                    section.finish();
                    return problems.count() > before || rate.isEmpty()
                            ? Optional.empty()
                            : Optional.of(new Pool.Network(rate.get(), oversubscription.orElseThrow()));
                });
    }

    private void checkCounts(Section section, Figure max, Optional<Figure> own, Optional<Figure> granularity) {
        own.filter(owned -> owned.value() > max.value())
                .ifPresent(owned -> section.refuse(
                        "own",
                        "(%d nodes) exceeds max (%d nodes), which counts owned nodes too."
                                .formatted(owned.asInt(), max.asInt()),
                        "max: %d nodes.".formatted(owned.asInt())));
        granularity
                .filter(step -> step.value() > max.value())
                .ifPresent(step -> section.refuse(
                        "granularity",
                        "(%d nodes) exceeds max (%d nodes), so the pool could never be used."
                                .formatted(step.asInt(), max.asInt()),
                        Optional.empty()));
        // Other ways of getting nodes may have problems of their own; then the price is not what is missing.
        boolean otherWay = section.findUnlessNone("buy").isPresent()
                || section.findUnlessNone("reserve").isPresent()
                || section.findUnlessNone("spot").isPresent();
        own.filter(owned -> owned.value() < max.value()
                        && section.findUnlessNone("rent").isEmpty()
                        && !otherWay)
                .ifPresent(owned -> problems.add(
                        section.place(),
                        "%s has no price: %d of its %d nodes are not owned and cannot be rented."
                                .formatted(section.path(), max.asInt() - owned.asInt(), max.asInt()),
                        "rent: $2.00 /GPU/h, or own: %d nodes.".formatted(max.asInt())));
    }

    private static void checkSpare(Section section, Figure max, Optional<Figure> spare) {
        spare.filter(count -> count.unit() == BaseUnit.NODES && count.value() >= max.value())
                .ifPresent(count -> section.refuse(
                        "spare",
                        "(%d nodes) leaves none of max (%d nodes) to compute, so the pool could never be used."
                                .formatted(count.asInt(), max.asInt()),
                        "3 %."));
    }

    private static void checkRack(Section section, Site site, Node node) {
        if (site.nodesPerRack(node) == 0) {
            double rackWatts = site.caps().rackWatts().orElseThrow().value();
            section.refuse(
                    section.has("site") ? "site" : "node",
                    "has racks of %.1f kW, and one node (%s) draws %.1f kW: none fits in a rack."
                            .formatted(
                                    rackWatts / 1e3,
                                    node.name(),
                                    node.trainingPowerWatts().value() / 1e3),
                    Optional.empty());
        }
    }

    /** A name means one of the scenario's sites first, then the catalogue's. */
    private Optional<Site> site(YamlNode value, Section section, String poolName) {
        if (value instanceof YamlNode.Scalar name && sites.containsKey(name.text())) {
            return sites.get(name.text());
        }
        return catalogue
                .resolve(Catalogue.Kind.SITE, value, section.pathOf("site"), poolName)
                .map(Site.class::cast);
    }
}
