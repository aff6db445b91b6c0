package muster.planner.domain;

import java.util.OptionalDouble;

/**
 * How far a search has come.
 *
 * @param value of the best plan's first objective, in its reported unit; empty where there is no plan yet
 * @param bound no plan's value is below
 */
public record SearchState(Objective objective, OptionalDouble value, double bound) {}
