package muster.planner.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import muster.planner.domain.Scenario;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;

/** The same quantity in other units is the same number, to the last bit. */
class UnitsPropertyTest {
    @Property(tries = 300)
    void everyUnitOfADimensionAgreesWithItsBase(
            @ForAll @IntRange(min = 1, max = 999_999) int whole, @ForAll Dimension dimension) throws QuantityException {
        for (var unit : dimension.units().factorBySpelling().entrySet()) {
            BigDecimal exact = new BigDecimal(whole).multiply(unit.getValue());
            if (dimension.range().holds(exact.doubleValue())
                    && (!dimension.range().whole() || exact.stripTrailingZeros().scale() <= 0)) {
                assertThat(QuantityText.parse(whole + " " + unit.getKey(), dimension))
                        .isEqualTo(exact.doubleValue());
            }
        }
    }

    @Property(tries = 60)
    void aScenarioInOtherUnitsIsTheSameScenario(
            @ForAll @IntRange(min = 1, max = 300) int days,
            @ForAll @BigRange(min = "0.5", max = "90") @Scale(2) BigDecimal millions,
            @ForAll @IntRange(min = 1, max = 9_000) int kilowatts)
            throws ProfileException, IOException {
        Scenario first = read(
                days + " d",
                "$" + millions.toPlainString() + " M",
                kilowatts + " kW",
                "1543 tokens/s/GPU",
                "1 T tokens",
                "$2.00 /GPU/h");
        Scenario second = read(
                days * 24 + " hours",
                millions.movePointRight(6).toPlainString() + " USD",
                new BigDecimal(kilowatts).movePointLeft(3).toPlainString() + "MW",
                "1.543 k tokens/s/GPU",
                "1000 B tokens",
                "2 USD/GPU-hour");
        // The texts differ, of course.
        assertThat(second.withWritten(first.written().orElseThrow())).isEqualTo(first);
    }

    private static Scenario read(String deadline, String budget, String power, String rate, String tokens, String rent)
            throws ProfileException, IOException {
        Path file = Path.of(
                System.getProperty("java.io.tmpdir"),
                "muster-units-" + ProcessHandle.current().pid() + ".yaml");
        try {
            Files.writeString(
                    file,
                    ShippedFiles.SMALL_SCENARIO
                            .replace("75 d", deadline)
                            .replace("$8 M", budget)
                            .replace("3 MW", power)
                            .replace("1543 tokens/s/GPU", rate)
                            .replace("1 T tokens", tokens)
                            .replace("$2.00 /GPU/h", rent));
            return ScenarioReader.read(file, List.of(), ShippedFiles.catalogue());
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
