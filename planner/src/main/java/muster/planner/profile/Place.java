package muster.planner.profile;

import muster.planner.domain.Confidence;
import muster.planner.domain.Origin;

/** Where a key or value stands: in a file, or on the command line. Lines and columns count from 1. */
record Place(String file, int line, int column, boolean commandLine) {
    /** The origin of a value that its author wrote down without naming another source. */
    Origin asOrigin() {
        String source = commandLine ? "command line" : "scenario %s:%d".formatted(file, line);
        return new Origin(source, "", Confidence.HIGH);
    }
}
