package muster.planner.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import muster.planner.domain.Claim;
import muster.planner.domain.Confidence;

/** Reads who stated a claim, and makes that the source of every value that names none. */
final class ClaimSource {
    private static final String OWN_SOURCE = "claim";

    private ClaimSource() {}

    /** {@return who stated the claim; title and date are required} */
    static Optional<Claim.Source> read(YamlNode node, Problems problems) {
        int before = problems.count();
        Optional<Section> section = Section.of(node, "source", problems);
        if (section.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> title = section.get().text("title").filter(text -> {
            if (text.isBlank()) {
                section.get().refuse("title", "is empty.", Optional.empty());
            }
            return !text.isBlank();
        });
        Optional<String> url = section.get().findText("url");
        Optional<String> date = section.get().text("date").filter(text -> Sourcing.isDate(section.get(), "date", text));
        Confidence confidence = section.get()
                .findText("confidence")
                .flatMap(text -> level(section.get(), text))
                .orElse(Confidence.MEDIUM);
        Optional<String> quote = section.get().findText("quote");
        section.get().finish();
        return problems.count() > before
                ? Optional.empty()
                : Optional.of(new Claim.Source(
                        title.orElseThrow(), url.orElse(""), date.orElseThrow(), confidence, quote.orElse("")));
    }

    /** The claim's own source, which every plain value has, beside those listed. */
    static YamlNode.Mapping listed(YamlNode.Mapping claim, Claim.Source source) {
        Place place = claim.place();
        List<YamlNode.Entry> own = new ArrayList<>();
        Map<String, String> parts = Map.of(
                "title", source.title(),
                "date", source.date(),
                "confidence", source.confidence().name().toLowerCase(Locale.ROOT));
        Stream.of("title", "date", "confidence").forEach(key -> own.add(entry(key, place, parts.get(key))));
        if (!source.url().isEmpty()) {
            own.add(entry("url", place, source.url()));
        }
        List<YamlNode.Entry> all = new ArrayList<>();
        all.add(new YamlNode.Entry(OWN_SOURCE, place, new YamlNode.Mapping(place, own)));
        if (claim.find("sources").orElse(null) instanceof YamlNode.Mapping listed) {
            all.addAll(listed.without(OWN_SOURCE).entries());
        }
        return new YamlNode.Mapping(
                place,
                List.of(
                        new YamlNode.Entry("sources", place, new YamlNode.Mapping(place, all)),
                        entry("source", place, OWN_SOURCE)));
    }

    private static YamlNode.Entry entry(String key, Place place, String text) {
        return new YamlNode.Entry(key, place, new YamlNode.Scalar(place, text, false));
    }

    private static Optional<Confidence> level(Section section, String text) {
        Optional<Confidence> level = Stream.of(Confidence.values())
                .filter(known -> known.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst();
        if (level.isEmpty()) {
            section.refuse(
                    "confidence", "(%s) is not a confidence.".formatted(Shown.text(text)), "high, medium or low.");
        }
        return level;
    }
}
