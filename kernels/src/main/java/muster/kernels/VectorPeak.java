package muster.kernels;

import java.lang.invoke.MethodHandles;
import java.util.function.DoubleUnaryOperator;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** What this core does at most, in the fastest of many short rounds: operations that do not wait for each other. */
final class VectorPeak {
    private static final VectorSpecies<Double> SPECIES = VectorWidth.speciesOf(MethodHandles.lookup());
    private static final int TURNS = 10_000;
    private static final int ROUNDS = 1_500;

    /** Doubles that are read again and again: a quarter of a first-level cache of 32 KiB. */
    private static final double[] CACHED = new double[1_024];

    private VectorPeak() {}

    /** Fused multiply-adds of one double per second, in registers. */
    static double fusedPerSecond() {
        return perSecond(TURNS * 12.0 * SPECIES.length(), VectorPeak::fused);
    }

    /** Divisions of one double per second, in registers. */
    static double divisionsPerSecond() {
        return perSecond(TURNS * 4.0 * SPECIES.length(), VectorPeak::divided);
    }

    /** As many times as the products of a pair over six pools, 16, and its division are done per second, in registers. */
    static double fusedAndDividedPerSecond() {
        return perSecond(TURNS * 1.0 * SPECIES.length(), VectorPeak::fusedAndDivided);
    }

    /** Doubles loaded per second from an array in the first-level cache; the JVM aligns no array with cache lines. */
    static double loadsPerSecond() {
        int passes = TURNS / 100;
        return perSecond((double) passes * CACHED.length, start -> {
            double sum = start;
            for (int pass = 0; pass < passes; pass++) {
                sum += loaded();
            }
            return sum;
        });
    }

    private static double perSecond(double operations, DoubleUnaryOperator round) {
        double best = 0.0;
        double sink = 0.0;
        for (int r = 0; r < ROUNDS; r++) {
            double start = 1.0 + 1e-9 * r;
            long begin = System.nanoTime();
            sink += round.applyAsDouble(start);
            best = Math.max(best, operations / (System.nanoTime() - begin) * 1e9);
        }
        // Read, so that no round is left out.
        return sink == 42.0 ? 0.0 : best;
    }

    private static double fused(double start) {
        DoubleVector factor = DoubleVector.broadcast(SPECIES, 0.999);
        DoubleVector term = DoubleVector.broadcast(SPECIES, start);
        DoubleVector a = term;
        DoubleVector b = term;
        DoubleVector c = term;
        DoubleVector d = term;
        DoubleVector e = term;
        DoubleVector f = term;
        DoubleVector g = term;
        DoubleVector h = term;
        DoubleVector i = term;
        DoubleVector j = term;
        DoubleVector k = term;
        DoubleVector l = term;
        for (int turn = 0; turn < TURNS; turn++) {
            a = a.fma(factor, term);
            b = b.fma(factor, term);
            c = c.fma(factor, term);
            d = d.fma(factor, term);
            e = e.fma(factor, term);
            f = f.fma(factor, term);
            g = g.fma(factor, term);
            h = h.fma(factor, term);
            i = i.fma(factor, term);
            j = j.fma(factor, term);
            k = k.fma(factor, term);
            l = l.fma(factor, term);
        }
        return a.add(b)
                .add(c)
                .add(d)
                .add(e)
                .add(f)
                .add(g)
                .add(h)
                .add(i)
                .add(j)
                .add(k)
                .add(l)
                .reduceLanes(VectorOperators.ADD);
    }

    private static double divided(double start) {
        DoubleVector dividend = DoubleVector.broadcast(SPECIES, start);
        DoubleVector a = dividend;
        DoubleVector b = dividend;
        DoubleVector c = dividend;
        DoubleVector d = dividend;
        for (int turn = 0; turn < TURNS; turn++) {
            a = dividend.div(a);
            b = dividend.div(b);
            c = dividend.div(c);
            d = dividend.div(d);
        }
        return a.add(b).add(c).add(d).reduceLanes(VectorOperators.ADD);
    }

    private static double fusedAndDivided(double start) {
        DoubleVector factor = DoubleVector.broadcast(SPECIES, 0.999);
        DoubleVector term = DoubleVector.broadcast(SPECIES, start);
        DoubleVector a = term;
        DoubleVector b = term;
        DoubleVector c = term;
        DoubleVector d = term;
        DoubleVector e = term;
        DoubleVector f = term;
        DoubleVector g = term;
        DoubleVector h = term;
        DoubleVector quotient = term;
        for (int turn = 0; turn < TURNS; turn++) {
            quotient = term.div(quotient);
            a = a.fma(factor, term);
            b = b.fma(factor, term);
            c = c.fma(factor, term);
            d = d.fma(factor, term);
            e = e.fma(factor, term);
            f = f.fma(factor, term);
            g = g.fma(factor, term);
            h = h.fma(factor, term);
            a = a.fma(factor, term);
            b = b.fma(factor, term);
            c = c.fma(factor, term);
            d = d.fma(factor, term);
            e = e.fma(factor, term);
            f = f.fma(factor, term);
            g = g.fma(factor, term);
            h = h.fma(factor, term);
        }
        return a.add(b).add(c).add(d).add(e).add(f).add(g).add(h).add(quotient).reduceLanes(VectorOperators.ADD);
    }

    private static double loaded() {
        DoubleVector a = DoubleVector.zero(SPECIES);
        DoubleVector b = a;
        DoubleVector c = a;
        DoubleVector d = a;
        int step = SPECIES.length();
        for (int i = 0; i < CACHED.length; i += 4 * step) {
            a = a.add(DoubleVector.fromArray(SPECIES, CACHED, i));
            b = b.add(DoubleVector.fromArray(SPECIES, CACHED, i + step));
            c = c.add(DoubleVector.fromArray(SPECIES, CACHED, i + 2 * step));
            d = d.add(DoubleVector.fromArray(SPECIES, CACHED, i + 3 * step));
        }
        return a.add(b).add(c).add(d).reduceLanes(VectorOperators.ADD);
    }
}
