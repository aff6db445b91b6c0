package muster.planner.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import muster.planner.domain.CatalogueEntry;
import muster.planner.domain.Disagreement;
import muster.planner.domain.Figure;
import muster.planner.domain.Origin;
import muster.planner.domain.Quote;

/**
 * One value of a catalogue entry, whatever its kind, as people read it.
 *
 * @param key as its file names it; prices are named by what they buy, and from whom
 * @param words forms the value when it is shown; most lists only count
 */
record Statement(String key, Supplier<String> words, Origin origin, String note, Optional<Disagreement> disagreement) {
    private static final Set<String> LINKS = Set.of("linkBandwidth", "bridgeBandwidth", "hostBandwidth", "fabric");

    /** {@return the entry's values in file order} */
    static List<Statement> of(CatalogueEntry entry) {
        List<Statement> all = new ArrayList<>();
        entry.traits()
                .forEach((key, trait) -> all.add(new Statement(
                        key, () -> String.join(", ", trait.words()), trait.origin(), "", Optional.empty())));
        entry.figures()
                .forEach((key, figure) -> all.add(new Statement(
                        key,
                        () -> Amounts.figure(figure) + (hasDirection(key) ? " one way" : ""),
                        figure.origin(),
                        figure.note(),
                        figure.disagreement())));
        entry.events()
                .forEach(event -> all.add(new Statement(
                        "exportControls." + event.date(), event::text, event.origin(), "", Optional.empty())));
        entry.quotes().forEach(quote -> all.add(of(quote)));
        return all;
    }

    /** {@return whether the figure is of a link, which is counted in one direction here, whatever its file says} */
    static boolean hasDirection(String key) {
        return LINKS.contains(key);
    }

    private static Statement of(Quote quote) {
        Figure low = quote.low();
        List<String> parts = new ArrayList<>();
        for (String part : List.of(quote.item(), quote.term(), quote.seller(), quote.place())) {
            if (!part.isEmpty()) {
                parts.add(part);
            }
        }
        return new Statement(String.join(", ", parts), () -> shown(quote), low.origin(), low.note(), Optional.empty());
    }

    private static String shown(Quote quote) {
        String price = Amounts.figure(quote.low()) + (quote.isBand() ? " to " + Amounts.figure(quote.high()) : "");
        return quote.original().isEmpty() ? price : "%s (%s)".formatted(price, quote.original());
    }

    String shown() {
        return words.get();
    }

    boolean isAssumed() {
        return PlanSources.isAssumed(origin);
    }
}
