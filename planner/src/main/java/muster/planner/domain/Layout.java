package muster.planner.domain;

/**
 * How a job is spread over GPUs: tensor × pipeline × data × context of them; expert parallelism divides data × context
 * ranks (times tensor where the stack says so) and is no further factor. Dimensions not used are 1.
 *
 * @param virtualPipeline chunks of layers per pipeline stage
 * @param microbatch sequences per data rank in one pass
 * @param recompute how much of the forward pass is repeated in the backward pass
 * @param zero ZeRO stage: 0 nothing, 1 optimizer states, 2 gradients too, 3 weights too are sharded over data ranks
 */
public record Layout(
        int tensor,
        int pipeline,
        int virtualPipeline,
        int data,
        int expert,
        int context,
        int microbatch,
        Recompute recompute,
        int zero) {
    /** None beyond what fused attention repeats anyway; the parts that are cheap to repeat; whole layers. */
    public enum Recompute {
        NONE("none"),
        SELECTIVE("selective"),
        FULL("full");

        private final String key;

        Recompute(String key) {
            this.key = key;
        }

        public String key() {
            return key;
        }
    }

    public Layout {
        requireAtLeastOne("tensor", tensor);
        requireAtLeastOne("pipeline", pipeline);
        requireAtLeastOne("virtualPipeline", virtualPipeline);
        requireAtLeastOne("data", data);
        requireAtLeastOne("expert", expert);
        requireAtLeastOne("context", context);
        requireAtLeastOne("microbatch", microbatch);
        if (zero < 0 || zero > 3) {
            throw new IllegalArgumentException("The ZeRO stage (%d) must be 0 to 3.".formatted(zero));
        }
    }

    /** {@return how many GPUs the layout uses} */
    public long gpus() {
        return (long) tensor * pipeline * data * context;
    }

    private static void requireAtLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("%s (%d) must be at least 1.".formatted(name, value));
        }
    }
}
