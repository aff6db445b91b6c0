package muster.planner.oracle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import muster.planner.domain.FleetChoice;
import muster.planner.domain.Scenario;
import muster.planner.domain.Supply;
import muster.planner.oracle.Outcome.Holding;

/** Tries every fleet and every order of jobs: slow, plain, and the definition of the right answer. */
public final class BruteForce {
    /**
     * The best there is.
     *
     * @param criteria objectives on their grids, then cost, days, nodes, minus the nodes of each pool
     * @param choice one that attains them; others may
     */
    public record Best(List<Long> criteria, FleetChoice choice) {}

    private final PlainArithmetic arithmetic;
    private final ChoiceSpace space;
    private final List<List<Holding>> holdingsByJob = new ArrayList<>();
    private final Consumer<Outcome> each;
    private Outcome best;
    private long[] bestCriteria;

    private BruteForce(Scenario scenario) {
        this(scenario, Optional.empty());
    }

    private BruteForce(Scenario scenario, Optional<Consumer<Outcome>> each) {
        this.each = each.orElse(this::compare);
        arithmetic = new PlainArithmetic(scenario);
        space = new ChoiceSpace(arithmetic);
        for (int j = 0; j < arithmetic.columns.jobs; j++) {
            int job = j;
            holdingsByJob.add(space.holdings(j).stream()
                    .filter(holding -> !arithmetic.breaksLimitAlone(job, holding))
                    .toList());
        }
    }

    /** {@return the lexicographically least criteria of all plans that keep every rule and limit; empty for none} */
    public static Optional<Best> best(Scenario scenario) {
        BruteForce search = new BruteForce(scenario);
        search.tryAll();
        return Optional.ofNullable(search.best)
                .map(outcome ->
                        new Best(Arrays.stream(search.bestCriteria).boxed().toList(), outcome.choice()));
    }

    /** {@return how many choices there are to try} */
    public static double choices(Scenario scenario) {
        BruteForce search = new BruteForce(scenario);
        double choices = search.space.startPatterns().size();
        for (List<Holding> holdings : search.holdingsByJob) {
            choices *= holdings.size();
        }
        for (int p = 0; p < search.arithmetic.columns.pools; p++) {
            Supply supply = search.arithmetic.columns.supplies.get(p);
            double counts = search.arithmetic.columns.maxNodes[p] + 1.0;
            choices *=
                    (supply.buy().isPresent() ? counts : 1) * (supply.reserve().isPresent() ? counts : 1);
        }
        return choices;
    }

    /** Shows every plan that keeps every rule and limit. */
    static void forEach(Scenario scenario, Consumer<Outcome> each) {
        new BruteForce(scenario, Optional.of(each)).tryAll();
    }

    /** {@return the criteria of a choice; empty where it breaks a rule or a limit} */
    public static Optional<List<Long>> criteria(Scenario scenario, FleetChoice choice) {
        PlainArithmetic arithmetic = new PlainArithmetic(scenario);
        return arithmetic
                .outcome(choice)
                .filter(arithmetic::keepsLimits)
                .map(outcome -> Arrays.stream(
                                Criteria.of(scenario.objectives(), arithmetic.columns.spotOffered, outcome))
                        .boxed()
                        .toList());
    }

    private void tryAll() {
        for (int[] waitsFor : space.startPatterns()) {
            tryAll(waitsFor, new Holding[arithmetic.columns.jobs], 0);
        }
    }

    private void tryAll(int[] waitsFor, Holding[] holdings, int job) {
        if (job == holdings.length) {
            tryOne(holdings, space.starts(waitsFor, holdings));
            return;
        }
        for (Holding holding : holdingsByJob.get(job)) {
            holdings[job] = holding;
            tryAll(waitsFor, holdings, job + 1);
        }
    }

    private void tryOne(Holding[] holdings, long[] starts) {
        int pools = arithmetic.columns.pools;
        tryTenures(holdings, starts, new int[pools], new int[pools], 0);
    }

    /** Every number of bought and of reserved nodes of every pool that offers them. */
    private void tryTenures(Holding[] holdings, long[] starts, int[] bought, int[] reserved, int pool) {
        if (pool == bought.length) {
            showIfKept(holdings, starts, bought, reserved);
            return;
        }
        Supply supply = arithmetic.columns.supplies.get(pool);
        int most = arithmetic.columns.maxNodes[pool];
        for (int b = 0; b <= (supply.buy().isPresent() ? most : 0); b++) {
            for (int r = 0; r <= (supply.reserve().isPresent() ? most : 0); r++) {
                bought[pool] = b;
                reserved[pool] = r;
                tryTenures(holdings, starts, bought, reserved, pool + 1);
            }
        }
    }

    private void showIfKept(Holding[] holdings, long[] starts, int[] bought, int[] reserved) {
        arithmetic
                .outcome(holdings, starts, bought, reserved)
                .filter(arithmetic::keepsLimits)
                .ifPresent(each);
    }

    private void compare(Outcome outcome) {
        long[] criteria =
                Criteria.of(arithmetic.columns.scenario.objectives(), arithmetic.columns.spotOffered, outcome);
        if (best == null || Arrays.compare(criteria, bestCriteria) < 0) {
            best = outcome;
            bestCriteria = criteria;
        }
    }
}
