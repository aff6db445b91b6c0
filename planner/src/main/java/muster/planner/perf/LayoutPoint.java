package muster.planner.perf;

import muster.planner.domain.Layout;

/**
 * A layout as the performance model sees it.
 *
 * @param stages pipeline stages
 * @param chunks of layers per stage
 * @param dataRanks replicas of the pipeline
 */
record LayoutPoint(Sharding sharding, int stages, int chunks, int dataRanks) {
    Layout layout() {
        return new Layout(
                sharding.tensor(),
                stages,
                chunks,
                dataRanks,
                sharding.expert(),
                sharding.context(),
                sharding.microbatch(),
                sharding.recompute(),
                sharding.zero());
    }

    /** {@return GPUs of one data rank} */
    int ranksPerReplica() {
        return sharding.tensor() * sharding.context() * stages;
    }

    /** {@return the same layout with other data ranks} */
    LayoutPoint withDataRanks(int changed) {
        return new LayoutPoint(sharding, stages, chunks, changed);
    }
}
