package muster.kernels;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleSupplier;

/** Tables and fleets to compute with: at random, and of one value. */
final class TestFutures {
    private TestFutures() {}

    /** Amounts over six decades; in half of the tables some pools come late. */
    static FutureTable table(Random random, int pools, int futures) {
        boolean late = random.nextBoolean();
        return new FutureTable(
                columns(pools, futures, () -> Math.pow(10, 1 + 6 * random.nextDouble())),
                columns(pools, futures, () -> random.nextInt(8) == 0 ? 0.0 : Math.pow(10, 6 * random.nextDouble())),
                columns(pools, futures, () -> late && random.nextInt(3) == 0 ? 1e7 * random.nextDouble() : 0.0),
                columns(1, futures, () -> random.nextInt(8) == 0 ? 0.0 : Math.exp(random.nextGaussian()))[0]);
    }

    /** A third of the pools idle, some paid for without work; one fleet in four fails all the time. */
    static FutureFleets fleets(Random random, int pools, int count) {
        double[][] working = new double[count][pools];
        double[][] paid = new double[count][pools];
        double[] failures = new double[count];
        double[] fixed = new double[count];
        for (int g = 0; g < count; g++) {
            for (int p = 0; p < pools; p++) {
                working[g][p] = random.nextInt(3) == 0 ? 0.0 : random.nextInt(200) * 0.97;
                paid[g][p] = random.nextInt(5) == 0 ? 3.0 : working[g][p];
            }
            working[g][random.nextInt(pools)] = 1.0;
            failures[g] = random.nextInt(4) == 0 ? random.nextDouble() : 1e-5 * random.nextDouble();
            fixed[g] = random.nextBoolean() ? 0.0 : 1e12 * random.nextDouble();
        }
        return new FutureFleets(
                new FutureFleets.Work(1e13, 300 * random.nextDouble(), 1_000 * random.nextDouble()),
                working,
                paid,
                failures,
                fixed);
    }

    static FutureTable constant(int pools, int futures, double rate, double price, double ready, double factor) {
        return new FutureTable(
                columns(pools, futures, () -> rate),
                columns(pools, futures, () -> price),
                columns(pools, futures, () -> ready),
                columns(1, futures, () -> factor)[0]);
    }

    private static double[][] columns(int count, int length, DoubleSupplier value) {
        double[][] columns = new double[count][length];
        for (double[] column : columns) {
            Arrays.setAll(column, i -> value.getAsDouble());
        }
        return columns;
    }
}
