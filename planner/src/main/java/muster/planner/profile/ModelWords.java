package muster.planner.profile;

import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import muster.planner.domain.Attention.QueryKeyNorm;
import muster.planner.domain.Bias;
import muster.planner.domain.CountedPart;
import muster.planner.domain.Trait;

/**
 * What a model's file says in words.
 *
 * @param stated the words as they stand there, with their sources; what is left out is not in it
 */
record ModelWords(
        String attention,
        boolean gated,
        Set<Bias> biases,
        boolean tiedEmbeddings,
        boolean embeddingNorm,
        QueryKeyNorm queryKeyNorm,
        boolean attentionSinks,
        boolean parallelParts,
        boolean expertSelectionBias,
        Set<CountedPart> counted,
        Set<CountedPart> activeCounted,
        Map<String, Trait> stated) {
    private static final Set<CountedPart> WITHOUT_PREDICTION =
            Collections.unmodifiableSet(EnumSet.of(CountedPart.EMBEDDING, CountedPart.HEAD));

    /** Where a required word is missing or wrong, there is a problem and the result is of no use. */
    static ModelWords read(Section section, Traits traits) {
        Map<String, Trait> words = new LinkedHashMap<>();
        traits.findTexts(section, Catalogue.ALIASES).ifPresent(trait -> words.put(Catalogue.ALIASES, trait));
        traits.word(section, "attention", List.of("mha", "mqa", "gqa", "mla"))
                .ifPresent(trait -> words.put("attention", trait));
        boolean gated = traits.flag(section, "gated", true, words);
        traits.findFlagOrList(section, "biases", Stream.of(Bias.values()).map(Bias::key))
                .ifPresent(trait -> words.put("biases", trait));
        boolean tiedEmbeddings = traits.flag(section, "tiedEmbeddings", false, words);
        boolean embeddingNorm = traits.flag(section, "embeddingNorm", false, words);
        List<String> norms =
                Stream.of(QueryKeyNorm.values()).map(QueryKeyNorm::key).toList();
        traits.findWord(section, "queryKeyNorm", norms).ifPresent(trait -> words.put("queryKeyNorm", trait));
        boolean sinks = traits.flag(section, "attentionSinks", false, words);
        boolean parallelParts = traits.flag(section, "parallelParts", false, words);
        boolean selectionBias = traits.flag(section, "expertSelectionBias", false, words);
        for (String key : List.of("counted", "activeCounted")) {
            traits.findList(section, key, Stream.of(CountedPart.values()).map(CountedPart::key))
                    .ifPresent(trait -> words.put(key, trait));
        }
        return new ModelWords(
                words.containsKey("attention") ? words.get("attention").words().getFirst() : "",
                gated,
                biases(words),
                tiedEmbeddings,
                embeddingNorm,
                queryKeyNorm(words),
                sinks,
                parallelParts,
                selectionBias,
                counted(words, false),
                counted(words, true),
                words);
    }

    private static Set<Bias> biases(Map<String, Trait> words) {
        List<String> stated = words.containsKey("biases") ? words.get("biases").words() : List.of("false");
        if (stated.equals(List.of("true"))) {
            return Bias.allButRouter();
        }
        Set<Bias> biases = EnumSet.noneOf(Bias.class);
        Stream.of(Bias.values()).filter(bias -> stated.contains(bias.key())).forEach(biases::add);
        return biases;
    }

    private static QueryKeyNorm queryKeyNorm(Map<String, Trait> words) {
        return Stream.of(QueryKeyNorm.values())
                .filter(norm -> words.containsKey("queryKeyNorm")
                        && words.get("queryKeyNorm").words().contains(norm.key()))
                .findFirst()
                .orElse(QueryKeyNorm.NONE);
    }

    /** {@return what the published count of all parameters has besides the layers, or that of the active ones} */
    static Set<CountedPart> counted(Map<String, Trait> stated, boolean active) {
        Trait trait = stated.get(active && stated.containsKey("activeCounted") ? "activeCounted" : "counted");
        if (trait == null) {
            return WITHOUT_PREDICTION;
        }
        Set<CountedPart> parts = EnumSet.noneOf(CountedPart.class);
        Stream.of(CountedPart.values())
                .filter(part -> trait.words().contains(part.key()))
                .forEach(parts::add);
        return parts;
    }
}
