package muster.planner.profile;

import java.util.List;
import java.util.stream.Collectors;

/** A scenario or catalogue that cannot be used as it stands; carries every problem found, in file order. */
public final class ProfileException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    public ProfileException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
