package muster.kernels;

import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import java.util.stream.Stream;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * One future per lane, four fleets at a time, so that every column is loaded once for all of them. As in
 * {@link VectorLayoutKernels} the species is a constant of the class and the formulas are several small loops: sums over up
 * to six pools, then what follows from them. Between the loops a run of futures waits in arrays that fit the cache. Futures
 * that fill no vector, and fleets that fail so often that they hardly work, go through the scalar reference.
 */
final class VectorFutureKernels implements FutureKernels {
    private static final VectorSpecies<Double> SPECIES = VectorWidth.speciesOf(MethodHandles.lookup());
    private static final VectorSpecies<Long> BITS = VectorSpecies.of(long.class, SPECIES.vectorShape());

    /** Futures per run: two rows of lanes, which {@link #addRows} takes at once. */
    private static final int RUN = 2 * LANES;

    /** The width that this class really has. */
    int laneBits() {
        return SPECIES.vectorBitSize();
    }

    private static FutureRun[] runs() {
        return Stream.generate(() -> new FutureRun(RUN)).limit(FleetTeam.SIZE).toArray(FutureRun[]::new);
    }

    @Override
    public void reduce(
            FutureTable table, FutureFleets fleets, FutureLimits limits, int fromBlock, int toBlock, FutureSums sums) {
        FutureRun[] runs = runs();
        for (int fleet = 0; fleet < fleets.fleets(); fleet += FleetTeam.SIZE) {
            FleetTeam team = new FleetTeam(fleets, fleet, Math.min(FleetTeam.SIZE, fleets.fleets() - fleet));
            for (int block = fromBlock; block < toBlock; block++) {
                reduceBlock(table, fleets, limits, block, team, runs, sums);
            }
        }
    }

    private static void reduceBlock(
            FutureTable table,
            FutureFleets fleets,
            FutureLimits limits,
            int block,
            FleetTeam team,
            FutureRun[] runs,
            FutureSums sums) {
        int from = block * BLOCK;
        int end = Math.min(from + BLOCK, table.futures());
        int whole = from + SPECIES.loopBound(end - from);
        for (int member = 0; member < team.size; member++) {
            Arrays.fill(runs[member].microUsdLanes, 0.0);
            Arrays.fill(runs[member].finishLanes, 0.0);
            sums.within[sums.cell(team.first + member, block)] = 0;
        }
        for (int first = from; first < whole; first += RUN) {
            int to = Math.min(first + RUN, whole);
            sumPools(table, team, first, to, runs);
            for (int member = 0; member < team.size; member++) {
                int fleet = team.first + member;
                if (!capped(table, fleets, fleet)) {
                    sums.within[sums.cell(fleet, block)] += table.late || to - first < RUN
                            ? addAnyRows(table, fleets, fleet, limits, first, to, runs[member])
                            : addRows(table, fleets, fleet, limits, first, runs[member]);
                }
            }
        }
        for (int member = 0; member < team.size; member++) {
            int fleet = team.first + member;
            int cell = sums.cell(fleet, block);
            double[] microUsd = runs[member].microUsdLanes;
            double[] finish = runs[member].finishLanes;
            int rest = capped(table, fleets, fleet) ? from : whole;
            // Nothing is left of most blocks, and a scalar fleet costs its set-up.
            if (rest < end) {
                sums.within[cell] +=
                        ScalarFutureKernels.addRun(table, fleets, fleet, limits, rest, end, microUsd, finish);
            }
            sums.microUsd[cell] = halvingTree(microUsd);
            sums.finishSeconds[cell] = halvingTree(finish);
        }
    }

    /** Adds up the lanes in place, those of the first levels a vector at a time. */
    private static double halvingTree(double[] lanes) {
        int half = LANES / 2;
        for (; half >= SPECIES.length(); half /= 2) {
            for (int t = 0; t < half; t += SPECIES.length()) {
                DoubleVector.fromArray(SPECIES, lanes, t)
                        .add(DoubleVector.fromArray(SPECIES, lanes, t + half))
                        .intoArray(lanes, t);
            }
        }
        return ScalarFutureKernels.halvingTree(lanes, half);
    }

    /** Whether (15) takes its second case in any future. */
    private static boolean capped(FutureTable table, FutureFleets fleets, int fleet) {
        return table.mostFailureFactor * fleets.pace[fleet] > 4.0;
    }

    @Override
    public void values(FutureTable table, FutureFleets fleets, int fleet, double[] microUsd, double[] finish) {
        int whole = capped(table, fleets, fleet) ? 0 : SPECIES.loopBound(table.futures());
        if (whole > 0) {
            // One fleet alone: the other sums are never written.
            FutureRun[] runs = new FutureRun[FleetTeam.SIZE];
            Arrays.fill(runs, new FutureRun(RUN));
            FleetTeam team = new FleetTeam(fleets, fleet, 1);
            for (int first = 0; first < whole; first += RUN) {
                int to = Math.min(first + RUN, whole);
                sumPools(table, team, first, to, runs);
                runValues(table, fleets, fleet, first, to, runs[0], microUsd, finish);
            }
        }
        ScalarFutureKernels.values(table, fleets, fleet, whole, microUsd, finish);
    }

    /** (13), (14) and (19) of a team, group by group. */
    private static void sumPools(FutureTable table, FleetTeam team, int from, int to, FutureRun[] runs) {
        for (int first = 0; first < team.pools.length; first += FleetTeam.GROUP) {
            sumGroup(
                    table.tokensPerSecond,
                    team.pools,
                    first,
                    team.working,
                    from,
                    to,
                    runs[0].rate,
                    runs[1].rate,
                    runs[2].rate,
                    runs[3].rate);
            sumGroup(
                    table.microUsdPerSecond,
                    team.pools,
                    first,
                    team.paid,
                    from,
                    to,
                    runs[0].spend,
                    runs[1].spend,
                    runs[2].spend,
                    runs[3].spend);
        }
        if (table.late) {
            for (int member = 0; member < team.size; member++) {
                waitForPools(table, team.pools, team.working[member], from, to, runs[member].ready);
            }
        }
    }

    /**
     * Six columns, loaded once, for the sums a to d of four fleets; for a alone where all are the same array. The first
     * product of a sum has the bits of its fused sum with +0, as no product is negative.
     */
    private static void sumGroup(
            double[][] columns,
            int[] pools,
            int first,
            double[][] nodes,
            int from,
            int to,
            double[] a,
            double[] b,
            double[] c,
            double[] d) {
        int last = pools.length - 1;
        double[] column0 = columns[pools[first]];
        double[] column1 = columns[pools[Math.min(first + 1, last)]];
        double[] column2 = columns[pools[Math.min(first + 2, last)]];
        double[] column3 = columns[pools[Math.min(first + 3, last)]];
        double[] column4 = columns[pools[Math.min(first + 4, last)]];
        double[] column5 = columns[pools[Math.min(first + 5, last)]];
        DoubleVector a0 = DoubleVector.broadcast(SPECIES, nodes[0][first]);
        DoubleVector a1 = DoubleVector.broadcast(SPECIES, nodes[0][first + 1]);
        DoubleVector a2 = DoubleVector.broadcast(SPECIES, nodes[0][first + 2]);
        DoubleVector a3 = DoubleVector.broadcast(SPECIES, nodes[0][first + 3]);
        DoubleVector a4 = DoubleVector.broadcast(SPECIES, nodes[0][first + 4]);
        DoubleVector a5 = DoubleVector.broadcast(SPECIES, nodes[0][first + 5]);
        DoubleVector b0 = DoubleVector.broadcast(SPECIES, nodes[1][first]);
        DoubleVector b1 = DoubleVector.broadcast(SPECIES, nodes[1][first + 1]);
        DoubleVector b2 = DoubleVector.broadcast(SPECIES, nodes[1][first + 2]);
        DoubleVector b3 = DoubleVector.broadcast(SPECIES, nodes[1][first + 3]);
        DoubleVector b4 = DoubleVector.broadcast(SPECIES, nodes[1][first + 4]);
        DoubleVector b5 = DoubleVector.broadcast(SPECIES, nodes[1][first + 5]);
        DoubleVector c0 = DoubleVector.broadcast(SPECIES, nodes[2][first]);
        DoubleVector c1 = DoubleVector.broadcast(SPECIES, nodes[2][first + 1]);
        DoubleVector c2 = DoubleVector.broadcast(SPECIES, nodes[2][first + 2]);
        DoubleVector c3 = DoubleVector.broadcast(SPECIES, nodes[2][first + 3]);
        DoubleVector c4 = DoubleVector.broadcast(SPECIES, nodes[2][first + 4]);
        DoubleVector c5 = DoubleVector.broadcast(SPECIES, nodes[2][first + 5]);
        DoubleVector d0 = DoubleVector.broadcast(SPECIES, nodes[3][first]);
        DoubleVector d1 = DoubleVector.broadcast(SPECIES, nodes[3][first + 1]);
        DoubleVector d2 = DoubleVector.broadcast(SPECIES, nodes[3][first + 2]);
        DoubleVector d3 = DoubleVector.broadcast(SPECIES, nodes[3][first + 3]);
        DoubleVector d4 = DoubleVector.broadcast(SPECIES, nodes[3][first + 4]);
        DoubleVector d5 = DoubleVector.broadcast(SPECIES, nodes[3][first + 5]);
        boolean goesOn = first > 0;
        boolean alone = a == b;

        for (int f = from; f < to; f += SPECIES.length()) {
            DoubleVector value0 = DoubleVector.fromArray(SPECIES, column0, f);
            DoubleVector value1 = DoubleVector.fromArray(SPECIES, column1, f);
            DoubleVector value2 = DoubleVector.fromArray(SPECIES, column2, f);
            DoubleVector value3 = DoubleVector.fromArray(SPECIES, column3, f);
            DoubleVector value4 = DoubleVector.fromArray(SPECIES, column4, f);
            DoubleVector value5 = DoubleVector.fromArray(SPECIES, column5, f);
            DoubleVector aSum = goesOn ? value0.fma(a0, DoubleVector.fromArray(SPECIES, a, f - from)) : value0.mul(a0);
            aSum = value1.fma(a1, aSum);
            aSum = value2.fma(a2, aSum);
            aSum = value3.fma(a3, aSum);
            aSum = value4.fma(a4, aSum);
            aSum = value5.fma(a5, aSum);
            aSum.intoArray(a, f - from);
            if (!alone) {
                DoubleVector bSum =
                        goesOn ? value0.fma(b0, DoubleVector.fromArray(SPECIES, b, f - from)) : value0.mul(b0);
                bSum = value1.fma(b1, bSum);
                bSum = value2.fma(b2, bSum);
                bSum = value3.fma(b3, bSum);
                bSum = value4.fma(b4, bSum);
                bSum = value5.fma(b5, bSum);
                bSum.intoArray(b, f - from);
                DoubleVector cSum =
                        goesOn ? value0.fma(c0, DoubleVector.fromArray(SPECIES, c, f - from)) : value0.mul(c0);
                cSum = value1.fma(c1, cSum);
                cSum = value2.fma(c2, cSum);
                cSum = value3.fma(c3, cSum);
                cSum = value4.fma(c4, cSum);
                cSum = value5.fma(c5, cSum);
                cSum.intoArray(c, f - from);
                DoubleVector dSum =
                        goesOn ? value0.fma(d0, DoubleVector.fromArray(SPECIES, d, f - from)) : value0.mul(d0);
                dSum = value1.fma(d1, dSum);
                dSum = value2.fma(d2, dSum);
                dSum = value3.fma(d3, dSum);
                dSum = value4.fma(d4, dSum);
                dSum = value5.fma(d5, dSum);
                dSum.intoArray(d, f - from);
            }
        }
    }

    /** (19). */
    private static void waitForPools(
            FutureTable table, int[] pools, double[] working, int from, int to, double[] ready) {
        Arrays.fill(ready, 0.0);
        for (int p = 0; p < pools.length; p++) {
            if (working[p] > 0.0) {
                double[] column = table.readySeconds[pools[p]];
                for (int f = from; f < to; f += SPECIES.length()) {
                    DoubleVector seconds = DoubleVector.fromArray(SPECIES, column, f);
                    DoubleVector latest = DoubleVector.fromArray(SPECIES, ready, f - from);
                    // Bits of non-negative doubles are ordered as integers are.
                    seconds.reinterpretAsLongs()
                            .max(latest.reinterpretAsLongs())
                            .reinterpretAsDoubles()
                            .intoArray(ready, f - from);
                }
            }
        }
    }

    /** (15) to (21), for two rows of lanes, where no pool is late; returns how many are within the limits. */
    private static long addRows(
            FutureTable table, FutureFleets fleets, int fleet, FutureLimits limits, int row, FutureRun run) {
        DoubleVector root = DoubleVector.broadcast(SPECIES, fleets.root[fleet]);
        DoubleVector restart = DoubleVector.broadcast(SPECIES, fleets.restart[fleet]);
        DoubleVector tokens = DoubleVector.broadcast(SPECIES, fleets.tokens);
        DoubleVector fixed = DoubleVector.broadcast(SPECIES, fleets.fixedMicroUsd[fleet]);
        LongVector pastDeadline = LongVector.broadcast(BITS, Double.doubleToLongBits(limits.deadlineSeconds()) + 1);
        LongVector pastBudget = LongVector.broadcast(BITS, Double.doubleToLongBits(limits.budgetMicroUsd()) + 1);
        LongVector within = LongVector.zero(BITS);

        int next = row + LANES;
        for (int t = 0; t < LANES; t += SPECIES.length()) {
            DoubleVector factor = DoubleVector.fromArray(SPECIES, table.failureFactor, row + t);
            DoubleVector checks =
                    DoubleVector.fromArray(SPECIES, table.failureRoot, row + t).mul(root);
            DoubleVector seconds =
                    tokens.fma(factor.fma(restart, checks), tokens).div(DoubleVector.fromArray(SPECIES, run.rate, t));
            DoubleVector microUsd =
                    DoubleVector.fromArray(SPECIES, run.spend, t).fma(seconds, fixed);
            within = within.add(signs(seconds, pastDeadline, microUsd, pastBudget));
            DoubleVector nextFactor = DoubleVector.fromArray(SPECIES, table.failureFactor, next + t);
            DoubleVector nextChecks =
                    DoubleVector.fromArray(SPECIES, table.failureRoot, next + t).mul(root);
            DoubleVector nextSeconds = tokens.fma(nextFactor.fma(restart, nextChecks), tokens)
                    .div(DoubleVector.fromArray(SPECIES, run.rate, LANES + t));
            DoubleVector nextMicroUsd =
                    DoubleVector.fromArray(SPECIES, run.spend, LANES + t).fma(nextSeconds, fixed);
            within = within.add(signs(nextSeconds, pastDeadline, nextMicroUsd, pastBudget));

            DoubleVector.fromArray(SPECIES, run.microUsdLanes, t)
                    .add(microUsd)
                    .add(nextMicroUsd)
                    .intoArray(run.microUsdLanes, t);
            DoubleVector.fromArray(SPECIES, run.finishLanes, t)
                    .add(seconds)
                    .add(nextSeconds)
                    .intoArray(run.finishLanes, t);
        }
        return within.reduceLanes(VectorOperators.ADD);
    }

    /** {@link #addRows} where pools may be late or the last row is short, a row at a time; delays are 0 where none is late. */
    private static long addAnyRows(
            FutureTable table, FutureFleets fleets, int fleet, FutureLimits limits, int from, int to, FutureRun run) {
        DoubleVector root = DoubleVector.broadcast(SPECIES, fleets.root[fleet]);
        DoubleVector restart = DoubleVector.broadcast(SPECIES, fleets.restart[fleet]);
        DoubleVector tokens = DoubleVector.broadcast(SPECIES, fleets.tokens);
        DoubleVector fixed = DoubleVector.broadcast(SPECIES, fleets.fixedMicroUsd[fleet]);
        LongVector pastDeadline = LongVector.broadcast(BITS, Double.doubleToLongBits(limits.deadlineSeconds()) + 1);
        LongVector pastBudget = LongVector.broadcast(BITS, Double.doubleToLongBits(limits.budgetMicroUsd()) + 1);
        LongVector within = LongVector.zero(BITS);

        for (int row = from; row < to; row += LANES) {
            int lanes = Math.min(LANES, to - row);
            for (int t = 0; t < lanes; t += SPECIES.length()) {
                DoubleVector factor = DoubleVector.fromArray(SPECIES, table.failureFactor, row + t);
                DoubleVector checks = DoubleVector.fromArray(SPECIES, table.failureRoot, row + t)
                        .mul(root);
                DoubleVector seconds = tokens.fma(factor.fma(restart, checks), tokens)
                        .div(DoubleVector.fromArray(SPECIES, run.rate, row - from + t));
                DoubleVector microUsd = DoubleVector.fromArray(SPECIES, run.spend, row - from + t)
                        .fma(seconds, fixed);
                DoubleVector finish = DoubleVector.fromArray(SPECIES, run.ready, row - from + t)
                        .add(seconds);
                within = within.add(signs(finish, pastDeadline, microUsd, pastBudget));

                DoubleVector.fromArray(SPECIES, run.microUsdLanes, t)
                        .add(microUsd)
                        .intoArray(run.microUsdLanes, t);
                DoubleVector.fromArray(SPECIES, run.finishLanes, t).add(finish).intoArray(run.finishLanes, t);
            }
        }
        return within.reduceLanes(VectorOperators.ADD);
    }

    /**
     * 1 in every lane where both values are at most their limits, whose bits plus one are given: a difference of the bits
     * of non-negative doubles is negative where the first is smaller. No mask, which the JVM boxes where there are two lanes.
     */
    private static LongVector signs(
            DoubleVector finish, LongVector pastDeadline, DoubleVector microUsd, LongVector pastBudget) {
        return finish.reinterpretAsLongs()
                .sub(pastDeadline)
                .and(microUsd.reinterpretAsLongs().sub(pastBudget))
                .lanewise(VectorOperators.LSHR, 63);
    }

    /** (15) to (20), for {@link #values}. */
    private static void runValues(
            FutureTable table,
            FutureFleets fleets,
            int fleet,
            int from,
            int to,
            FutureRun run,
            double[] microUsds,
            double[] finish) {
        DoubleVector root = DoubleVector.broadcast(SPECIES, fleets.root[fleet]);
        DoubleVector restart = DoubleVector.broadcast(SPECIES, fleets.restart[fleet]);
        DoubleVector tokens = DoubleVector.broadcast(SPECIES, fleets.tokens);
        DoubleVector fixed = DoubleVector.broadcast(SPECIES, fleets.fixedMicroUsd[fleet]);
        boolean late = table.late;

        for (int f = from; f < to; f += SPECIES.length()) {
            DoubleVector factor = DoubleVector.fromArray(SPECIES, table.failureFactor, f);
            DoubleVector checks =
                    DoubleVector.fromArray(SPECIES, table.failureRoot, f).mul(root);
            DoubleVector seconds = tokens.fma(factor.fma(restart, checks), tokens)
                    .div(DoubleVector.fromArray(SPECIES, run.rate, f - from));
            DoubleVector.fromArray(SPECIES, run.spend, f - from)
                    .fma(seconds, fixed)
                    .intoArray(microUsds, f);
            if (late) {
                seconds = DoubleVector.fromArray(SPECIES, run.ready, f - from).add(seconds);
            }
            seconds.intoArray(finish, f);
        }
    }
}
