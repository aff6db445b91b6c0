package muster.planner.profile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import muster.planner.domain.BaseUnit;
import muster.planner.domain.Confidence;
import muster.planner.domain.Figure;
import muster.planner.domain.Node;
import muster.planner.domain.Origin;

/** The node that a GPU's name in a table of measurements stands for. */
final class MeasuredHardware {
    private static final Pattern WITH_MEMORY = Pattern.compile("(.+)-(\\d+)GB", Pattern.CASE_INSENSITIVE);
    private static final double BYTES_PER_GIGABYTE = 1e9;

    private final List<Node> nodes = new ArrayList<>();

    MeasuredHardware(Catalogue catalogue) throws ProfileException {
        for (String name : catalogue.names(Catalogue.Kind.NODE)) {
            nodes.add((Node) catalogue.find(Catalogue.Kind.NODE, name));
        }
    }

    /**
     * {@return the largest node of the catalogue with that GPU, its fabric as stated} A GPU is known by its name, or by its
     * family's name and its memory (A100-80GB); of several such the plain name goes before a longer one (a100-pcie).
     */
    Optional<Node> find(String gpu, OptionalDouble networkGigabits) {
        Optional<Node> found = largest(node -> node.gpu().name().equalsIgnoreCase(gpu));
        Matcher parts = WITH_MEMORY.matcher(gpu);
        if (found.isEmpty() && parts.matches()) {
            String family = parts.group(1).toLowerCase(Locale.ROOT);
            double bytes = Double.parseDouble(parts.group(2)) * BYTES_PER_GIGABYTE;
            Predicate<Node> fits = node -> node.gpu().memoryBytes().value() == bytes;
            found = largest(fits.and(node -> node.gpu().name().equals(family)))
                    .or(() -> largest(fits.and(node -> node.gpu().name().startsWith(family + "-"))));
        }
        return found.map(node -> networkGigabits.isEmpty() ? node : withFabric(node, networkGigabits.getAsDouble()));
    }

    /** Runs use the scale-up network whole, so that of nodes with one GPU the one with most of it is meant. */
    private Optional<Node> largest(Predicate<Node> wanted) {
        return nodes.stream()
                .filter(wanted)
                .min(Comparator.comparingInt((Node node) -> -node.gpusPerNode().asInt())
                        .thenComparing(Node::name));
    }

    private static Node withFabric(Node node, double gigabits) {
        return new Node(
                node.name(),
                node.label(),
                node.gpu(),
                node.gpusPerNode(),
                node.trainingPowerWatts(),
                node.nameplatePowerWatts(),
                new Figure(
                        gigabits * 1e9 / 8,
                        BaseUnit.BYTES_PER_SECOND,
                        new Origin("the row's nic_gbit_per_gpu", "", Confidence.HIGH)));
    }
}
