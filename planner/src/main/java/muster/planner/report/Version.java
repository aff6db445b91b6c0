package muster.planner.report;

/** Which Muster this is. A test keeps it equal to the version of the build. */
public final class Version {
    public static final String NUMBER = "0.1.0";

    private Version() {}
}
