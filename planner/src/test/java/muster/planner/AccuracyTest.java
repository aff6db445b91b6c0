package muster.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import muster.planner.domain.Calibration;
import muster.planner.domain.Measurement;
import muster.planner.domain.Validation;
import muster.planner.profile.Catalogue;
import muster.planner.profile.MeasurementReader;
import muster.planner.profile.ProfileException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The performance model against the measured runs that are shipped. */
class AccuracyTest {
    private static final Path HOME = Path.of(System.getProperty("muster.home"), "cluster-profiles");
    private static final Catalogue CATALOGUE = Catalogue.open(HOME, Optional.empty());

    @Test
    void completeRunsAreMetWithinSixPercentAndGroupsWithinTen() throws ProfileException {
        Validation validation = ModelCheck.validate("runs.csv", measurements());
        assertThat(validation.overall().rows()).isGreaterThan(300);
        assertThat(validation.overall().meanPercent()).isLessThan(6);
        assertThat(validation.groups())
                .filteredOn(group -> group.rows() >= 5)
                .hasSizeGreaterThan(5)
                .allSatisfy(group ->
                        assertThat(group.meanPercent()).as(group.name()).isLessThan(10));
    }

    @Test
    void deepSeekV3IsMetWithinFivePercent() throws ProfileException {
        Validation validation = ModelCheck.validate("runs.csv", measurements());
        assertThat(row(validation, "dsv3-006").prediction().orElseThrow().value())
                .isCloseTo(19.926, within(0.05 * 19.926));
    }

    @Test
    void noLayoutThatRanIsSaidNotToFit() throws ProfileException {
        assertThat(ModelCheck.misfits(ModelCheck.validate("runs.csv", measurements())))
                .extracting(row -> row.measurement().id())
                .isEmpty();
    }

    @Test
    void rowsInDoubtCountNowhere() throws ProfileException {
        Validation validation = ModelCheck.validate("runs.csv", measurements());
        Validation.Row row = row(validation, "bloom-108");
        assertThat(row.used()).isFalse();
        assertThat(row.reason()).contains("in doubt: batch 16");
        assertThat(row.prediction()).isPresent();
    }

    /** Peak memory that Sailor's runs measured (sailor-001, 30.3 GiB and so on in their notes), per GPU. */
    @Test
    void memoryIsNearWhatWasMeasured() throws ProfileException {
        Validation validation = ModelCheck.validate("runs.csv", measurements());
        assertThat(gibibytes(validation, "sailor-015")).isCloseTo(30.3, within(0.2 * 30.3));
        assertThat(gibibytes(validation, "sailor-017")).isCloseTo(25.1, within(0.25 * 25.1));
        assertThat(gibibytes(validation, "sailor-002")).isCloseTo(41.0, within(0.2 * 41.0));
        assertThat(gibibytes(validation, "bloom-051")).isCloseTo(59, within(0.2 * 59));
    }

    /** Fits every stack some dozens of times. */
    @Test
    @Tag("long")
    void modelsAndStacksLeftOutArePredicted() throws ProfileException {
        List<Calibration> calibrations = ModelCheck.calibrate(measurements());
        List<Calibration.LeftOut> leftOut = calibrations.stream()
                .flatMap(calibration -> calibration.leftOut().stream())
                .filter(row -> row.measurement().complete())
                .toList();
        double mean = leftOut.stream()
                .mapToDouble(row -> Math.abs(row.errorPercent()))
                .average()
                .orElseThrow();
        assertThat(mean).isLessThan(12);
        double inside = leftOut.stream().filter(Calibration.LeftOut::insideBand).count() / (double) leftOut.size();
        assertThat(inside).isBetween(0.75, 0.85);
    }

    private static double gibibytes(Validation validation, String id) {
        return row(validation, id).prediction().orElseThrow().memoryBytesPerGpu() / (1L << 30);
    }

    private static Validation.Row row(Validation validation, String id) {
        return validation.rows().stream()
                .filter(row -> row.measurement().id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static List<Measurement> measurements() throws ProfileException {
        return MeasurementReader.read(HOME.resolve("measurements/runs.csv"), CATALOGUE);
    }
}
