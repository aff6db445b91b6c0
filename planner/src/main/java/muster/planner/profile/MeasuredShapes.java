package muster.planner.profile;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import muster.planner.domain.Architecture;
import muster.planner.domain.Attention;
import muster.planner.domain.Model;

/** The architecture of a measured run: the catalogue's where it knows the model by name, else the row's columns. */
final class MeasuredShapes {
    private final Catalogue catalogue;

    MeasuredShapes(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** What a row says of its model; 0 where a cell is empty. */
    record Columns(
            double billions,
            int layers,
            int hidden,
            int heads,
            int keyValueHeads,
            int feedForward,
            int experts,
            int active,
            int vocabulary) {}

    /** {@return the model, with what had to be assumed added to {@code remarks}} */
    Optional<Model> find(String name, Columns columns, List<String> remarks) throws ProfileException {
        Optional<Model> known = known(name);
        if (known.isPresent()) {
            return known;
        }
        if (columns.layers() == 0 || columns.hidden() == 0 || columns.heads() == 0 || columns.feedForward() == 0) {
            remarks.add("neither the catalogue nor the row knows the shape of the model");
            return Optional.empty();
        }
        try {
            return Optional.of(new Model(name, name, architecture(columns), Map.of(), Map.of()));
        } catch (IllegalArgumentException e) {
            remarks.add("the shape does not hold together: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** What stands in brackets is about the run, unless the whole is an alias: "DeepSeekV3 (w/o MTP)". */
    private Optional<Model> known(String name) throws ProfileException {
        int bracket = name.indexOf('(');
        Optional<String> found = catalogue
                .nameOf(Catalogue.Kind.MODEL, name)
                .or(() -> bracket < 0
                        ? Optional.empty()
                        : catalogue.nameOf(Catalogue.Kind.MODEL, name.substring(0, bracket)));
        return found.isPresent()
                ? Optional.of((Model) catalogue.find(Catalogue.Kind.MODEL, found.get()))
                : Optional.empty();
    }

    private static Architecture architecture(Columns columns) {
        Architecture gated = architecture(columns, true);
        Architecture plain = architecture(columns, false);
        if (columns.billions() > 0) {
            double stated = columns.billions() * 1e9;
            return Math.abs(gated.totalParameters() - stated) < Math.abs(plain.totalParameters() - stated)
                    ? gated
                    : plain;
        }
        return columns.feedForward() == 4 * columns.hidden() ? plain : gated;
    }

    /** Models of the GPT family, which have as many keys as heads and no gate, tie their embeddings and have biases. */
    private static Architecture architecture(Columns columns, boolean gated) {
        int keyValueHeads = columns.keyValueHeads() == 0 ? columns.heads() : columns.keyValueHeads();
        boolean classic = !gated && keyValueHeads == columns.heads();
        boolean mixture = columns.experts() > 0;
        int headSize = Math.max(1, columns.hidden() / columns.heads());
        return new Architecture(
                columns.layers(),
                columns.hidden(),
                columns.vocabulary() == 0 ? 51_200 : columns.vocabulary(),
                classic,
                0,
                new Attention.Grouped(columns.heads(), keyValueHeads, headSize),
                mixture ? 0 : columns.layers(),
                mixture ? 0 : columns.feedForward(),
                gated,
                mixture
                        ? new Architecture.Experts(
                                columns.experts(), Math.max(1, columns.active()), 0, columns.feedForward(), false)
                        : Architecture.Experts.NONE,
                classic,
                0);
    }
}
