package muster.planner.profile;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import muster.planner.domain.Figure;
import muster.planner.domain.Market;
import muster.planner.domain.Origin;
import muster.planner.domain.Quote;

/** Reads prices: one ({@code price}) or a band ({@code low} and {@code high}), each with place, date and source. */
final class QuoteReader {
    static final List<String> TERMS = List.of(
            "on-demand",
            "spot",
            "reserved",
            "reserved-1y",
            "reserved-3y",
            "capacity-block",
            "monthly",
            "cost",
            "assumed",
            "estimate");

    static final List<String> CLASSES =
            List.of("hyperscaler", "neocloud", "marketplace", "china", "index", "mixed", "claim");

    private final Problems problems;
    private final Figures figures;

    QuoteReader(Problems problems, Figures figures) {
        this.problems = problems;
        this.figures = figures;
    }

    /** {@return the prices of one such GPU or node, under the key {@code prices}} */
    List<Quote> purchases(Section section, String item) {
        return GpuReader.items(section, "prices", problems).stream()
                .flatMap(node -> Section.of(node, section.pathOf("prices"), problems)
                        .flatMap(price -> quote(price, Dimension.MONEY, item, "", "", "purchase"))
                        .stream())
                .toList();
    }

    /** {@return the price list; quotes take class and region of the list where they state none} */
    Optional<Market> market(String name, String label, Section section, int before, Predicate<String> isGpu) {
        Optional<String> sellers = section.word("class", CLASSES, false);
        Optional<String> region = section.findText("region");
        List<Quote> quotes = GpuReader.items(section, "quotes", problems).stream()
                .flatMap(item ->
                        rent(item, section.pathOf("quotes"), sellers.orElse(""), region.orElse(""), isGpu).stream())
                .toList();
        if (!section.has("quotes")) {
            section.get("quotes");
        }
        section.finish();
        return problems.count() > before ? Optional.empty() : Optional.of(new Market(name, label, quotes));
    }

    private Optional<Quote> rent(YamlNode item, String path, String sellers, String region, Predicate<String> isGpu) {
        return Section.of(item, path, problems).flatMap(section -> {
            Optional<String> gpu = section.text("gpu").filter(name -> {
                if (!isGpu.test(name)) {
                    section.refuse(
                            "gpu",
                            "(%s) is no GPU of the catalogue.".formatted(Shown.text(name)),
                            "add gpus/%s.yaml, or name one of ./muster catalog list --kind gpu.".formatted(name));
                }
                return isGpu.test(name);
            });
            String ownClass = section.word("class", CLASSES, false).orElse(sellers);
            if (ownClass.isEmpty()) {
                section.refuse("class", "is missing, here and at the top of the file.", "class: neocloud.");
            }
            Optional<String> term = section.word("term", TERMS, true);
            Optional<Quote> quote = quote(section, Dimension.RENT, gpu.orElse(""), ownClass, region, term.orElse(""));
            return gpu.isPresent() && term.isPresent() && !ownClass.isEmpty() ? quote : Optional.empty();
        });
    }

    private Optional<Quote> quote(
            Section section, Dimension dimension, String item, String sellers, String region, String term) {
        int before = problems.count();
        boolean band = section.has("low") || section.has("high");
        Optional<YamlNode> lowNode = section.get(band ? "low" : "price");
        Optional<YamlNode> highNode = band ? section.get("high") : lowNode;
        Optional<Origin> origin = lowNode.flatMap(node -> figures.origin(section, node))
                .map(found -> section.findText("url")
                        .map(url -> new Origin(found.source() + ", " + url, found.date(), found.confidence()))
                        .orElse(found));
        if (!section.has("date")) {
            section.get("date");
        }
        String note = section.findText("note").orElse("");
        String seller = section.findText("seller").orElse("");
        String place = section.findText("place").orElse(region);
        String original = section.findText("original").orElse("");
        Optional<Figure> low = figure(section, lowNode, origin, note, band ? "low" : "price", dimension);
        Optional<Figure> high = band ? figure(section, highNode, origin, note, "high", dimension) : low;
        low.filter(bottom -> high.isPresent() && bottom.value() > high.get().value())
                .ifPresent(bottom -> section.refuse("low", "is above high.", "swap them."));
        section.finish();
        return problems.count() > before || low.isEmpty() || high.isEmpty()
                ? Optional.empty()
                : Optional.of(new Quote(item, seller, sellers, place, term, low.get(), high.get(), original));
    }

    private Optional<Figure> figure(
            Section section,
            Optional<YamlNode> node,
            Optional<Origin> origin,
            String note,
            String key,
            Dimension dimension) {
        // Without an origin there is a problem already, and no quote; a wrong number is said all the same.
        return node.flatMap(value -> figures.figure(
                new Figures.Stated(
                        value, origin.orElseGet(value.place()::asOrigin), note, Optional.empty(), Optional.empty()),
                section.pathOf(key),
                dimension));
    }
}
