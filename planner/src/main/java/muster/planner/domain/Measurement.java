package muster.planner.domain;

import java.util.List;
import java.util.Optional;

/**
 * One row of a table of measurements.
 *
 * @param line where it stands in the file
 * @param stack as the row names it; {@code release}, {@code model} and {@code gpu} likewise
 * @param value in the unit of its kind; 0 where none is stated
 * @param complete whether it counts in the errors of groups
 * @param defect why the row itself is in doubt; empty where it is not
 * @param run what the performance model is asked; absent where the row does not say enough
 * @param remarks what was assumed to make a run of it, or why there is none
 */
public record Measurement(
        String id,
        int line,
        String stack,
        String release,
        String model,
        String gpu,
        Optional<MeasuredKind> kind,
        double value,
        boolean complete,
        String defect,
        Optional<MeasuredRun> run,
        List<String> remarks) {
    public Measurement {
        remarks = List.copyOf(remarks);
    }

    /** {@return the value, where one is stated} */
    public Optional<Double> stated() {
        return Optional.of(value).filter(found -> found > 0);
    }

    /** {@return the id up to its last dash} */
    public String group() {
        int dash = id.lastIndexOf('-');
        return dash < 0 ? id : id.substring(0, dash);
    }
}
