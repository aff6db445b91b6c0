package muster.planner.domain;

import java.util.Optional;

/**
 * Between which step times the real one lies in four of five cases, taken from how far the model was off on measured runs
 * that it had not been fitted to: those of the same stack, GPU generation and kind of model, as near as there are any.
 *
 * @param basis which runs it is taken from, or why it is wide
 */
public record StepBand(double lowSeconds, double highSeconds, double halfWidthPercent, String basis) {
    /** Where nothing measured is near: about what whole stacks are off when nothing of them was measured. */
    private static final double FAR_PERCENT = 35;

    /** Of decoding: services that published their rates are off by less, but run what nobody here has measured. */
    private static final double GENERATION_PERCENT = 50;

    public static StepBand of(double stepSeconds, Job job, Gpu gpu) {
        if (job.work() instanceof Work.Generation) {
            return around(
                    stepSeconds,
                    new Stack.Residuals(-GENERATION_PERCENT, GENERATION_PERCENT, 0),
                    "a judgement: the model of generation was fitted to nothing, and held against DeepSeek-V3's decoding"
                            + " alone");
        }
        Stack stack = job.stack();
        Stack.Reached reached = stack.efficiencyOn(gpu, job.precision()).orElseThrow();
        boolean mixture = job.model().architecture().experts().count() > 0;
        Optional<Stack.Residuals> own = stack.residuals(reached.key(), mixture);
        if (reached.own() && own.isPresent()) {
            return around(stepSeconds, own.get(), basis(stack, reached.key(), mixture, own.get()));
        }
        Optional<Stack.Residuals> otherKind = stack.residuals(reached.key(), !mixture);
        if (reached.own() && otherKind.isPresent()) {
            Stack.Residuals wider = otherKind.get().widened(FAR_PERCENT);
            return around(
                    stepSeconds,
                    wider,
                    "no %s run of %s on %s was measured, only %s"
                            .formatted(kind(mixture), stack.label(), reached.key(), kind(!mixture) + " ones"));
        }
        return around(
                stepSeconds,
                new Stack.Residuals(-FAR_PERCENT, FAR_PERCENT, 0),
                reached.own()
                        ? "no run of %s on %s was measured".formatted(stack.label(), reached.key())
                        : "nothing of %s on %s was measured; constants of %s on %s stand in"
                                .formatted(stack.label(), gpu.generation(), reached.stack(), reached.key()));
    }

    private static StepBand around(double seconds, Stack.Residuals residuals, String basis) {
        double low = seconds * (1 + residuals.lowPercent() / 100);
        double high = seconds * (1 + residuals.highPercent() / 100);
        return new StepBand(low, high, 100 * (high - low) / 2 / seconds, basis);
    }

    private static String basis(Stack stack, String key, boolean mixture, Stack.Residuals residuals) {
        return "80 %% of %d measured runs of %s on %s, %s models, left out of the fit"
                .formatted(residuals.rows(), stack.label(), key, kind(mixture));
    }

    private static String kind(boolean mixture) {
        return mixture ? "mixture" : "dense";
    }
}
