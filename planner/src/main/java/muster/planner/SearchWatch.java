package muster.planner;

import muster.planner.domain.SearchState;

/** Is told, between the stages of a search, how far it has come; must be quick, as the search waits. */
@FunctionalInterface
public interface SearchWatch {
    /** Watches nothing. */
    SearchWatch NOBODY = state -> {};

    void reached(SearchState state);
}
