package muster.planner.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import muster.planner.domain.Scenario;
import muster.planner.planfile.PlanFile;
import muster.planner.profile.Catalogue;
import muster.planner.profile.ProfileException;
import muster.planner.profile.ScenarioReader;
import muster.planner.profile.Setting;
import muster.planner.report.PlanJson;
import muster.planner.report.Version;

/** A scenario, from its YAML file or from the plan file that keeps it. */
final class ScenarioOrPlan {
    private ScenarioOrPlan() {}

    /** What is read besides the file; a plan file allows none of it. */
    interface Besides {
        List<Setting> settings() throws BadInput;

        Catalogue catalogue() throws BadInput;

        boolean given();
    }

    /**
     * {@return the scenario of a file}
     *
     * @throws BadInput if settings or a catalogue are given with a plan file, which stands for itself
     */
    static Scenario read(Path file, Besides besides) throws BadInput, ProfileException {
        boolean named = file.toString().toLowerCase(Locale.ROOT).endsWith(".json");
        if (!named && !PlanFile.looksLikeJson(file)) {
            return ScenarioReader.read(file, besides.settings(), besides.catalogue());
        }
        PlanFile plan;
        try {
            plan = PlanFile.read(file);
        } catch (ProfileException noPlan) {
            if (named) {
                throw noPlan;
            }
            // YAML may begin with a brace, too; then its own reader knows better what is wrong with it.
            return ScenarioReader.read(file, besides.settings(), besides.catalogue());
        }
        if (besides.given()) {
            throw new BadInput(
                    "A plan file is explained as it is: --set and --catalog go with a scenario.",
                    Optional.of("give the scenario's YAML file, or plan again with the settings."));
        }
        return kept(plan);
    }

    private static Scenario kept(PlanFile plan) throws ProfileException {
        Scenario scenario = ScenarioReader.readAgain(plan.written());
        boolean same =
                plan.inputsHash().filter(PlanJson.inputsHash(scenario)::equals).isPresent();
        if (!same) {
            boolean ours = plan.version().filter(Version.NUMBER::equals).isPresent();
            throw plan.refusedInputs(
                    "The inputs, read again from the texts in the file, do not have the file's hash.",
                    ours
                            ? "the file was edited: change the scenario and plan it again."
                            : "another version wrote it and read the same texts otherwise: plan the scenario again.");
        }
        return scenario;
    }
}
