package muster.planner.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import muster.planner.profile.Setting;
import picocli.CommandLine.Option;

/** Values that are laid over a scenario's. */
final class SettingsOption {
    @Option(names = "--set", paramLabel = "PATH=VALUE", description = "replace a value of the scenario; repeatable")
    private List<String> settings = new ArrayList<>();

    boolean isGiven() {
        return !settings.isEmpty();
    }

    List<Setting> parsed() throws BadInput {
        List<Setting> parsed = new ArrayList<>();
        for (String setting : settings) {
            try {
                parsed.add(Setting.parse(setting));
            } catch (IllegalArgumentException e) {
                throw new BadInput("--set: " + e.getMessage(), Optional.empty());
            }
        }
        return parsed;
    }
}
