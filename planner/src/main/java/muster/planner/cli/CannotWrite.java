package muster.planner.cli;

import java.io.IOException;
import java.nio.file.Path;
import muster.planner.profile.FileTrouble;

/** An answer that found no room; the message names the file and the system's reason. */
final class CannotWrite extends Exception {
    private static final long serialVersionUID = 1L;

    CannotWrite(Path file, IOException cause) {
        super("The output file (%s) cannot be written: %s.".formatted(file, FileTrouble.reason(cause)), cause);
    }
}
