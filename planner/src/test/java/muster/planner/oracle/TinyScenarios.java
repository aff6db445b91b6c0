package muster.planner.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToLongFunction;
import muster.planner.domain.Objective;
import muster.planner.domain.Scenario;
import muster.planner.oracle.Outcome.Holding;

/**
 * Random scenarios small enough for {@link BruteForce}: 1–3 pools of up to 12 nodes, one or two jobs. Prices and rates
 * tie often, and limits are cut from what sampled fleets really need, to the unit, so that many scenarios stand on the
 * edge between possible and impossible.
 */
public final class TinyScenarios {
    private static final int SAMPLES = 48;

    /** Up to here every choice is a sample, so that limits can be cut at the very best there is. */
    private static final int FEW_CHOICES = 2_500;

    private final SplittableRandom random;
    private final ScenarioSketch sketch = new ScenarioSketch();
    private final List<ScenarioSketch.JobSketch> jobs = new ArrayList<>();
    private boolean carbonKnown;

    private TinyScenarios(SplittableRandom random) {
        this.random = random;
    }

    /** {@return the scenario of that seed, the same on every machine} */
    public static Scenario scenario(long seed) {
        return new TinyScenarios(new SplittableRandom(seed)).draw("tiny " + seed);
    }

    private Scenario draw(String title) {
        int jobCount = 1 + random.nextInt(2);
        List<String> pools = drawPools(jobCount == 1 ? Integer.MAX_VALUE : (int) pick(30, 90, 250, 600));
        for (int j = 0; j < jobCount; j++) {
            drawJob(j, pools);
        }
        sketch.objectives(drawObjectives());
        cutLimits(title);
        return sketch.scenario(title);
    }

    /** Two jobs get few fleets each ({@code mostFleets}), so that a thousand scenarios take seconds by brute force. */
    private List<String> drawPools(int mostFleets) {
        List<String> names = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        carbonKnown = chance(0.4);
        int fleets = 1;
        double sharedRent = pick(1.0, 2.0, 1.1, 1.0 / 3, random.nextDouble(0.2, 4));
        for (int p = 0; p < count; p++) {
            String name = "pool-" + (char) ('a' + p);
            names.add(name);
            int granularity = chance(0.5) ? 1 : 1 + random.nextInt(4);
            int max = 1 + random.nextInt(12);
            while (max > 1 && fleets * (max / granularity + 1) > mostFleets) {
                max--;
            }
            fleets *= max / granularity + 1;
            ScenarioSketch.PoolSketch pool = sketch.pool(name)
                    .max(max)
                    .granularity(granularity)
                    .gpus((int) pick(8, 8, 4, 1))
                    .watts(pick(10_200, 6_500, 7_300.5, random.nextDouble(1_000, 15_000)))
                    .pue(pick(1.25, 1.25, 1.1, 1.37));
            if (chance(0.2)) {
                pool.own(max); // nothing for rent
            } else {
                pool.own(chance(0.4) ? 0 : random.nextInt(max + 1))
                        .rent(chance(0.4) ? sharedRent : pick(2.0, 1.5, 0.777_777_7, random.nextDouble(0.2, 4)));
            }
            if (chance(0.5)) {
                pool.energyPrice(pick(0.07, 0.1, random.nextDouble(0.01, 0.5)));
            }
            if (carbonKnown || chance(0.2)) {
                pool.carbon(pick(0.5, 0.03, random.nextDouble(0.01, 1)));
            }
        }
        return names;
    }

    private void drawJob(int index, List<String> pools) {
        // From seconds on one node to months on many: small jobs tie on the cent, large ones never do.
        double tokens = Math.rint(Math.pow(10, random.nextDouble(7, 13)));
        ScenarioSketch.JobSketch job = sketch.job("job-" + (char) ('a' + index)).tokens(tokens);
        if (tokens % 4 == 0) {
            job.generates(); // as many tokens, written: stated rates do not tell the kinds apart
        }
        double sharedRate = pick(1543, 1297, 500, random.nextDouble(100, 3_000));
        int certain = random.nextInt(pools.size());
        for (int p = 0; p < pools.size(); p++) {
            if (p == certain || chance(0.85)) {
                job.rate(pools.get(p), chance(0.4) ? sharedRate : pick(1543, 750.25, random.nextDouble(100, 3_000)));
            }
        }
        if (chance(0.2)) {
            job.onePool();
        }
        if (chance(0.2)) {
            job.releaseSeconds(Math.rint(tokens / random.nextDouble(1e3, 1e6)));
        }
        if (index > 0 && chance(0.4)) {
            job.after("job-a");
        } else if (index > 0 && chance(0.1)) {
            jobs.getFirst().after("job-b"); // file order is not the order of work
        }
        jobs.add(job);
    }

    private Objective[] drawObjectives() {
        List<Objective> all = new ArrayList<>(
                carbonKnown ? List.of(Objective.values()) : List.of(Objective.COST, Objective.DAYS, Objective.ENERGY));
        List<Objective> chosen = new ArrayList<>();
        do {
            chosen.add(
                    chance(0.35) && all.contains(Objective.COST)
                            ? Objective.COST
                            : all.get(random.nextInt(all.size())));
            all.remove(chosen.getLast());
        } while (chance(0.3) && !all.isEmpty());
        return chosen.toArray(Objective[]::new);
    }

    /** Each limit is met by some of the fleets that meet the earlier ones, or missed by a unit or a fifth by all. */
    private void cutLimits(String title) {
        List<Outcome> remaining = sample(new PlainArithmetic(sketch.scenario(title)));
        if (remaining.isEmpty()) {
            return; // no fleet at all, whatever the limits
        }
        if (chance(0.6)) {
            remaining = cut(remaining, Outcome::finishMicros, value -> sketch.deadlineSeconds(value / 1e6));
        }
        if (chance(0.55)) {
            remaining = cut(remaining, Outcome::microUsd, value -> sketch.budgetUsd(value / 1e6));
        }
        if (chance(0.45)) {
            remaining = cut(remaining, Outcome::peakMilliwatts, value -> sketch.powerWatts(value / 1e3));
        }
        for (int j = 0; j < jobs.size(); j++) {
            int job = j;
            if (chance(0.15)) {
                remaining = cut(
                        remaining,
                        outcome -> outcome.endMicros()[job],
                        value -> jobs.get(job).deadlineSeconds(value / 1e6));
            }
        }
    }

    private interface Limit {
        void set(long units);
    }

    private List<Outcome> cut(List<Outcome> outcomes, ToLongFunction<Outcome> value, Limit limit) {
        long least = outcomes.stream().mapToLong(value).min().orElseThrow();
        long needed = chance(0.5) ? least : value.applyAsLong(outcomes.get(random.nextInt(outcomes.size())));
        double kind = random.nextDouble();
        long units;
        if (kind < 0.35) {
            units = needed;
        } else if (kind < 0.60) {
            units = needed - 1;
        } else if (kind < 0.65) {
            units = needed + 1;
        } else if (kind < 0.82) {
            units = Math.round(needed * 1.2);
        } else {
            units = Math.round(needed * 0.85);
        }
        limit.set(Math.max(0, units));
        List<Outcome> kept = outcomes.stream()
                .filter(outcome -> value.applyAsLong(outcome) <= units)
                .toList();
        return kept.isEmpty() ? outcomes : kept;
    }

    /** {@return what follows from every choice where they are few, else from random ones} */
    private List<Outcome> sample(PlainArithmetic arithmetic) {
        ChoiceSpace space = new ChoiceSpace(arithmetic);
        List<List<Holding>> holdingsByJob = new ArrayList<>();
        for (int j = 0; j < arithmetic.columns.jobs; j++) {
            holdingsByJob.add(space.holdings(j));
            if (holdingsByJob.getLast().isEmpty()) {
                return List.of();
            }
        }
        List<int[]> patterns = space.startPatterns();
        long choices = patterns.size();
        for (List<Holding> possible : holdingsByJob) {
            choices *= possible.size();
        }
        List<Outcome> outcomes = new ArrayList<>();
        for (int draw = 0; draw < (choices <= FEW_CHOICES ? choices : SAMPLES); draw++) {
            // The draw's digits in mixed base when every choice is taken, else random ones.
            long digits = choices <= FEW_CHOICES ? draw : random.nextLong(choices);
            int[] waitsFor = patterns.get((int) (digits % patterns.size()));
            digits /= patterns.size();
            Holding[] holdings = new Holding[arithmetic.columns.jobs];
            for (int j = 0; j < holdings.length; j++) {
                List<Holding> possible = holdingsByJob.get(j);
                holdings[j] = possible.get((int) (digits % possible.size()));
                digits /= possible.size();
            }
            arithmetic.outcome(holdings, space.starts(waitsFor, holdings)).ifPresent(outcomes::add);
        }
        return outcomes;
    }

    private boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    private double pick(double... values) {
        return values[random.nextInt(values.length)];
    }
}
