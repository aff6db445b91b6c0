package muster.kernels;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** How many fused multiply-adds this core does at most: twelve sums that do not wait for each other, in registers. */
final class VectorPeak {
    private static final VectorSpecies<Double> SPECIES = VectorWidth.speciesOf(MethodHandles.lookup());
    private static final int SUMS = 12;
    private static final int TURNS = 20_000;
    private static final int ROUNDS = 2_000;

    private VectorPeak() {}

    /** Fused multiply-adds of one double per second, in the fastest of many short rounds. */
    static double fusedPerSecond() {
        double best = 0.0;
        double sink = 0.0;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            sink += sums(1e-9 * round);
            double perSecond = (double) TURNS * SUMS * SPECIES.length() / (System.nanoTime() - start) * 1e9;
            best = Math.max(best, perSecond);
        }
        // Read, so that no round is left out.
        return sink == 42.0 ? 0.0 : best;
    }

    private static double sums(double start) {
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
}
