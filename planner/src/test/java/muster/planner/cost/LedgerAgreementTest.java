package muster.planner.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import muster.planner.domain.Acquisition;
import muster.planner.domain.FleetChoice;
import muster.planner.domain.Objective;
import muster.planner.domain.Scenario;
import muster.planner.oracle.BruteForce;
import muster.planner.oracle.ScenarioSketch;
import muster.planner.oracle.TinyScenarios;
import org.junit.jupiter.api.Test;

/** The ledger against itself from scratch, against the oracle, and against the columns of {@link JobOptions}. */
class LedgerAgreementTest {
    private static final long FIRST_SEED = 4_000_000;

    @Test
    void changesOneByOneAddUpToTheSameAsFromScratch() {
        int settled = 0;
        for (long seed = FIRST_SEED; seed < FIRST_SEED + 150; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            FleetProblem problem = FleetProblem.of(seed % 3 == 0 ? fourJobs(random) : TinyScenarios.scenario(seed));
            Ledger incremental = new Ledger(problem);
            int[][] nodes = new int[problem.jobCount()][];
            for (int j = 0; j < nodes.length; j++) {
                nodes[j] = randomNodes(problem, random, 1);
                incremental.setNodes(j, nodes[j]);
            }
            for (int change = 0; change < 40; change++) {
                if (change > 0 && random.nextInt(4) > 0) {
                    int job = random.nextInt(nodes.length);
                    nodes[job] = randomNodes(problem, random, 1);
                    incremental.setNodes(job, nodes[job]);
                }
                long[] starts = randomStarts(problem, incremental, random);
                incremental.settle(starts);
                Ledger fresh = new Ledger(problem);
                fresh.evaluate(nodes, starts);
                assertThat(everything(problem, incremental))
                        .as("seed %d, change %d", seed, change)
                        .isEqualTo(everything(problem, fresh));
                settled++;
            }
        }
        System.out.printf("Ledger settles %d changes as from scratch, from seed %d.%n", settled, FIRST_SEED);
    }

    @Test
    void ledgerJudgesAndComparesAsTheOracleDoes() {
        int feasible = 0;
        int refused = 0;
        for (long seed = FIRST_SEED; seed < FIRST_SEED + 400; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Scenario scenario = TinyScenarios.scenario(seed);
            FleetProblem problem = FleetProblem.of(scenario);
            Ledger ledger = new Ledger(problem);
            for (int draw = 0; draw < 25; draw++) {
                int[][] nodes = new int[problem.jobCount()][];
                for (int j = 0; j < nodes.length; j++) {
                    nodes[j] = randomNodes(problem, random, draw % 5 == 0 ? 1 : 0);
                    ledger.setNodes(j, nodes[j]);
                }
                long[] starts = startsAtAnEnd(problem, ledger, random);
                ledger.settle(starts);
                Optional<List<Long>> criteria = BruteForce.criteria(scenario, new FleetChoice(nodes, starts));
                assertThat(ledger.feasible())
                        .as("seed %d, %s", seed, Arrays.deepToString(nodes))
                        .isEqualTo(criteria.isPresent());
                if (criteria.isPresent()) {
                    assertThat(Arrays.stream(ledger.criteria()).boxed().toList())
                            .as("seed %d, %s", seed, Arrays.deepToString(nodes))
                            .isEqualTo(criteria.get());
                    feasible++;
                } else {
                    refused++;
                }
            }
        }
        System.out.printf("Ledger and oracle accept %d random choices and refuse %d.%n", feasible, refused);
        assertThat(Math.min(feasible, refused)).isGreaterThan(1_000);
    }

    @Test
    void optionsAreTheFleetsThatKeepTheLimitsWithTheAmountsOfEach() {
        int options = 0;
        for (long seed = FIRST_SEED; seed < FIRST_SEED + 400; seed++) {
            FleetProblem problem = FleetProblem.of(TinyScenarios.scenario(seed));
            for (int job = 0; job < problem.jobCount(); job++) {
                options += requireAllOptions(problem, job, seed);
            }
        }
        assertThat(options).isGreaterThan(5_000);
    }

    private static int requireAllOptions(FleetProblem problem, int job, long seed) {
        JobOptions options = JobOptions.of(problem, job);
        JobAmounts amounts = new JobAmounts(problem, job);
        int[] nodes = new int[problem.poolCount()];
        int next = 0;
        long fleets = 1;
        while (count(problem, nodes)) {
            boolean usable = usable(problem, job, nodes);
            fleets += usable ? 1 : 0;
            int[] owned = owned(problem, nodes);
            amounts.run(nodes);
            amounts.charge(nodes, owned);
            long milliwatts = 0;
            for (int p = 0; p < nodes.length; p++) {
                milliwatts += nodes[p] * problem.facilityMilliwatts(p);
            }
            boolean oneOnly = !problem.onePool(job)
                    || Arrays.stream(nodes).filter(n -> n > 0).count() == 1;
            if (usable
                    && oneOnly
                    && amounts.durationMicros() <= problem.latestEndMicros(job) - problem.releaseMicros(job)
                    && amounts.microUsd() - 1 <= problem.budgetMicroUsd()
                    && milliwatts <= problem.powerMilliwatts()) {
                assertThat(next)
                        .as("seed %d, options before %s", seed, Arrays.toString(nodes))
                        .isLessThan(options.count());
                assertThat(options.nodes(next)).as("seed %d", seed).isEqualTo(nodes);
                assertThat(options.durationMicros(next)).isEqualTo(amounts.durationMicros());
                assertThat(options.least(Objective.COST, next)).isEqualTo(Math.max(0, amounts.microUsd() - 1));
                assertThat(options.least(Objective.DAYS, next)).isEqualTo(amounts.durationMicros());
                assertThat(options.least(Objective.ENERGY, next)).isEqualTo(amounts.energyJoules());
                assertThat(options.least(Objective.CARBON, next)).isEqualTo((long) amounts.carbonGrams());
                next++;
            }
        }
        assertThat(options.count()).as("seed %d", seed).isEqualTo(next);
        assertThat(JobOptions.count(problem, job, Integer.MAX_VALUE))
                .as("seed %d", seed)
                .isEqualTo(fleets);
        return next;
    }

    private static int[] owned(FleetProblem problem, int[] nodes) {
        int[] owned = new int[nodes.length];
        for (int p = 0; p < nodes.length; p++) {
            owned[p] = Math.min(nodes[p], problem.ownNodesWorthHaving(p));
        }
        return owned;
    }

    private static boolean usable(FleetProblem problem, int job, int[] nodes) {
        for (int p = 0; p < nodes.length; p++) {
            if (nodes[p] > 0
                    && (problem.rates(job).bestTokensPerSecondPerNode(p) == 0
                            || nodes[p] % problem.granularityNodes(p) != 0
                            || !problem.rentable(p) && nodes[p] > problem.ownNodes(p))) {
                return false;
            }
        }
        return true;
    }

    /** Counts up through every pool's nodes, the last pool fastest; false when all are done. */
    private static boolean count(FleetProblem problem, int[] nodes) {
        for (int p = nodes.length - 1; p >= 0; p--) {
            if (nodes[p] < problem.maxNodes(p)) {
                nodes[p]++;
                return true;
            }
            nodes[p] = 0;
        }
        return false;
    }

    private static Scenario fourJobs(SplittableRandom random) {
        ScenarioSketch sketch = new ScenarioSketch();
        sketch.pool("a").max(6).own(4).rent(2).energyPrice(0.1).carbon(0.3);
        sketch.pool("b").max(5).own(2).rent(1).energyPrice(0.9);
        sketch.pool("c").max(3).own(3).carbon(0.1);
        for (int j = 0; j < 4; j++) {
            ScenarioSketch.JobSketch job = sketch.job("job-" + j).tokens(Math.rint(random.nextDouble(1e8, 1e11)));
            job.rate("a", 1_000).rate("b", random.nextDouble(100, 2_000));
            if (random.nextBoolean()) {
                job.rate("c", 500);
            }
        }
        sketch.deadlineSeconds(2e7).budgetUsd(5e4).powerWatts(1e5);
        return sketch.scenario("four jobs");
    }

    private static int[] randomNodes(FleetProblem problem, SplittableRandom random, int beyond) {
        int[] nodes = new int[problem.poolCount()];
        for (int p = 0; p < nodes.length; p++) {
            int granularity = beyond > 0 && random.nextInt(8) == 0 ? 1 : problem.granularityNodes(p);
            nodes[p] = random.nextInt((problem.maxNodes(p) + beyond) / granularity + 1) * granularity;
        }
        return nodes;
    }

    /** Starts that often coincide with each other and with ends, legal or not. */
    private static long[] randomStarts(FleetProblem problem, Ledger ledger, SplittableRandom random) {
        long[] starts = new long[problem.jobCount()];
        for (int j = 0; j < starts.length; j++) {
            int other = random.nextInt(starts.length);
            starts[j] = switch (random.nextInt(4)) {
                case 0 -> 0;
                case 1 -> problem.releaseMicros(j);
                case 2 -> problem.releaseMicros(other) + ledger.durationMicros(other);
                default -> problem.releaseMicros(other) + ledger.durationMicros(other) - 1;
            };
        }
        return starts;
    }

    /** Each job at its release, or one of them at the end of the other. */
    private static long[] startsAtAnEnd(FleetProblem problem, Ledger ledger, SplittableRandom random) {
        long[] starts = new long[problem.jobCount()];
        for (int j = 0; j < starts.length; j++) {
            starts[j] = problem.releaseMicros(j);
        }
        int late = random.nextInt(starts.length);
        if (starts.length > 1 && random.nextInt(3) > 0) {
            starts[late] = starts[1 - late] + ledger.durationMicros(1 - late);
        }
        return starts;
    }

    private static List<Object> everything(FleetProblem problem, Ledger ledger) {
        List<Object> all = new ArrayList<>(List.of(
                ledger.excess(),
                ledger.rentMicroUsd(),
                ledger.energyMicroUsd(),
                ledger.energyJoules(),
                ledger.carbonGrams(),
                ledger.finishMicros(),
                ledger.peakMilliwatts()));
        for (int j = 0; j < problem.jobCount(); j++) {
            all.add(ledger.end(j));
            all.add(ledger.tokensPerSecond(j));
            all.add(ledger.amounts(j).rentMicroUsd());
            all.add(ledger.amounts(j).energyMicroUsd());
            for (int p = 0; p < problem.poolCount(); p++) {
                all.add(ledger.tenure().ownedNodes(j, p));
            }
        }
        for (int p = 0; p < problem.poolCount(); p++) {
            all.add(ledger.peakNodes(p));
            all.add(ledger.peak(Acquisition.OWN, p));
            all.add(ledger.peak(Acquisition.RENT, p));
        }
        return all;
    }
}
