package muster.planner;

import java.util.List;
import muster.planner.claims.ClaimChecker;
import muster.planner.domain.Claim;
import muster.planner.domain.ClaimAnswer;
import muster.planner.domain.Yardsticks;

/** The facade for claims. */
public final class ClaimInquiry {
    private ClaimInquiry() {}

    /** {@return one answer per claim, in their order} Claims know nothing of each other, so they are checked side by side. */
    public static List<ClaimAnswer> check(List<Claim> claims, Yardsticks yardsticks) {
        return claims.parallelStream()
                .map(claim -> ClaimChecker.check(claim, yardsticks))
                .toList();
    }
}
