package muster.planner.perf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import muster.kernels.Kernels;
import muster.kernels.LayoutPoints;
import muster.planner.domain.Architecture;
import muster.planner.domain.Layout;
import muster.planner.domain.LayoutWish;
import muster.planner.domain.MeasuredRun;
import muster.planner.domain.Parallelism;
import muster.planner.domain.Schedule;
import muster.planner.domain.Stack;

/**
 * The step time of a measured run. What is known of its layout is taken as it is, also where the search of layouts
 * would not go (tensor ranks over several nodes, partial nodes, odd microbatches); what is open is searched.
 */
public final class RunEstimator {
    private static final int MOST_MICROBATCH = 64;
    private static final int MOST_CHUNKS = 16;

    private final MeasuredRun run;
    private final ShapeModel model;

    /**
     * @param microbatches per step and data rank
     * @param assumed what was not stated, in words
     */
    public record RunEstimate(
            Layout layout,
            Schedule schedule,
            int microbatches,
            double stepSeconds,
            double memoryBytes,
            boolean fits,
            List<String> assumed) {
        /** {@return sequences of a step; microbatches are whole, so that they may differ from the published batch} */
        public double sequences() {
            return (double) microbatches * layout.data() * layout.microbatch();
        }
    }

    private record Candidate(Layout layout, Schedule schedule, int microbatches, double seconds, double bytes) {}

    public RunEstimator(MeasuredRun run) {
        this.run = run;
        this.model = new ShapeModel(run.job(), run.node());
    }

    /** {@return the fastest layout that fits what is stated, and memory if any does; none where nothing is legal} */
    public Optional<RunEstimate> estimate() {
        Layout.Recompute stated = run.wish().recompute().orElse(Layout.Recompute.NONE);
        List<Layout.Recompute> recomputes =
                run.recomputeStated() ? List.of(stated) : List.of(Layout.Recompute.values());
        Candidate leanest = null;
        for (Layout.Recompute recompute : recomputes) {
            for (int zero : zeroStages()) {
                if (zero > run.job().stack().habits().zeroStage() && isPipelined()) {
                    continue;
                }
                Candidate best = null;
                for (Candidate candidate : candidates(recompute, zero)) {
                    if (fits(candidate) && (best == null || candidate.seconds() < best.seconds())) {
                        best = candidate;
                    }
                    if (leanest == null || candidate.bytes() < leanest.bytes()) {
                        leanest = candidate;
                    }
                }
                if (best != null) {
                    return Optional.of(described(best, stated));
                }
            }
        }
        return Optional.ofNullable(leanest).map(candidate -> described(candidate, stated));
    }

    /** {@return the step time of that layout, under the run's stack as it is now} */
    public double stepSeconds(RunEstimate estimate) {
        return evaluated(estimate.layout(), estimate.schedule(), estimate.microbatches())
                .seconds();
    }

    private boolean fits(Candidate candidate) {
        return candidate.bytes() <= model.hardware().memoryBytes();
    }

    private RunEstimate described(Candidate candidate, Layout.Recompute stated) {
        List<String> assumed = new ArrayList<>();
        Layout layout = candidate.layout();
        LayoutWish wish = run.wish();
        open(wish.tensor(), "tp", layout.tensor(), assumed);
        open(wish.pipeline(), "pp", layout.pipeline(), assumed);
        if (layout.pipeline() > 1) {
            open(wish.virtualPipeline(), "vpp", layout.virtualPipeline(), assumed);
        }
        if (run.job().model().architecture().experts().count() > 0) {
            open(wish.expert(), "ep", layout.expert(), assumed);
        }
        open(wish.microbatch(), "mbs", layout.microbatch(), assumed);
        if (layout.recompute() != stated) {
            assumed.add("recompute=" + layout.recompute().key());
        }
        if (layout.zero() != run.job().stack().habits().zeroStage()) {
            assumed.add("zero=" + layout.zero());
        }
        double sequences = (double) candidate.microbatches() * layout.data() * layout.microbatch();
        if (sequences != run.job().training().batchSequences().value()) {
            assumed.add("batch=%.0f, whole microbatches".formatted(sequences));
        }
        return new RunEstimate(
                layout,
                candidate.schedule(),
                candidate.microbatches(),
                candidate.seconds(),
                candidate.bytes(),
                fits(candidate),
                List.copyOf(assumed));
    }

    private static void open(OptionalInt stated, String key, int value, List<String> assumed) {
        if (stated.isEmpty()) {
            assumed.add(key + "=" + value);
        }
    }

    /** The stage that the stack runs where nobody says otherwise, then those that take less memory. */
    private List<Integer> zeroStages() {
        Stack stack = run.job().stack();
        List<Integer> stages = stack.zeroStages().stream()
                .filter(stage -> stage >= stack.habits().zeroStage())
                .sorted()
                .toList();
        return stages.isEmpty() ? List.of(stack.habits().zeroStage()) : stages;
    }

    /** Pipelines pass a layer's weights once per microbatch, so that nobody shards them over data ranks there. */
    private boolean isPipelined() {
        return run.wish().pipeline().orElse(1) > 1;
    }

    private List<Candidate> candidates(Layout.Recompute recompute, int zero) {
        LayoutWish wish = run.wish();
        List<Candidate> found = new ArrayList<>();
        int context = wish.context().orElse(1);
        for (int tensor : wish.tensor().isPresent() ? List.of(wish.tensor().getAsInt()) : tensorRanks()) {
            for (int pipeline : pipelines(tensor, context)) {
                long ranks = (long) tensor * pipeline * context;
                if (run.gpus() % ranks != 0) {
                    continue;
                }
                int data = (int) (run.gpus() / ranks);
                if (wish.data().isPresent() && wish.data().getAsInt() != data) {
                    continue;
                }
                for (int expert : experts(data * context * tensor)) {
                    for (int microbatch : microbatches(data)) {
                        for (int chunks : chunks(pipeline)) {
                            add(found, tensor, pipeline, chunks, data, expert, context, microbatch, recompute, zero);
                        }
                    }
                }
            }
        }
        return found;
    }

    private void add(
            List<Candidate> found,
            int tensor,
            int pipeline,
            int chunks,
            int data,
            int expert,
            int context,
            int microbatch,
            Layout.Recompute recompute,
            int zero) {
        int microbatches =
                Math.max(1, (int) (run.job().training().batchSequences().asInt() / ((long) data * microbatch)));
        Layout layout = new Layout(tensor, pipeline, chunks, data, expert, context, microbatch, recompute, zero);
        for (Schedule schedule : schedules(pipeline, chunks, microbatches)) {
            found.add(evaluated(layout, schedule, microbatches));
        }
    }

    private Candidate evaluated(Layout layout, Schedule schedule, int microbatches) {
        Architecture architecture = run.job().model().architecture();
        Sharding sharding = Sharding.of(run.job(), layout, schedule);
        int chunkLayers = Math.ceilDiv(architecture.layers(), layout.pipeline() * layout.virtualPipeline());
        LayoutPoints point = new LayoutPoints(
                new double[] {layout.pipeline()},
                new double[] {layout.virtualPipeline()},
                new double[] {layout.data()},
                new double[] {microbatches},
                new double[] {chunkLayers});
        double[] seconds = new double[1];
        double[] bytes = new double[1];
        Kernels.layouts(model.shape(sharding), point, seconds, bytes);
        return new Candidate(layout, schedule, microbatches, seconds[0], bytes[0]);
    }

    private List<Integer> tensorRanks() {
        int most = run.node().gpusPerNode().asInt();
        int heads = run.job().model().architecture().attention().heads();
        return run.job().stack().parallelisms().contains(Parallelism.TENSOR)
                ? powers(Math.min(most, 8)).stream()
                        .filter(ranks -> heads % ranks == 0)
                        .toList()
                : List.of(1);
    }

    private List<Integer> pipelines(int tensor, int context) {
        LayoutWish wish = run.wish();
        if (wish.pipeline().isPresent()) {
            return List.of(wish.pipeline().getAsInt());
        }
        int layers = run.job().model().architecture().layers();
        boolean pipelined = run.job().stack().parallelisms().contains(Parallelism.PIPELINE);
        return IntStream.rangeClosed(1, pipelined ? layers : 1)
                .filter(stages -> layers % stages == 0)
                .filter(stages -> wish.data().isEmpty()
                        || (long) stages * tensor * context * wish.data().getAsInt() == run.gpus())
                .boxed()
                .toList();
    }

    private List<Integer> experts(int ranks) {
        int count = run.job().model().architecture().experts().count();
        if (count == 0) {
            return List.of(1);
        }
        if (run.wish().expert().isPresent()) {
            return List.of(run.wish().expert().getAsInt());
        }
        return powers(count).stream()
                .filter(expert -> count % expert == 0 && ranks % expert == 0)
                .toList();
    }

    private List<Integer> microbatches(int data) {
        if (run.wish().microbatch().isPresent()) {
            return List.of(run.wish().microbatch().getAsInt());
        }
        int batch = run.job().training().batchSequences().asInt();
        List<Integer> sizes = powers(MOST_MICROBATCH).stream()
                .filter(size -> batch % ((long) data * size) == 0)
                .toList();
        return sizes.isEmpty() ? powers(Math.max(1, Math.min(MOST_MICROBATCH, batch / data))) : sizes;
    }

    private List<Integer> chunks(int pipeline) {
        if (pipeline == 1) {
            return List.of(1);
        }
        if (run.wish().virtualPipeline().isPresent()) {
            return List.of(run.wish().virtualPipeline().getAsInt());
        }
        if (!run.job().stack().schedules().contains(Schedule.INTERLEAVED)) {
            return List.of(1);
        }
        int layers = run.job().model().architecture().layers();
        return IntStream.rangeClosed(1, MOST_CHUNKS)
                .filter(chunks -> chunks == 1 || layers % (pipeline * chunks) == 0)
                .boxed()
                .toList();
    }

    private List<Schedule> schedules(int pipeline, int chunks, int microbatches) {
        if (chunks > 1) {
            return List.of(Schedule.INTERLEAVED);
        }
        if (pipeline == 1) {
            return List.of(Schedule.ONE_FORWARD_ONE_BACKWARD);
        }
        List<Schedule> schedules = new ArrayList<>(List.of(Schedule.ONE_FORWARD_ONE_BACKWARD));
        if (run.job().stack().schedules().contains(Schedule.ZERO_BUBBLE)) {
            schedules.add(Schedule.ZERO_BUBBLE);
        }
        if (run.job().stack().schedules().contains(Schedule.DUAL_PIPE)
                && pipeline % 2 == 0
                && microbatches >= 2 * pipeline) {
            schedules.add(Schedule.DUAL_PIPE);
        }
        return schedules;
    }

    private static List<Integer> powers(int most) {
        return IntStream.iterate(1, power -> power <= most, power -> power * 2)
                .boxed()
                .toList();
    }
}
