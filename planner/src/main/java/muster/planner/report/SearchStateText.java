package muster.planner.report;

import muster.planner.domain.SearchState;

/** How far a search has come, in a few words for a line of progress. */
public final class SearchStateText {
    private SearchStateText() {}

    public static String of(SearchState state) {
        String unit = state.objective().unit();
        return state.value().isPresent()
                ? "best %s, gap %s"
                        .formatted(
                                Amounts.amount(state.value().getAsDouble(), unit),
                                Amounts.percent(Gap.percent(state.value().getAsDouble(), state.bound())))
                : "no plan yet, none below " + Amounts.amount(state.bound(), unit);
    }
}
