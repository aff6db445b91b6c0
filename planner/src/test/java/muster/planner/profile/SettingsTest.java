package muster.planner.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.stream.Stream;
import muster.planner.domain.Confidence;
import muster.planner.domain.Origin;
import muster.planner.domain.Scenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    @Test
    void settingsWinAndSayWhereTheyComeFrom() throws ProfileException {
        Scenario scenario = with(
                "limits.deadline=60 d",
                "pools.h800.rent=$1.50 /GPU/h",
                "jobs.pretrain.tokens=2 T tokens",
                "jobs.pretrain.measured.h100=1.4 k tokens/s/GPU",
                "pools.h20.own=512 nodes",
                "sites=[{name: here, pue: 1.1}]",
                "pools.h100.site=here",
                "limits.deadline=61 d");

        assertThat(scenario.limits().deadlineSeconds().orElseThrow().value()).isEqualTo(61 * 86_400.0);
        assertThat(scenario.limits().deadlineSeconds().orElseThrow().origin())
                .isEqualTo(new Origin("command line", "", Confidence.HIGH));
        assertThat(scenario.pools().getFirst().rentUsdPerGpuHour().orElseThrow().value())
                .isEqualTo(1.5);
        assertThat(scenario.jobs().getFirst().tokens().value()).isEqualTo(2e12);
        assertThat(scenario.jobs().getFirst().measured().get("h100").value()).isEqualTo(1400);
        assertThat(scenario.pools().get(1).powerUsageEffectiveness().value()).isEqualTo(1.1);
    }

    @Test
    void aLimitCanBeLifted() throws ProfileException {
        assertThat(with("limits.budget=none").limits().budgetUsd()).isEmpty();
        Scenario scenario = with("limits=none", "limits.power=2 MW");
        assertThat(scenario.limits().deadlineSeconds()).isEmpty();
        assertThat(scenario.limits().powerWatts().orElseThrow().value()).isEqualTo(2e6);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "limits.deadlin=70 d | --set limits.deadlin:1:8: The key (limits.deadlin) is unknown. | deadline.",
                "limit.deadline=70 d | --set limit.deadline:1:1: The key (limit) is unknown. | limits.",
                "limits.deadline=70 | --set limits.deadline:1:17: limits.deadline (70) has no unit; expected a time. | 70 d, or 70 h.",
                "pools.h8000.rent=$2 /GPU/h | --set pools.h8000.rent:1:7: Nothing in the list pools is named (h8000). | h800.",
                "pools.h800.rant=$2 /GPU/h | --set pools.h800.rant:1:12: The key (pools.h800.rant) is unknown. | rent.",
                "\"limits.budget= M\" | --set limits.budget:1:16: limits.budget (M) has lost the start of its number. | the shell replaced $ and a digit by nothing: use single quotes, as in '$6 M'.",
                "limits.budget= | --set limits.budget:1:15: limits.budget has no value. | the shell replaced $ and a digit by nothing: use single quotes.",
                "pools.h800.rent=.00 /GPU/h | --set pools.h800.rent:1:17: pools.h800.rent (.00 /GPU/h) has lost the start of its number. | the shell replaced $ and a digit by nothing: use single quotes, as in '$2.00 /GPU/h'.",
                "limits.budget=[1 | --set limits.budget:1:17: This is not valid YAML: while parsing a flow sequence: expected ',' or ']', but got <stream end>. | ",
                "futures.count=1024 | --set futures.count:1:1: futures is part of the format, but this version does not plan it yet. | leave it out.",
                "pools.h800.node.trainingPower=7 kW | --set pools.h800.node.trainingPower:1:17: pools.h800.node is (hgx-h800), which has no keys. | pools.h800.node={extends: hgx-h800, trainingPower: …} changes one key of a catalogue entry.",
                "seed=!!java.io.File [x] | --set seed:1:6: The type tag (tag:yaml.org,2002:java.io.File) is not allowed. | leave it out.",
            })
    void slipsAreLocatedInTheSetting(String setting, String problem, String maybe) {
        ProfileException thrown = catchThrowableOfType(ProfileException.class, () -> with(setting));
        assertThat(thrown.getMessage()).isEqualTo(problem + (maybe == null ? "" : "\n  Maybe " + maybe));
    }

    @Test
    void anInlineEntryMayChangeOneKeyOfTheCatalogue() throws ProfileException {
        Scenario scenario = with("pools.h800.node={extends: hgx-h800, trainingPower: 7 kW}");
        assertThat(scenario.pools().getFirst().node().trainingPowerWatts().value())
                .isEqualTo(7000);
        assertThat(scenario.pools()
                        .getFirst()
                        .node()
                        .trainingPowerWatts()
                        .origin()
                        .source())
                .isEqualTo("command line");
        assertThat(scenario.pools().getFirst().node().gpu().name()).isEqualTo("h800");
    }

    @ParameterizedTest
    @ValueSource(strings = {"limits.deadline", "=5", "a..b=5", ".a=5", "a.=5"})
    void whatIsNoPairIsRefused(String text) {
        assertThatThrownBy(() -> Setting.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Maybe 'limits.deadline=70 d'");
    }

    private static Scenario with(String... settings) throws ProfileException {
        return ScenarioReader.read(
                ShippedFiles.SCENARIO, Stream.of(settings).map(Setting::parse).toList(), ShippedFiles.catalogue());
    }
}
