package muster.planner.report;

import java.util.stream.Collectors;
import muster.planner.domain.Plan;

/** A fleet in a few words, for tables with a plan in each row. */
final class FleetWords {
    private FleetWords() {}

    /** {@return such as "128 h800 + 32 h100 (owned)": the most nodes busy at once by pool and tenure} */
    static String of(Plan plan) {
        return plan.fleet().stream()
                .map(row -> Amounts.count(row.nodes()) + " " + row.pool().name()
                        + switch (row.acquisition()) {
                            case RENT -> "";
                            case OWN -> " (owned)";
                            default -> " (" + row.acquisition().key() + ")";
                        })
                .collect(Collectors.joining(" + "));
    }
}
