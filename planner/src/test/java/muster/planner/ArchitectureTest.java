package muster.planner;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import muster.kernels.LayoutShape;
import muster.planner.perf.Hardware;
import muster.planner.perf.StepShapes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The allowed arrows between packages; any other fails, and so does a cycle. */
class ArchitectureTest {
    private static final String PLANNER = "muster.planner";
    private static final String KERNELS = "muster.kernels";
    private static final String FACADE = "";
    private static final JavaClasses MUSTER = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("muster");

    /** A package and the packages of ours that it may import, besides itself. */
    private record Room(String name, List<String> mayImport) {
        static Room of(String name, String... mayImport) {
            return new Room(name, List.of(mayImport));
        }
    }

    private static final List<Room> ROOMS = List.of(
            Room.of("domain"),
            Room.of("profile", "domain"),
            Room.of("perf", "domain", KERNELS),
            Room.of("fit", "domain", "perf"),
            Room.of("cost", "domain", "perf", KERNELS),
            Room.of("search", "domain", "cost", "perf", "bound", KERNELS),
            Room.of("bound", "domain", "cost", "perf"),
            Room.of("check", "domain", "perf", KERNELS),
            Room.of("claims", "domain", "perf", "cost"),
            Room.of("report", "domain"),
            Room.of("planfile", "domain", "profile"),
            Room.of(FACADE, "domain", "perf", "fit", "cost", "search", "bound", "check", "claims", KERNELS),
            Room.of("cli", FACADE, "domain", "profile", "planfile", "report"),
            Room.of("benchmark", FACADE, "domain", "profile", "perf", "cost", "bound", "search", KERNELS));

    /** A library and the only rooms that may import it. */
    private record Guest(String library, String... hosts) {}

    private static final List<Guest> GUESTS = List.of(
            new Guest("org.optaplanner..", "muster.planner.search.."),
            new Guest("picocli..", "muster.planner.cli.."),
            new Guest("org.snakeyaml..", "muster.planner.profile.."),
            new Guest("de.siegmar..", "muster.planner.profile.."),
            new Guest(
                    "tools.jackson..", "muster.planner.report..", "muster.planner.planfile..", "muster.planner.cli.."),
            new Guest("com.fasterxml.jackson..", "muster.planner.report..", "muster.planner.cli.."),
            new Guest("jdk.incubator..", "muster.kernels.."),
            new Guest("jcuda..", "muster.kernels.."));

    static Stream<ArchRule> arrows() {
        return ROOMS.stream().map(room -> arrowsOf(room, PLANNER));
    }

    @ParameterizedTest
    @MethodSource
    void arrows(ArchRule rule) {
        rule.check(MUSTER);
    }

    static Stream<ArchRule> guestsStayWithTheirHosts() {
        return GUESTS.stream()
                .map(guest -> noClasses()
                        .that()
                        .resideOutsideOfPackages(guest.hosts())
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(guest.library())
                        .allowEmptyShould(true));
    }

    @ParameterizedTest
    @MethodSource
    void guestsStayWithTheirHosts(ArchRule rule) {
        rule.check(MUSTER);
    }

    @Test
    void everyPackageIsARoom() {
        List<String> rooms =
                ROOMS.stream().map(room -> packageOf(room.name(), PLANNER)).toList();
        assertThat(MUSTER.stream()
                        .map(JavaClass::getPackageName)
                        .filter(name -> !name.equals(KERNELS) && !isInRoom(name, rooms))
                        .distinct())
                .as("packages that ArchitectureTest does not draw")
                .isEmpty();
    }

    @Test
    void domainKnowsTheJdkOnly() {
        jdkOnly("muster.planner.domain").check(MUSTER);
    }

    /** The judge adds up steps on its own; what a layer takes is physics, and stands in one place. */
    @Test
    void checkKnowsDomainAndTheTimesOfALayerOnly() {
        classes()
                .that()
                .resideInAPackage("muster.planner.check..")
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage("muster.planner.check..", "muster.planner.domain..", "java..")
                                .or(equivalentTo(StepShapes.class))
                                .or(equivalentTo(Hardware.class))
                                .or(equivalentTo(LayoutShape.class)))
                .allowEmptyShould(true)
                .check(MUSTER);
    }

    @Test
    void kernelsKnowTheJdkAndTheirBackEndsOnly() {
        classes()
                .that()
                .resideInAPackage(KERNELS)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(KERNELS, "java..", "com.sun.management", "jdk.incubator.vector..", "jcuda..")
                .check(MUSTER);
    }

    @Test
    void onlyVectorKernelsImportTheVectorModule() {
        noClasses()
                .that()
                .haveSimpleNameNotStartingWith("Vector")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jdk.incubator..")
                .check(MUSTER);
    }

    /** Whoever loads a class that names JCuda's types loads JCuda. */
    @Test
    void onlyTheDriverImportsJCuda() {
        noClasses()
                .that()
                .haveNameNotMatching("muster\\.kernels\\.CudaDriver(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jcuda..")
                .check(MUSTER);
    }

    @Test
    void noCycles() {
        noCyclesIn(PLANNER).check(MUSTER);
    }

    @Test
    void theRulesCatchABrokenDomain() {
        String fixture = "muster.planner.architecturefixture";
        JavaClasses broken = new ClassFileImporter().importPackages(fixture);
        assertThatThrownBy(() -> arrowsOf(Room.of("domain"), fixture).check(broken))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("ReachesUp");
        assertThatThrownBy(() -> jdkOnly(fixture + ".domain").check(broken))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("ReachesUp");
        assertThatThrownBy(() -> noCyclesIn(fixture).check(broken))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Cycle detected");
    }

    private static ArchRule arrowsOf(Room room, String root) {
        List<String> allowed = new ArrayList<>();
        allowed.addAll(patternsOf(room.name(), root));
        room.mayImport().forEach(name -> allowed.addAll(patternsOf(name, root)));
        DescribedPredicate<JavaClass> ours = describe(
                "Muster's, other than " + allowed,
                resideInAnyPackage("muster..").and(not(resideInAnyPackage(allowed.toArray(String[]::new))))::test);
        return noClasses()
                .that()
                .resideInAnyPackage(patternsOf(room.name(), root).toArray(String[]::new))
                .should()
                .dependOnClassesThat(ours)
                .allowEmptyShould(true);
    }

    private static ArchRule jdkOnly(String root) {
        return classes()
                .that()
                .resideInAPackage(root + "..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(root + "..", "java..");
    }

    private static ArchRule noCyclesIn(String root) {
        return slices().matching(root + ".(*)..").should().beFreeOfCycles();
    }

    private static String packageOf(String room, String root) {
        return room.equals(FACADE) ? root : room.equals(KERNELS) ? KERNELS : root + "." + room;
    }

    /** The facade is its package alone; every other room has its subpackages too. */
    private static List<String> patternsOf(String room, String root) {
        String name = packageOf(room, root);
        return room.equals(FACADE) ? List.of(name) : Arrays.asList(name, name + "..");
    }

    private static boolean isInRoom(String packageName, List<String> rooms) {
        return rooms.stream()
                .anyMatch(room ->
                        packageName.equals(room) || !room.equals(PLANNER) && packageName.startsWith(room + "."));
    }
}
