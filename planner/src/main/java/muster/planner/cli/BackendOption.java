package muster.planner.cli;

import java.util.Optional;
import muster.planner.ComputeBackends;
import muster.planner.domain.UnavailableBackendException;
import picocli.CommandLine.Option;

/** {@code --backend}: what computes the hot arithmetic. */
final class BackendOption {
    @Option(
            names = "--backend",
            paramLabel = "NAME",
            description = "auto (default), scalar, vector or cuda; the answer is the same, only slower or faster")
    private String backend;

    /** Makes the named back end compute; one that cannot run here is bad input. */
    void apply() throws BadInput {
        if (backend == null) {
            return;
        }
        try {
            ComputeBackends.use(backend);
        } catch (UnavailableBackendException unavailable) {
            throw new BadInput(
                    unavailable.getMessage().lines().findFirst().orElse("The back end cannot run."),
                    Optional.of("leave --backend out; `muster backends` says what runs here."));
        }
    }
}
