package muster.planner.architecturefixture.search;

import muster.planner.architecturefixture.domain.ReachesUp;

/** Closes the cycle on purpose. */
public record Anything(ReachesUp reachesUp) {}
