package muster.planner.architecturefixture.domain;

import muster.planner.architecturefixture.search.Anything;

/** Breaks the rules on purpose: domain must not know the search. */
public record ReachesUp(Anything anything) {}
