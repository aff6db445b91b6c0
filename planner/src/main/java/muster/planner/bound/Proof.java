package muster.planner.bound;

import java.util.Optional;
import muster.planner.domain.FleetChoice;

/**
 * What is known of every plan of a scenario.
 *
 * @param infeasible there is none
 * @param value no plan's first criterion is below, in ledger units; meaningless where infeasible
 * @param best the best plan known to the proof, at least as good as the one it was offered
 * @param exact the best plan is proved best in all criteria
 * @param method how, in words
 * @param boxes boxes of node counts, or plans, that were looked at
 */
public record Proof(
        boolean infeasible, double value, Optional<FleetChoice> best, boolean exact, String method, long boxes) {}
