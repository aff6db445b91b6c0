package muster.kernels;

import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Futures on the GPU: one GPU block to a block of futures and a group of fleets, so few fleets over many futures fill it as
 * well as many fleets over few. The table stays on the GPU; fleets go up and sums come down, in batches.
 */
final class CudaFutureKernels implements FutureKernels {
    private static final int RESULTS = 3;
    private static final int MOST_BLOCKS = 8_192;

    private final CudaDevice device;

    CudaFutureKernels(CudaDevice device) {
        this.device = device;
    }

    @Override
    public void reduce(
            FutureTable table, FutureFleets fleets, FutureLimits limits, int fromBlock, int toBlock, FutureSums sums) {
        if (fleets.fleets() == 0 || toBlock <= fromBlock) {
            return;
        }
        device.run(() -> {
            for (int block = fromBlock; block < toBlock; block += MOST_BLOCKS) {
                int blocks = Math.min(MOST_BLOCKS, toBlock - block);
                long bytesPerFleet = (long) blocks * RESULTS * Double.BYTES;
                int fleetsPerBatch = (int) Math.max(1, CudaDevice.BATCH_BYTES / 2 / bytesPerFleet);
                int fleet = 0;
                while (fleet < fleets.fleets()) {
                    CudaFleets batch = CudaFleets.of(
                            fleets,
                            fleet,
                            Math.min(fleets.fleets(), fleet + fleetsPerBatch),
                            CudaDevice.BATCH_BYTES / 2);
                    reduce(table, batch, limits, block, blocks, sums);
                    fleet = batch.to();
                }
            }
        });
    }

    private void reduce(
            FutureTable table, CudaFleets batch, FutureLimits limits, int fromBlock, int blocks, FutureSums sums) {
        int cells = blocks * batch.padded();
        long sentBytes = (long) batch.words() * Long.BYTES;
        long mirror = device.makeRoom(sentBytes + (long) cells * RESULTS * Double.BYTES);
        CudaArguments arguments = new CudaArguments();
        addTable(table, arguments);
        batch.addTo(arguments, mirror);
        long results = mirror + sentBytes;
        arguments
                .add(limits.deadlineSeconds())
                .add(limits.budgetMicroUsd())
                .add(batch.groups())
                .add(fromBlock)
                .add(results)
                .add(results + (long) cells * Double.BYTES)
                .add(results + 2L * cells * Double.BYTES)
                .add(0)
                .add(0);
        device.send(batch.words(), batch::write);
        device.launch(CudaProgram.FUTURES, (long) batch.groups() * blocks, arguments.words());
        DoubleBuffer found = device.receive(sentBytes, RESULTS * cells);
        for (int b = 0; b < blocks; b++) {
            for (int fleet = batch.from(); fleet < batch.to(); fleet++) {
                int cell = sums.cell(fleet, fromBlock + b);
                int at = b * batch.padded() + fleet - batch.from();
                sums.microUsd[cell] = found.get(at);
                sums.finishSeconds[cell] = found.get(cells + at);
                sums.within[cell] = Double.doubleToRawLongBits(found.get(2 * cells + at));
            }
        }
    }

    @Override
    public void values(FutureTable table, FutureFleets fleets, int fleet, double[] microUsd, double[] finish) {
        if (table.futures() == 0) {
            return;
        }
        device.run(() -> {
            CudaFleets only = CudaFleets.of(fleets, fleet, fleet + 1, CudaDevice.BATCH_BYTES / 2);
            int most = (int) (CudaDevice.BATCH_BYTES / 2 / (2 * Double.BYTES));
            for (int from = 0; from < table.futures(); from += most) {
                values(table, only, from, Math.min(most, table.futures() - from), microUsd, finish);
            }
        });
    }

    private void values(FutureTable table, CudaFleets only, int from, int count, double[] microUsd, double[] finish) {
        long sentBytes = (long) only.words() * Long.BYTES;
        long mirror = device.makeRoom(sentBytes + 2L * count * Double.BYTES);
        CudaArguments arguments = new CudaArguments();
        addTable(table, arguments);
        only.addTo(arguments, mirror);
        long results = mirror + sentBytes;
        arguments
                .add(0)
                .add(0)
                .add(1)
                .add(0)
                .add(results)
                .add(results + (long) count * Double.BYTES)
                .add(0)
                .add(from)
                .add(count);
        device.send(only.words(), only::write);
        device.launch(CudaProgram.VALUES, Math.ceilDiv(count, CudaDriver.THREADS), arguments.words());
        DoubleBuffer found = device.receive(sentBytes, 2 * count);
        found.get(microUsd, from, count).get(finish, from, count);
    }

    /** The first fields of FutureArguments. */
    private void addTable(FutureTable table, CudaArguments arguments) {
        List<double[]> columns = new ArrayList<>(List.of(table.failureFactor, table.failureRoot));
        columns.addAll(List.of(table.tokensPerSecond));
        columns.addAll(List.of(table.microUsdPerSecond));
        if (table.late) {
            columns.addAll(List.of(table.readySeconds));
        }
        long columnBytes = (long) table.futures() * Double.BYTES;
        long factors = device.resident(table, columns);
        long tokens = factors + 2 * columnBytes;
        long prices = tokens + table.pools() * columnBytes;
        arguments
                .add(tokens)
                .add(prices)
                .add(table.late ? prices + table.pools() * columnBytes : 0)
                .add(factors)
                .add(factors + columnBytes)
                .add(table.futures())
                .add(table.futures());
    }
}
