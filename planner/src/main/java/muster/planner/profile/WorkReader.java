package muster.planner.profile;

import java.util.List;
import java.util.Optional;
import muster.planner.domain.BaseUnit;
import muster.planner.domain.Figure;
import muster.planner.domain.Work;

/** Reads what a job does: tokens to train on in batches of sequences, or samples to write. */
final class WorkReader {
    private static final List<String> OF_TRAINING = List.of("tokens", "sequence", "batch");
    private static final List<String> OF_GENERATION = List.of("promptTokens", "outputTokens", "samples");

    /** Beyond this many tokens no rate of this world ends. */
    private static final double MOST_TOKENS = 1e18;

    private final Section section;
    private final Figures figures;
    private final Problems problems;

    WorkReader(Section section, Figures figures, Problems problems) {
        this.section = section;
        this.figures = figures;
        this.problems = problems;
    }

    Optional<Work> read(boolean generates) {
        refuse(
                generates ? OF_TRAINING : OF_GENERATION,
                generates ? "kind (generate)" : "kind (train)",
                generates ? OF_GENERATION : List.of("kind: generate"));
        return generates ? generation() : training();
    }

    /** Keys of the other kind are known, so that the message can say what is wrong with them. */
    private void refuse(List<String> keys, String kind, List<String> wayOut) {
        for (String key : keys) {
            if (section.has(key)) {
                section.find(key);
                problems.add(
                        section.placeOfKey(key),
                        "%s does not go with %s.".formatted(section.pathOf(key), kind),
                        wayOut.size() == 1 ? wayOut.getFirst() + "." : "%s in its place.".formatted(listed(wayOut)));
            }
        }
    }

    private static String listed(List<String> keys) {
        return String.join(", ", keys.subList(0, keys.size() - 1)) + " and " + keys.getLast();
    }

    private Optional<Work> training() {
        Optional<Figure> tokens = figures.get(section, "tokens", Dimension.TOKENS);
        Optional<Figure> sequence = figures.get(section, "sequence", Dimension.SEQUENCE_TOKENS);
        Optional<Figure> batch = section.get("batch").flatMap(node -> batch(node, sequence));
        return tokens.flatMap(count ->
                sequence.flatMap(length -> batch.map(sequences -> new Work.Training(count, length, sequences))));
    }

    /** In sequences, or in tokens that are whole sequences. */
    private Optional<Figure> batch(YamlNode node, Optional<Figure> sequence) {
        String path = section.pathOf("batch");
        Optional<Figures.Stated> stated = figures.stated(node, path, Figures.Direction.NOT_ASKED);
        boolean inTokens = stated.isPresent()
                && stated.get().value() instanceof YamlNode.Scalar scalar
                && scalar.text().contains("token");
        if (!inTokens) {
            return stated.flatMap(value -> figures.figure(value, path, Dimension.SEQUENCES));
        }
        Optional<Figure> tokens = stated.flatMap(value -> figures.figure(value, path, Dimension.TOKENS));
        if (tokens.isEmpty() || sequence.isEmpty()) {
            return Optional.empty();
        }
        double sequences = tokens.get().value() / sequence.get().value();
        if (sequences < 1 || sequences != Math.rint(sequences)) {
            long nearest = Math.max(1, Math.round(sequences));
            section.refuse(
                    "batch",
                    "(%.0f tokens) is not a whole number of sequences of %d tokens."
                            .formatted(tokens.get().value(), sequence.get().asInt()),
                    "%d sequences.".formatted(nearest));
            return Optional.empty();
        }
        return Optional.of(
                new Figure(sequences, BaseUnit.SEQUENCES, tokens.get().origin()));
    }

    private Optional<Work> generation() {
        Optional<Figure> prompt = figures.get(section, "promptTokens", Dimension.SEQUENCE_TOKENS);
        Optional<Figure> samples = figures.get(section, "samples", Dimension.SAMPLES);
        Optional<Section> output =
                section.get("outputTokens").flatMap(node -> Section.of(node, section.pathOf("outputTokens"), problems));
        if (output.isEmpty()) {
            return Optional.empty();
        }
        Optional<Figure> mean = figures.get(output.get(), "mean", Dimension.SEQUENCE_TOKENS);
        Optional<Figure> tail = figures.get(output.get(), "p99", Dimension.SEQUENCE_TOKENS);
        output.get().finish();
        if (prompt.isEmpty() || samples.isEmpty() || mean.isEmpty() || tail.isEmpty()) {
            return Optional.empty();
        }
        return sound(output.get(), mean.get(), tail.get(), samples.get())
                ? Optional.of(new Work.Generation(prompt.get(), mean.get(), tail.get(), samples.get()))
                : Optional.empty();
    }

    private boolean sound(Section output, Figure mean, Figure tail, Figure samples) {
        int before = problems.count();
        if (tail.value() < mean.value()) {
            output.refuse(
                    "p99",
                    "(%d tokens) is less than the mean, %d.".formatted(tail.asInt(), mean.asInt()),
                    "the 99th percentile of lengths, or the mean where all are as long.");
        } else if (tail.value() > Work.Generation.MOST_TAIL * mean.value()) {
            output.refuse(
                    "p99",
                    "(%d tokens) is more than %d times the mean, %d: no such tail is modelled."
                            .formatted(tail.asInt(), Work.Generation.MOST_TAIL, mean.asInt()),
                    "two jobs, one for the long samples.");
        }
        if (samples.value() * mean.value() > MOST_TOKENS) {
            section.refuse(
                    "samples",
                    "(%.0f) of %d tokens each are more than 1e18 tokens.".formatted(samples.value(), mean.asInt()),
                    "fewer samples.");
        }
        return problems.count() == before;
    }
}
