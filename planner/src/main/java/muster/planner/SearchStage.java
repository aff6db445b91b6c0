package muster.planner;

/** A stage of the search for a plan of several jobs. All are on; leaving one out shows what it is worth. */
public enum SearchStage {
    /** Building schedules job by job. */
    CONSTRUCTION,
    /** Building schedules from linear programs over slices of time. */
    SLICES,
    /** Paying the relaxation's prices of scarce nodes while building and rebuilding. */
    PRICES,
    /** For the objective days: asking what deadlines cost. */
    DEADLINES,
    /** Taking jobs out and placing them anew. */
    NEIGHBOURHOODS,
    /** Doing that from several seeds. */
    SEEDS,
    /** Local search over node counts and waits. */
    LOCAL_SEARCH,
    /** Looking at every plan where there are few. */
    ENUMERATION
}
