package muster.planner.cli;

import muster.planner.report.Version;
import picocli.CommandLine.IVersionProvider;

/** Which Muster runs, and on what. */
final class VersionText implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {
            "muster " + Version.NUMBER,
            "JVM %s (%s), %s %s"
                    .formatted(
                            System.getProperty("java.vm.version"),
                            System.getProperty("java.vendor"),
                            System.getProperty("os.name"),
                            System.getProperty("os.arch"))
        };
    }
}
