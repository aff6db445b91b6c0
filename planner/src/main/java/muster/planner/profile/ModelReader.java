package muster.planner.profile;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import muster.planner.domain.Architecture;
import muster.planner.domain.Attention;
import muster.planner.domain.Figure;
import muster.planner.domain.Model;
import muster.planner.domain.Trait;

/** Reads a model: its figures as they stand in the file, and the architecture that they make. */
final class ModelReader {
    /** Published counts are rounded, and leave out what is small; a slip in a shape is larger than this. */
    private static final double BELIEVED_DIFFERENCE = 0.05;

    private static final List<String> REQUIRED = List.of("layers", "hiddenSize", "heads", "vocabulary");
    private static final List<String> OPTIONAL = List.of(
            "keyValueHeads",
            "headSize",
            "feedForwardSize",
            "context",
            "queryRank",
            "keyValueRank",
            "headSizeNoPosition",
            "headSizePosition",
            "headSizeValue");
    private static final List<String> MAY_BE_ZERO = List.of(
            "experts",
            "activeExperts",
            "sharedExperts",
            "expertFeedForwardSize",
            "denseLayers",
            "predictionLayers",
            "learnedPositions");

    private final Problems problems;
    private final Figures figures;
    private final Traits traits;

    ModelReader(Problems problems, Figures figures, Traits traits) {
        this.problems = problems;
        this.figures = figures;
        this.traits = traits;
    }

    Optional<Model> read(String name, String label, Section section, int problemsBefore) {
        Map<String, Trait> words = new LinkedHashMap<>();
        traits.word(section, "attention", List.of("mha", "gqa", "mla"))
                .ifPresent(trait -> words.put("attention", trait));
        boolean gated = traits.flag(section, "gated", true, words);
        boolean biases = traits.flag(section, "biases", false, words);
        boolean tiedEmbeddings = traits.flag(section, "tiedEmbeddings", false, words);
        boolean selectionBias = traits.flag(section, "expertSelectionBias", false, words);
        Map<String, Figure> shape = new LinkedHashMap<>();
        for (String key : List.of("parameters", "activeParameters")) {
            figures.get(section, key, Dimension.PARAMETERS).ifPresent(figure -> shape.put(key, figure));
        }
        REQUIRED.forEach(key -> figures.get(section, key, Dimension.COUNT).ifPresent(figure -> shape.put(key, figure)));
        OPTIONAL.forEach(
                key -> figures.find(section, key, Dimension.COUNT).ifPresent(figure -> shape.put(key, figure)));
        MAY_BE_ZERO.forEach(
                key -> figures.find(section, key, Dimension.COUNT_OR_ZERO).ifPresent(figure -> shape.put(key, figure)));
        section.finish();
        if (problems.count() > problemsBefore) {
            return Optional.empty();
        }
        return architecture(section, shape, words, gated, biases, tiedEmbeddings, selectionBias)
                .map(architecture -> new Model(name, label, architecture, shape, words));
    }

    private Optional<Architecture> architecture(
            Section section,
            Map<String, Figure> shape,
            Map<String, Trait> words,
            boolean gated,
            boolean biases,
            boolean tiedEmbeddings,
            boolean selectionBias) {
        try {
            int layers = count(shape, "layers", 0);
            boolean mixture = count(shape, "experts", 0) > 0;
            Architecture architecture = new Architecture(
                    layers,
                    count(shape, "hiddenSize", 0),
                    count(shape, "vocabulary", 0),
                    tiedEmbeddings,
                    count(shape, "learnedPositions", 0),
                    attention(words.get("attention").words().getFirst(), shape),
                    count(shape, "denseLayers", mixture ? 0 : layers),
                    count(shape, "feedForwardSize", 0),
                    gated,
                    new Architecture.Experts(
                            count(shape, "experts", 0),
                            count(shape, "activeExperts", 0),
                            count(shape, "sharedExperts", 0),
                            count(shape, "expertFeedForwardSize", 0),
                            selectionBias),
                    biases,
                    count(shape, "predictionLayers", 0));
            return compare(section, "parameters", shape, architecture.totalParameters())
                            & compare(section, "activeParameters", shape, architecture.activeParameters())
                    ? Optional.of(architecture)
                    : Optional.empty();
        } catch (IllegalArgumentException | ArithmeticException e) {
            problems.add(section.place(), "The shape does not hold together: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** A head's size follows from the hidden size, and multi-head attention has as many keys as heads. */
    private static Attention attention(String kind, Map<String, Figure> shape) {
        int heads = count(shape, "heads", 0);
        if (kind.equals("mla")) {
            return new Attention.Latent(
                    heads,
                    count(shape, "queryRank", 0),
                    count(shape, "keyValueRank", 0),
                    count(shape, "headSizeNoPosition", 0),
                    count(shape, "headSizePosition", 0),
                    count(shape, "headSizeValue", 0));
        }
        int keyValueHeads = count(shape, "keyValueHeads", kind.equals("mha") ? heads : 0);
        if (kind.equals("mha") && keyValueHeads != heads) {
            throw new IllegalArgumentException(
                    "mha has as many keyValueHeads (%d) as heads (%d).".formatted(keyValueHeads, heads));
        }
        return new Attention.Grouped(heads, keyValueHeads, count(shape, "headSize", headSize(shape, heads)));
    }

    private static int headSize(Map<String, Figure> shape, int heads) {
        int hiddenSize = count(shape, "hiddenSize", 0);
        return hiddenSize % heads == 0 ? hiddenSize / heads : 0;
    }

    private boolean compare(Section section, String key, Map<String, Figure> shape, long computed) {
        double stated = shape.get(key).value();
        if (Math.abs(computed - stated) <= BELIEVED_DIFFERENCE * stated) {
            return true;
        }
        section.refuse(
                key,
                String.format(Locale.ROOT, "(%,.0f) is not what the shape gives: %,d.", stated, computed),
                "another value of layers, hiddenSize, feedForwardSize, experts, gated or biases.");
        return false;
    }

    private static int count(Map<String, Figure> shape, String key, int otherwise) {
        Figure figure = shape.get(key);
        return figure == null ? otherwise : figure.asInt();
    }
}
