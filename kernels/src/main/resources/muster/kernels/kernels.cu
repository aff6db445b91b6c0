// The layout lattice, futures and placements on a GPU. The formulas and their order are those of LayoutKernels.java,
// FutureKernels.java and PlacementKernels.java beside the classes; numbers in brackets are theirs. Compiled with --fmad=false: a sum is fused with a
// product where fma is written and nowhere else, so the bits are those of the scalar twins.
// kernels.ptx is made from this file by kernels/make-ptx.sh; without nvcc it compiles as C++ behind cuda_shim.h.
#ifndef __CUDACC__
#include "cuda_shim.h"
#endif

// Arguments are passed by value, as one block of fields of 8 bytes that CudaLayoutKernels, CudaFutureKernels and
// CudaPlacementKernels fill in this order.

struct LayoutArguments {
    // Shape [count] each.
    const double *stages, *microbatches, *layers, *inverseDataRanks, *fills, *sends, *passLayers, *evenPasses, *slotLayers;
    double *seconds, *bytes;
    long long count;
    // Once per shape.
    double layerPass, modelPass, inverseContextRanks, expertRatio, hiding, layerBytes, stageBytes;
    double bubbleStages, bubbleSeconds, coldStages, coldSeconds, sendSeconds;
    double denseReduceSeconds, edgeReduceSeconds, expertReduceSeconds, gatherSeconds;
    double denseOptimizerSeconds, edgeOptimizerSeconds, expertOptimizerSeconds, fixedSeconds;
    double inFlightStages, inFlightChunks, inFlightExtra;
    double denseShardedBytes, expertShardedBytes, activationBytes, edgeShardedBytes;
    long long optimizerSharded;
};

__device__ __forceinline__ double larger(double x, double y) { return x > y ? x : y; }

__device__ __forceinline__ double smaller(double x, double y) { return x < y ? x : y; }

extern "C" __global__ void __launch_bounds__(256) layouts(const LayoutArguments a) {
    long long i = (long long)blockIdx.x * 256 + threadIdx.x;
    if (i >= a.count) return;
    double p = a.stages[i];
    double l = a.layers[i];
    double ml = a.passLayers[i];
    double share = a.inverseDataRanks[i] * a.inverseContextRanks;
    double expertShare = smaller(share * a.expertRatio, 1.0);
    double compute = larger(ml * a.layerPass, a.evenPasses[i] * a.modelPass);                      // (1), (2)
    double bubble = a.slotLayers[i] * (p * a.bubbleStages - 1.0) * a.bubbleSeconds;                // (3)
    double cold = smaller(ml, l * (p * a.coldStages)) * a.coldSeconds;                             // (4)
    double send = a.sends[i] * a.sendSeconds;                                                      // (5)
    double reduce = (l * a.denseReduceSeconds + a.edgeReduceSeconds) * (1.0 - share)
            + l * a.expertReduceSeconds * (1.0 - expertShare);                                     // (6)
    double exposed = larger(reduce - ml * a.hiding, 0.0);                                          // (7)
    double gather = ml * a.gatherSeconds * (1.0 - share);                                          // (8)
    double optimizer = (l * a.denseOptimizerSeconds + a.edgeOptimizerSeconds) * (a.optimizerSharded ? share : 1.0)
            + l * a.expertOptimizerSeconds * (a.optimizerSharded ? expertShare : 1.0);             // (9)
    a.seconds[i] = compute + bubble + cold + send + exposed + gather + optimizer + a.fixedSeconds; // (10)
    double scheduled = a.inFlightStages * p + a.inFlightChunks * a.fills[i] + a.inFlightExtra;
    double inFlight = smaller(scheduled, a.microbatches[i]);                                       // (11)
    a.bytes[i] = l * (a.layerBytes + a.denseShardedBytes * share + a.expertShardedBytes * expertShare
                      + a.activationBytes * inFlight)
            + a.edgeShardedBytes * share + a.stageBytes;                                           // (12)
}

// Futures per block, lanes of its sums, and fleets that share every load of a column.
#define BLOCK 4096
#define LANES 256
#define GROUP 4

struct FutureArguments {
    // Shape [pools, stride], readySeconds null where no pool is ever late; factors shape [futures].
    const double *tokensPerSecond, *microUsdPerSecond, *readySeconds, *failureFactor, *failureRoot;
    long long stride, futures;
    // Group g has entries groupStart[g] to below groupStart[g + 1]: a pool and, per fleet, working and then paid nodes.
    const long long *groupStart, *entryPool;
    const double *entryNodes;
    // Shape [fleets], a whole number of groups.
    const double *pace, *root, *restart, *fixedMicroUsd;
    double tokens, deadlineSeconds, budgetMicroUsd;
    long long groups, fromBlock;
    // futures: shape [blocks, fleets]. values: shape [count], futures from firstFuture on.
    double *microUsd, *finishSeconds;
    long long *within;
    long long firstFuture, count;
};

__device__ __forceinline__ double secondsOf(
        double tokens, double factor, double factorRoot, double pace, double root, double restart, double rate) {
    double failures = factor * pace;
    double checks = failures <= 4.0 ? factorRoot * root : fma(failures, 0.25, 1.0); // (15)
    double overhead = fma(factor, restart, checks);                                 // (16)
    return fma(tokens, overhead, tokens) / rate;                                    // (17)
}

// One GPU block reduces one block of futures for one group of fleets; a thread is a lane and takes two of its futures at
// once, so that the nodes of a fleet are loaded once for both.
extern "C" __global__ void __launch_bounds__(LANES, 2) futures(const FutureArguments a) {
    __shared__ double sums[2 * GROUP][LANES];
    __shared__ int counts[GROUP][LANES];
    unsigned lane = threadIdx.x;
    long long group = blockIdx.x % a.groups;
    long long run = blockIdx.x / a.groups;
    // A table has fewer than 2^31 futures, so 32 bits and no sign are enough, and spare registers.
    unsigned from = (unsigned)(a.fromBlock + run) * BLOCK;
    unsigned to = a.futures - from < BLOCK ? (unsigned)a.futures : from + BLOCK;
    double microUsdLane[GROUP], finishLane[GROUP];
    int withinLane[GROUP];
    for (int k = 0; k < GROUP; k++) {
        microUsdLane[k] = 0.0;
        finishLane[k] = 0.0;
        withinLane[k] = 0;
    }
    for (unsigned first = from + lane; first < to; first += 2 * LANES) {
        bool isPair = first + LANES < to;
        unsigned f[2] = {first, isPair ? first + LANES : first};
        double rate[2][GROUP], spend[2][GROUP], ready[2][GROUP];
#pragma unroll
        for (int h = 0; h < 2; h++) {
#pragma unroll
            for (int k = 0; k < GROUP; k++) {
                rate[h][k] = 0.0;
                spend[h][k] = 0.0;
                ready[h][k] = 0.0;
            }
        }
        int end = (int)a.groupStart[group + 1];
        for (int e = (int)a.groupStart[group]; e < end; e++) {
            const double *working = a.entryNodes + 2 * GROUP * (long long)e;
            const double *paid = working + GROUP;
            long long column = a.entryPool[e] * a.stride;
#pragma unroll
            for (int h = 0; h < 2; h++) {
                double tokensPerSecond = a.tokensPerSecond[column + f[h]];
                double microUsdPerSecond = a.microUsdPerSecond[column + f[h]];
#pragma unroll
                for (int k = 0; k < GROUP; k++) {
                    rate[h][k] = fma(working[k], tokensPerSecond, rate[h][k]);   // (13)
                    spend[h][k] = fma(paid[k], microUsdPerSecond, spend[h][k]);  // (14)
                }
                if (a.readySeconds) {
                    double readySeconds = a.readySeconds[column + f[h]];
#pragma unroll
                    for (int k = 0; k < GROUP; k++) {                            // (19)
                        ready[h][k] = working[k] > 0.0 && readySeconds > ready[h][k] ? readySeconds : ready[h][k];
                    }
                }
            }
        }
#pragma unroll
        for (int h = 0; h < 2; h++) {
            if (h == 1 && !isPair) break;
            double factor = a.failureFactor[f[h]];
            double factorRoot = a.failureRoot[f[h]];
#pragma unroll
            for (int k = 0; k < GROUP; k++) {
                long long g = group * GROUP + k;
                double seconds =
                        secondsOf(a.tokens, factor, factorRoot, a.pace[g], a.root[g], a.restart[g], rate[h][k]);
                double microUsd = fma(spend[h][k], seconds, a.fixedMicroUsd[g]); // (18)
                double finish = ready[h][k] + seconds;                           // (20)
                microUsdLane[k] += microUsd;
                finishLane[k] += finish;
                withinLane[k] += finish <= a.deadlineSeconds && microUsd <= a.budgetMicroUsd ? 1 : 0; // (21)
            }
        }
    }
#pragma unroll
    for (int k = 0; k < GROUP; k++) {
        sums[2 * k][lane] = microUsdLane[k];
        sums[2 * k + 1][lane] = finishLane[k];
        counts[k][lane] = withinLane[k];
    }
    // The halving trees of all sums at once, spread over all threads.
    for (unsigned half = LANES / 2; half > 0; half /= 2) {
        __syncthreads();
        for (unsigned i = lane; i < 2 * GROUP * half; i += LANES) {
            sums[i / half][i % half] += sums[i / half][i % half + half];
        }
        for (unsigned i = lane; i < GROUP * half; i += LANES) {
            counts[i / half][i % half] += counts[i / half][i % half + half];
        }
    }
    __syncthreads();
    if (lane < GROUP) {
        long long cell = run * a.groups * GROUP + group * GROUP + lane;
        a.microUsd[cell] = sums[2 * lane][0];
        a.finishSeconds[cell] = sums[2 * lane + 1][0];
        a.within[cell] = counts[lane][0];
    }
}

// Cost and finish of the first fleet of the first group.
extern "C" __global__ void __launch_bounds__(256) values(const FutureArguments a) {
    long long i = (long long)blockIdx.x * 256 + threadIdx.x;
    if (i >= a.count) return;
    long long f = a.firstFuture + i;
    double rate = 0.0, spend = 0.0, ready = 0.0;
    for (long long e = a.groupStart[0]; e < a.groupStart[1]; e++) {
        double working = a.entryNodes[2 * GROUP * e];
        double paid = a.entryNodes[2 * GROUP * e + GROUP];
        long long column = a.entryPool[e] * a.stride;
        rate = fma(working, a.tokensPerSecond[column + f], rate);
        spend = fma(paid, a.microUsdPerSecond[column + f], spend);
        if (a.readySeconds && working > 0.0 && a.readySeconds[column + f] > ready) {
            ready = a.readySeconds[column + f];
        }
    }
    double seconds = secondsOf(
            a.tokens, a.failureFactor[f], a.failureRoot[f], a.pace[0], a.root[0], a.restart[0], rate);
    a.microUsd[i] = fma(spend, seconds, a.fixedMicroUsd[0]);
    a.finishSeconds[i] = ready + seconds;
}

// Slots of a tile, which belongs to one room.
#define TILE 16

struct PlacementArguments {
    // Shape [pools] each.
    const double *workPerMicro, *ownedPerMicro, *otherPerMicro, *wattsPerNode;
    // Shape [starts], then [starts, pools].
    const double *startMicros, *startCost, *nodeBefore, *ownedBefore;
    // Shape [rooms], then [rooms, pools].
    const long long *roomStart;
    const double *untilMicros, *freeWatts, *freeNodes, *freeOwned;
    // Shape [tiles], [tiles, pools, TILE], [tiles, TILE].
    const long long *tileRoom;
    const double *nodes, *rates;
    // Shape [parts], then [parts, pools].
    const double *cutMicros, *nodePrice, *ownedPrice, *nodeUpTo, *ownedUpTo;
    double work, finishMicros, latePrice, endPrice;
    long long pools, parts, linear, slots;
    // Shape [slots].
    double *endMicros, *cost;
};

extern "C" __global__ void __launch_bounds__(256) placements(const PlacementArguments a) {
    long long slot = (long long)blockIdx.x * 256 + threadIdx.x;
    if (slot >= a.slots) return;
    int pools = (int)a.pools;
    long long room = a.tileRoom[slot / TILE];
    long long start = a.roomStart[room];
    const double *nodes = a.nodes + slot / TILE * pools * TILE + slot % TILE;
    const double *freeNodes = a.freeNodes + room * pools;
    const double *freeOwned = a.freeOwned + room * pools;
    bool fits = true;
    double rate = 0.0, spend = 0.0, watts = 0.0;
    for (int p = 0; p < pools; p++) {
        double n = nodes[p * TILE];
        double own = smaller(n, freeOwned[p]);
        rate = fma(n, a.workPerMicro[p], rate);                                      // (22)
        spend = fma(own, a.ownedPerMicro[p], fma(n - own, a.otherPerMicro[p], spend));  // (25)
        watts = fma(n, a.wattsPerNode[p], watts);                                    // (26)
        fits = fits && n <= freeNodes[p];
    }
    double micros = a.work / (a.linear ? rate : a.rates[slot]);                      // (23)
    double end = a.startMicros[start] + micros;                                      // (24)
    double late = larger(end - a.finishMicros, 0.0);
    double times = fma(a.endPrice, end, fma(a.latePrice, late, a.startCost[start]));  // (28)
    int k = 0;
    while (k + 1 < (int)a.parts && a.cutMicros[k + 1] <= end) k++;
    const double *before = a.nodeBefore + start * pools;
    const double *ownedBefore = a.ownedBefore + start * pools;
    double slope = 0.0, base = 0.0;
    for (int p = 0; p < pools; p++) {
        double n = nodes[p * TILE];
        double own = smaller(n, freeOwned[p]);
        int cell = k * pools + p;
        slope = fma(own, a.ownedPrice[cell], fma(n, a.nodePrice[cell], slope));
        base = fma(own, a.ownedUpTo[cell] - ownedBefore[p], fma(n, a.nodeUpTo[cell] - before[p], base));
    }
    double scarce = fma(slope, end - a.cutMicros[k], base);                          // (27)
    double cost = fma(spend, micros, times) + scarce;                                // (29)
    fits = fits && watts <= a.freeWatts[room] && end <= a.untilMicros[room];         // (30)
    a.endMicros[slot] = end;
    a.cost[slot] = fits ? cost : INFINITY;
}
