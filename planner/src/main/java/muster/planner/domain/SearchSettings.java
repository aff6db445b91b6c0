package muster.planner.domain;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * When a search stops. Without {@code seconds} it stops by steps or gap alone, so the same input gives the same plan.
 *
 * @param steps local search steps; absent means the default number
 * @param seconds wall clock limit; absent means none
 * @param gapPercent stop once the plan is proved this close to the bound, percent; absent means at the optimum
 */
public record SearchSettings(long seed, OptionalLong steps, OptionalDouble seconds, OptionalDouble gapPercent) {}
