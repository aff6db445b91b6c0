package muster.planner.domain;

import java.util.Optional;
import java.util.OptionalInt;

/** The dimensions of a layout that a user fixed; those left open are searched. */
public record LayoutWish(
        OptionalInt tensor,
        OptionalInt pipeline,
        OptionalInt virtualPipeline,
        OptionalInt data,
        OptionalInt expert,
        OptionalInt context,
        OptionalInt microbatch,
        Optional<Layout.Recompute> recompute,
        OptionalInt zero) {
    /** {@return a wish that leaves everything open} */
    public static LayoutWish any() {
        OptionalInt open = OptionalInt.empty();
        return new LayoutWish(open, open, open, open, open, open, open, Optional.empty(), open);
    }
}
