package muster.kernels;

import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.util.List;

/** Placements on the GPU, one thread to a slot; prices stay there, the rest of a batch goes up and down, tiles by tiles. */
final class CudaPlacementKernels implements PlacementKernels {
    private static final int RESULTS = 2;
    private static final int TILE = PlacementBatch.TILE;

    private final CudaDevice device;

    CudaPlacementKernels(CudaDevice device) {
        this.device = device;
    }

    @Override
    public void placements(PlacementBatch batch) {
        if (batch.tiles > 0) {
            long bytesPerTile = (1L + (batch.pools + 1 + RESULTS) * TILE) * Double.BYTES;
            int most = (int) Math.max(1, CudaDevice.BATCH_BYTES / 2 / bytesPerTile);
            device.run(() -> {
                for (int tile = 0; tile < batch.tiles; tile += most) {
                    score(batch, tile, Math.min(batch.tiles, tile + most));
                }
            });
        }
    }

    /** Some tiles, with the rooms and starts that they belong to: those of later tiles never come earlier. */
    private void score(PlacementBatch batch, int firstTile, int endTile) {
        PlacementPrices prices = batch.prices;
        int pools = batch.pools;
        int firstRoom = batch.tileRoom[firstTile];
        int rooms = batch.tileRoom[endTile - 1] + 1 - firstRoom;
        int firstStart = batch.roomStart[firstRoom];
        int starts = batch.roomStart[firstRoom + rooms - 1] + 1 - firstStart;
        int tiles = endTile - firstTile;
        int slots = tiles * TILE;
        int words = 4 * pools + starts * (2 + 2 * pools) + rooms * (3 + 2 * pools) + tiles * (1 + (pools + 1) * TILE);
        long sentBytes = (long) words * Double.BYTES;
        long mirror = device.makeRoom(sentBytes + (long) slots * RESULTS * Double.BYTES);
        long resident = device.resident(
                prices,
                List.of(prices.cutMicros, prices.nodePrice, prices.ownedPrice, prices.nodeUpTo, prices.ownedUpTo));

        CudaArguments arguments = new CudaArguments();
        long at = mirror;
        for (int length : new int[] {
            // The job's columns.
            pools,
            pools,
            pools,
            pools,
            // Starts.
            starts,
            starts,
            starts * pools,
            starts * pools,
            // Rooms.
            rooms,
            rooms,
            rooms,
            rooms * pools,
            rooms * pools,
            // Tiles.
            tiles,
            tiles * pools * TILE,
            slots
        }) {
            arguments.add(at);
            at += (long) length * Double.BYTES;
        }
        int parts = prices.cutMicros.length;
        for (long length : new long[] {parts, parts * pools, parts * pools, parts * pools, parts * pools}) {
            arguments.add(resident);
            resident += length * Double.BYTES;
        }
        PlacedJob job = batch.job;
        arguments
                .add(job.work())
                .add(job.finishMicros())
                .add(job.latePrice())
                .add(job.endPrice())
                .add(pools)
                .add(parts)
                .add(batch.linear ? 1 : 0)
                .add(slots)
                .add(mirror + sentBytes)
                .add(mirror + sentBytes + (long) slots * Double.BYTES);
        device.send(words, buffer -> {
            put(buffer, batch.workPerMicro, 0, pools);
            put(buffer, job.ownedPerMicro(), 0, pools);
            put(buffer, job.otherPerMicro(), 0, pools);
            put(buffer, job.wattsPerNode(), 0, pools);
            put(buffer, batch.startMicros, firstStart, starts);
            put(buffer, batch.startCost, firstStart, starts);
            put(buffer, batch.nodeBefore, firstStart * pools, starts * pools);
            put(buffer, batch.ownedBefore, firstStart * pools, starts * pools);
            put(buffer, batch.roomStart, firstRoom, rooms, firstStart);
            put(buffer, batch.untilMicros, firstRoom, rooms);
            put(buffer, batch.freeWatts, firstRoom, rooms);
            put(buffer, batch.freeNodes, firstRoom * pools, rooms * pools);
            put(buffer, batch.freeOwned, firstRoom * pools, rooms * pools);
            put(buffer, batch.tileRoom, firstTile, tiles, firstRoom);
            put(buffer, batch.nodes, firstTile * pools * TILE, tiles * pools * TILE);
            put(buffer, batch.rates, firstTile * TILE, slots);
        });
        device.launch(CudaProgram.PLACEMENTS, Math.ceilDiv(slots, CudaDriver.THREADS), arguments.words());
        DoubleBuffer found = device.receive(sentBytes, RESULTS * slots);
        found.get(batch.endMicros, firstTile * TILE, slots).get(batch.cost, firstTile * TILE, slots);
    }

    private static void put(ByteBuffer buffer, double[] column, int from, int count) {
        buffer.asDoubleBuffer().put(column, from, count);
        buffer.position(buffer.position() + count * Double.BYTES);
    }

    /** Indices, counted from {@code first}. */
    private static void put(ByteBuffer buffer, int[] column, int from, int count, int first) {
        for (int i = from; i < from + count; i++) {
            buffer.putLong(column[i] - first);
        }
    }
}
