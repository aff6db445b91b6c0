package muster.kernels;

import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.stream.DoubleStream;

/** Batches at random: some without prices, some whose fleets bring their rates, rooms without fleets among them. */
final class TestPlacements {
    private TestPlacements() {}

    static void fill(PlacementBatch batch, Random random) {
        int pools = batch.pools;
        boolean linear = random.nextInt(3) > 0;
        batch.clear(
                new PlacedJob(
                        1 + 1e6 * random.nextDouble(),
                        linear ? Optional.of(column(pools, () -> some(random))) : Optional.empty(),
                        column(pools, () -> some(random)),
                        column(pools, () -> some(random)),
                        column(pools, () -> some(random)),
                        1e5 * random.nextDouble(),
                        some(random),
                        random.nextGaussian()),
                prices(pools, random));
        int starts = random.nextInt(5);
        double time = 0;
        for (int s = 0; s < starts; s++) {
            time = random.nextInt(4) == 0 ? 1e5 * random.nextDouble() : time + 1e4 * random.nextDouble();
            batch.start(time, random.nextGaussian());
            for (int room = random.nextInt(4); room > 0; room--) {
                int[] free = random.ints(pools, 0, 50).toArray();
                int[] owned = random.ints(pools, 0, 30).toArray();
                double watts = random.nextBoolean() ? Double.POSITIVE_INFINITY : 100 * pools * random.nextDouble();
                batch.room(time + 1e6 * random.nextDouble(), watts, free, owned);
                for (int fleet = random.nextInt(60); fleet > 0; fleet--) {
                    batch.add(random.ints(pools, 0, random.nextInt(50) + 1).toArray(), some(random));
                }
            }
        }
    }

    private static PlacementPrices prices(int pools, Random random) {
        int parts = 1 + random.nextInt(9);
        double[] cuts = new double[parts];
        double[][] node = new double[parts][];
        double[][] owned = new double[parts][];
        boolean any = random.nextInt(4) > 0;
        boolean anyOwned = any && random.nextBoolean();
        for (int k = 0; k < parts; k++) {
            cuts[k] = k == 0 ? 0.0 : cuts[k - 1] + 1 + 1e5 * random.nextDouble();
            node[k] = column(pools, () -> any ? some(random) : 0.0);
            owned[k] = column(pools, () -> anyOwned ? some(random) : 0.0);
        }
        return new PlacementPrices(cuts, node, owned);
    }

    private static double some(Random random) {
        return random.nextInt(3) == 0 ? 0.0 : 10 * random.nextDouble();
    }

    private static double[] column(int length, DoubleSupplier value) {
        return DoubleStream.generate(value).limit(length).toArray();
    }
}
