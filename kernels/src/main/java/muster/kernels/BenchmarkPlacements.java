package muster.kernels;

import java.util.Optional;
import java.util.SplittableRandom;

/** What is measured: fleets of one job in rooms of several starts, under prices that change with time. */
final class BenchmarkPlacements {
    private static final double DAY_MICROS = 86_400e6;
    private static final int PARTS = 24;
    private static final int STARTS = 16;
    private static final int ROOMS_PER_START = 4;
    private static final double PART_DAYS = 15;

    private BenchmarkPlacements() {}

    static PlacedJob job(int pools) {
        double[] work = new double[pools];
        double[] owned = new double[pools];
        double[] other = new double[pools];
        double[] watts = new double[pools];
        for (int p = 0; p < pools; p++) {
            work[p] = 8 * (500.0 + 250.0 * p) / 1e6;
            owned[p] = 8 * 0.1 * (1 + p % 3) / 3_600;
            other[p] = 8 * (1.0 + 0.3 * p) / 3_600;
            watts[p] = 10_000_000.0 + 500_000 * p;
        }
        return new PlacedJob(2e12, Optional.of(work), owned, other, watts, 90 * DAY_MICROS, 0.01, 0.002);
    }

    static PlacementPrices prices(int pools) {
        SplittableRandom random = new SplittableRandom(3);
        double[] cuts = new double[PARTS];
        double[][] node = new double[PARTS][pools];
        double[][] owned = new double[PARTS][pools];
        for (int k = 0; k < PARTS; k++) {
            cuts[k] = k * PART_DAYS * DAY_MICROS;
            for (int p = 0; p < pools; p++) {
                node[k][p] = random.nextInt(3) == 0 ? 0.0 : 0.002 * random.nextDouble();
                owned[k][p] = p % 2 == 0 ? 0.001 * random.nextDouble() : 0.0;
            }
        }
        return new PlacementPrices(cuts, node, owned);
    }

    /** A batch of that many fleets, spread evenly over the rooms; some of them do not fit. */
    static PlacementBatch batch(int pools, int fleets) {
        SplittableRandom random = new SplittableRandom(4);
        PlacementBatch batch = new PlacementBatch(pools);
        batch.clear(job(pools), prices(pools));
        int rooms = STARTS * ROOMS_PER_START;
        int[] free = new int[pools];
        int[] owned = new int[pools];
        int[] fleet = new int[pools];
        for (int room = 0; room < rooms; room++) {
            double start = room / ROOMS_PER_START * 10 * DAY_MICROS;
            if (room % ROOMS_PER_START == 0) {
                batch.start(start, 1e3 * room);
                for (int p = 0; p < pools; p++) {
                    free[p] = 64 + random.nextInt(192);
                    owned[p] = p % 2 == 0 ? free[p] / 2 : 0;
                }
            } else {
                for (int p = 0; p < pools; p++) {
                    free[p] -= random.nextInt(16);
                    owned[p] = Math.min(owned[p], free[p]);
                }
            }
            batch.room(start + (20 + 40 * (room % ROOMS_PER_START)) * DAY_MICROS, 6e9, free, owned);
            int of = (int) ((long) (room + 1) * fleets / rooms - (long) room * fleets / rooms);
            // As along a greedy choice: fleets that grow, so that neighbours end at about the same time.
            for (int i = 0; i < of; i++) {
                for (int p = 0; p < pools; p++) {
                    int most = free[p] * (i + 1) / of;
                    fleet[p] = (room + p) % 2 == 0 ? Math.max(0, most - random.nextInt(3)) : random.nextInt(4);
                }
                batch.add(fleet);
            }
        }
        return batch;
    }
}
