package muster.planner.perf;

import muster.kernels.Kernels;
import muster.kernels.LayoutPoints;
import muster.kernels.LayoutShape;
import muster.planner.domain.Node;
import muster.planner.domain.Schedule;

/**
 * One layout of a job. Laws of a single layout hold beyond those that divide its heads, experts and batch, so only
 * what the schedule asks for is kept.
 *
 * @param sharding its schedule is 1F1B where there is one stage
 * @param microbatches per step and data rank
 */
record PlacedLayout(DrawnCases.Case drawn, Sharding sharding, int stages, int chunks, int data, int microbatches) {
    /** Embedding and head lie where the stack puts them on that many stages. */
    PlacedLayout {
        Ends ends = Ends.of(drawn.job().stack(), drawn.job().model().architecture(), sharding.schedule(), stages);
        sharding = new Sharding(
                sharding.tensor(),
                sharding.context(),
                sharding.expert(),
                sharding.microbatch(),
                sharding.recompute(),
                sharding.zero(),
                sharding.schedule(),
                ends);
    }

    static PlacedLayout of(DrawnCases.Case drawn, Sharding drawnSharding, int stages, int data, int rounds) {
        int layers = drawn.job().model().architecture().layers();
        int used = Math.min(stages, layers);
        boolean possible = switch (drawnSharding.schedule()) {
            case ONE_FORWARD_ONE_BACKWARD -> true;
            case ZERO_BUBBLE -> used > 1;
            case INTERLEAVED -> used > 1 && layers >= 2 * used;
            case DUAL_PIPE -> used % 2 == 0;
        };
        Schedule schedule = possible ? drawnSharding.schedule() : Schedule.ONE_FORWARD_ONE_BACKWARD;
        int chunks = schedule == Schedule.INTERLEAVED ? 2 : 1;
        // Enough for DualPipe, a multiple of the stages for interleaving, after a doubling of the stages too.
        PlacedLayout placed = new PlacedLayout(drawn, drawnSharding, used, chunks, data, 4 * used * rounds);
        boolean mixture = drawn.job().model().architecture().experts().count() > 0;
        return placed.withSchedule(schedule).withExpert(mixture ? drawnSharding.expert() : 1);
    }

    double seconds() {
        return evaluate()[0];
    }

    double bytes() {
        return evaluate()[1];
    }

    private double[] evaluate() {
        int layers = drawn.job().model().architecture().layers();
        LayoutPoints point = new LayoutPoints(
                new double[] {stages},
                new double[] {chunks},
                new double[] {data},
                new double[] {microbatches},
                new double[] {Math.ceilDiv(layers, stages * chunks)});
        double[] seconds = new double[1];
        double[] bytes = new double[1];
        Kernels.layouts(shape(), point, seconds, bytes);
        return new double[] {seconds[0], bytes[0]};
    }

    LayoutShape shape() {
        return new ShapeModel(drawn.job(), drawn.node()).shape(sharding);
    }

    PlacedLayout with(Node node) {
        return new PlacedLayout(drawn.with(node), sharding, stages, chunks, data, microbatches);
    }

    PlacedLayout withTensor(int tensor) {
        return with(sharding(tensor, sharding.context(), sharding.expert(), sharding.microbatch(), sharding.zero()));
    }

    PlacedLayout withContext(int context) {
        return with(sharding(sharding.tensor(), context, sharding.expert(), sharding.microbatch(), sharding.zero()));
    }

    PlacedLayout withExpert(int expert) {
        return with(sharding(sharding.tensor(), sharding.context(), expert, sharding.microbatch(), sharding.zero()));
    }

    PlacedLayout withMicrobatch(int microbatch) {
        return with(sharding(sharding.tensor(), sharding.context(), sharding.expert(), microbatch, sharding.zero()));
    }

    PlacedLayout withZero(int zero) {
        return with(sharding(sharding.tensor(), sharding.context(), sharding.expert(), sharding.microbatch(), zero));
    }

    PlacedLayout withSchedule(Schedule schedule) {
        return with(new Sharding(
                sharding.tensor(),
                sharding.context(),
                sharding.expert(),
                sharding.microbatch(),
                sharding.recompute(),
                sharding.zero(),
                schedule,
                sharding.ends()));
    }

    private Sharding sharding(int tensor, int context, int expert, int microbatch, int zero) {
        return new Sharding(
                tensor, context, expert, microbatch, sharding.recompute(), zero, sharding.schedule(), sharding.ends());
    }

    private PlacedLayout with(Sharding changed) {
        return new PlacedLayout(drawn, changed, stages, chunks, data, microbatches);
    }

    PlacedLayout withStages(int changed) {
        return new PlacedLayout(drawn, sharding, changed, chunks, data, microbatches);
    }

    PlacedLayout withChunks(int changed) {
        return new PlacedLayout(drawn, sharding, stages, changed, data, microbatches);
    }

    PlacedLayout withData(int changed) {
        return new PlacedLayout(drawn, sharding, stages, chunks, changed, microbatches);
    }

    PlacedLayout withMicrobatches(int changed) {
        return new PlacedLayout(drawn, sharding, stages, chunks, data, changed);
    }

    PlacedLayout withLayers(int layers) {
        return new PlacedLayout(drawn.withLayers(layers), sharding, stages, chunks, data, microbatches);
    }
}
