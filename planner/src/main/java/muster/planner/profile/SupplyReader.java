package muster.planner.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import muster.planner.domain.BaseUnit;
import muster.planner.domain.Confidence;
import muster.planner.domain.Figure;
import muster.planner.domain.Origin;
import muster.planner.domain.Supply;

/** Reads how a pool's nodes are come by and when they are there. */
final class SupplyReader {
    private static final Origin DEFAULT = new Origin("default: docs/model.md#pools", "", Confidence.HIGH);

    /** ByteCheckpoint's time to save the state of large jobs, in arXiv:2602.00277. */
    private static final Figure CHECKPOINT = new Figure(
            40,
            BaseUnit.SECONDS,
            new Origin(
                    "default: docs/model.md#spot-nodes; time to save a checkpoint, arXiv:2602.00277",
                    "2026",
                    Confidence.MEDIUM));

    /** The low end of the catalogue's yardsticks: nothing has to be found out and repaired. */
    private static final Figure RESTART = new Figure(
            600,
            BaseUnit.SECONDS,
            new Origin(
                    "default: docs/model.md#spot-nodes; an assumption between 200 s of cold recovery (arXiv:2602.00277)"
                            + " and 68 min (arXiv:2401.00134)",
                    "2026",
                    Confidence.LOW));

    /** Each is a time at which jobs may start, so the bound is worked out for each. */
    private static final int MOST_TRANCHES = 24;

    private final Figures figures;
    private final Problems problems;
    private final Times times;

    SupplyReader(Figures figures, Problems problems, Times times) {
        this.figures = figures;
        this.problems = problems;
        this.times = times;
    }

    Supply read(Section pool, Optional<Figure> max) {
        List<Supply.Tranche> available = tranches(pool);
        int sum = 0;
        for (Supply.Tranche tranche : available) {
            sum += tranche.nodes().asInt();
        }
        if (max.isPresent() && sum > max.get().asInt()) {
            pool.refuse(
                    "available",
                    "adds up to %,d nodes, more than max (%,d nodes)."
                            .formatted(sum, max.get().asInt()),
                    "max: %d nodes.".formatted(sum));
        }
        return new Supply(purchase(pool), reservation(pool), spot(pool), available);
    }

    private Optional<Supply.Spot> spot(Section pool) {
        return pool.findUnlessNone("spot")
                .flatMap(node -> Section.of(node, pool.pathOf("spot"), problems))
                .flatMap(section -> {
                    int before = problems.count();
                    Optional<Figure> price = figures.get(section, "price", Dimension.RENT);
                    Optional<Figure> eviction = figures.get(section, "eviction", Dimension.EVICTION);
                    Optional<Figure> checkpoint = timeOr(section, "checkpoint", CHECKPOINT);
                    Optional<Figure> restart = timeOr(section, "restart", RESTART);
                    section.finish();
                    return problems.count() > before
                            ? Optional.empty()
                            : Optional.of(new Supply.Spot(
                                    price.orElseThrow(),
                                    eviction.orElseThrow(),
                                    checkpoint.orElseThrow(),
                                    restart.orElseThrow()));
                });
    }

    private Optional<Figure> timeOr(Section section, String key, Figure otherwise) {
        Optional<Figure> stated = figures.find(section, key, Dimension.RECOVERY_TIME);
        return section.has(key) ? stated : Optional.of(otherwise);
    }

    private Optional<Supply.Purchase> purchase(Section pool) {
        return pool.findUnlessNone("buy")
                .flatMap(node -> Section.of(node, pool.pathOf("buy"), problems))
                .flatMap(section -> {
                    int before = problems.count();
                    Optional<Figure> price = figures.get(section, "price", Dimension.PRICE_PER_NODE);
                    Optional<Figure> life = figures.get(section, "life", Dimension.TIME);
                    Optional<Figure> residual = fractionOr0(section, "residual");
                    Optional<Figure> financing = fractionOr0(section, "financing");
                    Optional<Figure> lead = section.find("lead")
                            .flatMap(node -> times.read(node, section.pathOf("lead"), Dimension.TIME_FROM_START));
                    if (!section.has("lead")) {
                        lead = Optional.of(new Figure(0, BaseUnit.SECONDS, DEFAULT));
                    }
                    section.finish();
                    return problems.count() > before
                            ? Optional.empty()
                            : Optional.of(new Supply.Purchase(
                                    price.orElseThrow(),
                                    life.orElseThrow(),
                                    residual.orElseThrow(),
                                    lead.orElseThrow(),
                                    financing.orElseThrow()));
                });
    }

    private Optional<Figure> fractionOr0(Section section, String key) {
        Optional<Figure> stated = figures.find(section, key, Dimension.FRACTION_OF_PRICE);
        return section.has(key) ? stated : Optional.of(new Figure(0, BaseUnit.FRACTION, DEFAULT));
    }

    private Optional<Supply.Reservation> reservation(Section pool) {
        return pool.findUnlessNone("reserve")
                .flatMap(node -> Section.of(node, pool.pathOf("reserve"), problems))
                .flatMap(section -> {
                    Optional<Figure> price = figures.get(section, "price", Dimension.RENT);
                    Optional<Figure> minimum = figures.get(section, "minimum", Dimension.TIME);
                    section.finish();
                    return price.flatMap(usd -> minimum.map(term -> new Supply.Reservation(usd, term)));
                });
    }

    /** {@return the tranches, those that could be read, in the order of the file, which must be that of time} */
    private List<Supply.Tranche> tranches(Section pool) {
        Optional<YamlNode> node = pool.findUnlessNone("available");
        if (node.isEmpty()) {
            return List.of();
        }
        String path = pool.pathOf("available");
        if (!(node.get() instanceof YamlNode.Sequence list)
                || list.items().isEmpty()
                || list.items().size() > MOST_TRANCHES) {
            pool.refuse(
                    "available",
                    "must be a list of 1 to %d tranches.".formatted(MOST_TRANCHES),
                    "[{from: 0 d, nodes: 64}, {from: 90 d, nodes: 192}].");
            return List.of();
        }
        List<Supply.Tranche> tranches = new ArrayList<>();
        for (YamlNode item : list.items()) {
            tranche(item, path).ifPresent(tranche -> {
                if (!tranches.isEmpty()
                        && tranche.fromSeconds().value()
                                <= tranches.getLast().fromSeconds().value()) {
                    problems.add(
                            item.place(), "%s: this tranche does not come after the one before it.".formatted(path));
                }
                tranches.add(tranche);
            });
        }
        return tranches;
    }

    private Optional<Supply.Tranche> tranche(YamlNode item, String path) {
        return Section.of(item, path, problems).flatMap(section -> {
            Optional<Figure> from = section.get("from")
                    .flatMap(node -> times.read(node, section.pathOf("from"), Dimension.TIME_FROM_START));
            Optional<Figure> nodes = figures.get(section, "nodes", Dimension.BARE_NODES);
            section.finish();
            return from.flatMap(when -> nodes.map(count -> new Supply.Tranche(when, count)));
        });
    }
}
