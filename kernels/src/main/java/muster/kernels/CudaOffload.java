package muster.kernels;

import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The automatic choice where there is an NVIDIA driver: batches go to the GPU from that size on where it was measured to
 * win, all others to the processor. The GPU is not touched before the first batch that it might win. If it cannot run or is
 * lost, the listener gets one line and the processor computes from then on, that batch included. Placements always stay with
 * the processor: a search asks for some thousands at once, which takes it less time than a call takes.
 */
final class CudaOffload {
    /** Batches that a processor computes in less time than any call to a GPU takes. */
    private static final long LEAST_PAIRS = 1L << 14;

    private static final long LEAST_POINTS = 1L << 13;

    private final KernelBackend processor;
    private final Supplier<CudaDevice> device;
    private final Function<CudaDevice, CudaThresholds> measure;
    private volatile State state;
    private volatile boolean wasUsed;

    /** What is known of the GPU: how it computes, or why it does not. */
    private sealed interface State {
        record Running(CudaDevice device, CudaThresholds thresholds, LayoutKernels layouts, FutureKernels futures)
                implements State {}

        record Absent(String reason) implements State {}
    }

    CudaOffload(KernelBackend processor) {
        this(processor, CudaDevice::shared, device -> CudaThresholds.of(device, processor));
    }

    CudaOffload(KernelBackend processor, Supplier<CudaDevice> device, Function<CudaDevice, CudaThresholds> measure) {
        this.processor = processor;
        this.device = device;
        this.measure = measure;
    }

    KernelBackend backend() {
        return new KernelBackend(
                this::choice, this::settledChoice, this::layouts, new Futures(), processor.placements());
    }

    private void layouts(LayoutShape shape, LayoutPoints points, double[] seconds, double[] bytes) {
        long count = points.count();
        if (count < LEAST_POINTS
                || !ranOnGpu(
                        gpu -> gpu.layouts().layouts(shape, points, seconds, bytes),
                        thresholds -> count >= thresholds.layoutPoints())) {
            processor.layouts().layouts(shape, points, seconds, bytes);
        }
    }

    private final class Futures implements FutureKernels {
        @Override
        public void reduce(
                FutureTable table,
                FutureFleets fleets,
                FutureLimits limits,
                int fromBlock,
                int toBlock,
                FutureSums sums) {
            long futures = Math.min((long) toBlock * BLOCK, table.futures()) - (long) fromBlock * BLOCK;
            long pairs = fleets.fleets() * futures;
            if (!ran(pairs, gpu -> gpu.reduce(table, fleets, limits, fromBlock, toBlock, sums))) {
                processor.futures().reduce(table, fleets, limits, fromBlock, toBlock, sums);
            }
        }

        @Override
        public void values(FutureTable table, FutureFleets fleets, int fleet, double[] microUsd, double[] finish) {
            if (!ran(table.futures(), gpu -> gpu.values(table, fleets, fleet, microUsd, finish))) {
                processor.futures().values(table, fleets, fleet, microUsd, finish);
            }
        }

        private boolean ran(long pairs, Consumer<FutureKernels> batch) {
            return pairs >= LEAST_PAIRS
                    && ranOnGpu(gpu -> batch.accept(gpu.futures()), thresholds -> pairs >= thresholds.futurePairs());
        }
    }

    private boolean ranOnGpu(Consumer<State.Running> batch, Predicate<CudaThresholds> wins) {
        if (!(settledState() instanceof State.Running gpu) || !wins.test(gpu.thresholds())) {
            return false;
        }
        try {
            batch.accept(gpu);
            wasUsed = true;
            return true;
        } catch (BackendUnavailableException lost) {
            giveUp("%s was lost".formatted(gpu.device().name()), lost);
            return false;
        }
    }

    private State settledState() {
        State known = state;
        if (known == null) {
            synchronized (this) {
                if (state == null) {
                    settle();
                }
                known = state;
            }
        }
        return known;
    }

    private void settle() {
        try {
            CudaDevice gpu = device.get();
            state = new State.Running(gpu, measure.apply(gpu), new CudaLayoutKernels(gpu), new CudaFutureKernels(gpu));
        } catch (BackendUnavailableException absent) {
            giveUp("no GPU is used", absent);
        }
    }

    private synchronized void giveUp(String what, BackendUnavailableException why) {
        if (!(state instanceof State.Absent)) {
            String reason = what + ": "
                    + why.getMessage().lines().findFirst().orElse("").replaceFirst("^.*run here: ", "");
            state = new State.Absent(reason);
            KernelBackends.tell("%s The processor computes on (%s)."
                    .formatted(reason, processor.choice().name()));
        }
    }

    private KernelChoice settledChoice() {
        return settledState() instanceof State.Running gpu && gpu.thresholds().everWins() ? offloading(gpu) : choice();
    }

    private KernelChoice choice() {
        KernelChoice chosen = processor.choice();
        return switch (state) {
            case null -> because(chosen, "no batch was large enough for a GPU");
            case State.Absent absent -> because(chosen, absent.reason().replaceFirst("\\.$", ""));
            case State.Running gpu ->
                wasUsed
                        ? offloading(gpu)
                        : because(
                                chosen,
                                gpu.thresholds().everWins()
                                        ? "%s would get %s"
                                                .formatted(gpu.device().name(), gpu.thresholds())
                                        : "%s was slower in every batch measured"
                                                .formatted(gpu.device().name()));
        };
    }

    private static KernelChoice because(KernelChoice chosen, String further) {
        return new KernelChoice(chosen.name(), chosen.reason() + "; " + further, chosen.laneBits());
    }

    private KernelChoice offloading(State.Running gpu) {
        KernelChoice below = processor.choice();
        return new KernelChoice(
                KernelBackends.CUDA,
                "%s gets %s, as measured; %s %d bit the rest"
                        .formatted(gpu.device().name(), gpu.thresholds(), below.name(), below.laneBits()),
                KernelBackends.WARP_BITS);
    }
}
