package muster.planner.cli;

/** What the process says when it ends; scripts rely on these numbers. */
final class ExitCodes {
    static final int DONE = 0;
    static final int INTERNAL_ERROR = 1;
    static final int BAD_INPUT = 2;
    static final int INFEASIBLE = 3;
    static final int UNKNOWN = 4;
    static final int THRESHOLD_MISSED = 5;
    static final int INTERRUPTED = 6;

    /** What a shell reports for a process that Ctrl-C ended. */
    static final int KILLED = 130;

    private ExitCodes() {}
}
