package muster.planner.profile;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import muster.planner.domain.Architecture;
import muster.planner.domain.Attention;
import muster.planner.domain.AttentionSpan;
import muster.planner.domain.Embedding;
import muster.planner.domain.Figure;
import muster.planner.domain.LinearAttention;
import muster.planner.domain.Model;
import muster.planner.domain.Norms;

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
            "headSizeValue",
            "windowSize",
            "chunkSize",
            "linearHeads",
            "linearHeadSize");
    private static final List<String> MAY_BE_ZERO = List.of(
            "experts",
            "activeExperts",
            "sharedExperts",
            "expertFeedForwardSize",
            "denseLayers",
            "predictionLayers",
            "learnedPositions",
            "norms",
            "windowLayers",
            "chunkLayers",
            "linearLayers");
    private static final String OTHER = "otherParameters";

    private final Problems problems;
    private final Figures figures;
    private final Traits traits;

    ModelReader(Problems problems, Figures figures, Traits traits) {
        this.problems = problems;
        this.figures = figures;
        this.traits = traits;
    }

    Optional<Model> read(String name, String label, Section section, int problemsBefore) {
        ModelWords words = ModelWords.read(section, traits);
        Map<String, Figure> shape = new LinkedHashMap<>();
        for (String key : List.of("parameters", "activeParameters")) {
            figures.get(section, key, Dimension.PARAMETERS).ifPresent(figure -> shape.put(key, figure));
        }
        REQUIRED.forEach(key -> figures.get(section, key, Dimension.COUNT).ifPresent(figure -> shape.put(key, figure)));
        OPTIONAL.forEach(
                key -> figures.find(section, key, Dimension.COUNT).ifPresent(figure -> shape.put(key, figure)));
        MAY_BE_ZERO.forEach(
                key -> figures.find(section, key, Dimension.COUNT_OR_ZERO).ifPresent(figure -> shape.put(key, figure)));
        figures.find(section, OTHER, Dimension.PARAMETERS).ifPresent(figure -> shape.put(OTHER, figure));
        section.finish();
        if (problems.count() > problemsBefore) {
            return Optional.empty();
        }
        return architecture(section, shape, words)
                .map(architecture -> new Model(name, label, architecture, shape, words.stated()));
    }

    private Optional<Architecture> architecture(Section section, Map<String, Figure> shape, ModelWords words) {
        try {
            Architecture architecture = architecture(shape, words);
            return compare(section, "parameters", shape, architecture.countedParameters(words.counted(), false))
                            & compare(
                                    section,
                                    "activeParameters",
                                    shape,
                                    architecture.countedParameters(words.activeCounted(), true))
                    ? Optional.of(architecture)
                    : Optional.empty();
        } catch (IllegalArgumentException | ArithmeticException e) {
            problems.add(section.place(), "The shape does not hold together: " + e.getMessage());
            return Optional.empty();
        }
    }

    private static Architecture architecture(Map<String, Figure> shape, ModelWords words) {
        int layers = count(shape, "layers", 0);
        boolean mixture = count(shape, "experts", 0) > 0;
        return new Architecture(
                layers,
                count(shape, "hiddenSize", 0),
                new Embedding(
                        count(shape, "vocabulary", 0), words.tiedEmbeddings(), count(shape, "learnedPositions", 0)),
                attention(shape, words),
                new AttentionSpan(
                        count(shape, "windowLayers", 0),
                        count(shape, "windowSize", 0),
                        count(shape, "chunkLayers", 0),
                        count(shape, "chunkSize", 0)),
                new LinearAttention(
                        count(shape, "linearLayers", 0),
                        count(shape, "linearHeads", 0),
                        count(shape, "linearHeadSize", 0)),
                count(shape, "denseLayers", mixture ? 0 : layers),
                count(shape, "feedForwardSize", 0),
                words.gated(),
                new Architecture.Experts(
                        count(shape, "experts", 0),
                        count(shape, "activeExperts", 0),
                        count(shape, "sharedExperts", 0),
                        count(shape, "expertFeedForwardSize", 0),
                        words.expertSelectionBias()),
                words.biases(),
                new Norms(count(shape, "norms", Norms.USUAL.perLayer()), words.embeddingNorm()),
                words.parallelParts(),
                count(shape, "predictionLayers", 0),
                shape.containsKey(OTHER) ? (long) shape.get(OTHER).value() : 0);
    }

    /** A head's size follows from the hidden size; as many keys as heads, or one, follow from the kind. */
    private static Attention attention(Map<String, Figure> shape, ModelWords words) {
        int heads = count(shape, "heads", 0);
        String kind = words.attention();
        if (kind.equals("mla")) {
            if (words.queryKeyNorm() != Attention.QueryKeyNorm.NONE || words.attentionSinks()) {
                throw new IllegalArgumentException("mla has neither queryKeyNorm nor attentionSinks.");
            }
            return new Attention.Latent(
                    heads,
                    count(shape, "queryRank", 0),
                    count(shape, "keyValueRank", 0),
                    count(shape, "headSizeNoPosition", 0),
                    count(shape, "headSizePosition", 0),
                    count(shape, "headSizeValue", 0));
        }
        int keyValueHeads = count(shape, "keyValueHeads", kind.equals("mha") ? heads : kind.equals("mqa") ? 1 : 0);
        if (kind.equals("mha") && keyValueHeads != heads || kind.equals("mqa") && keyValueHeads != 1) {
            throw new IllegalArgumentException("%s has %s, not %d keyValueHeads for %d heads."
                    .formatted(kind, kind.equals("mha") ? "as many" : "one", keyValueHeads, heads));
        }
        return new Attention.Grouped(
                heads,
                keyValueHeads,
                count(shape, "headSize", headSize(shape, heads)),
                words.queryKeyNorm(),
                words.attentionSinks());
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
                "another value of layers, hiddenSize, feedForwardSize, experts, gated, biases or counted.");
        return false;
    }

    private static int count(Map<String, Figure> shape, String key, int otherwise) {
        Figure figure = shape.get(key);
        return figure == null ? otherwise : figure.asInt();
    }
}
