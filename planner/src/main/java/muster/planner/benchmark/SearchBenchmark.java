package muster.planner.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;
import muster.planner.CapacityPlanner;
import muster.planner.SearchStage;
import muster.planner.domain.PlanAnswer;
import muster.planner.domain.Scenario;
import muster.planner.domain.SearchSettings;
import muster.planner.profile.Catalogue;
import muster.planner.profile.ProfileException;
import muster.planner.profile.ScenarioReader;

/** Plans every scenario of the {@link SearchSuite} and prints how close to the bound each plan is, and how fast. */
public final class SearchBenchmark {
    private SearchBenchmark() {}

    /**
     * @param arguments {@code --seconds N} a clock for each plan (absent: by steps alone), {@code --seeds N} scenarios of
     *     each size and kind, {@code --ablation} each plan's gap to the
     *     best bound once more without each stage of the search, {@code --scoring} how many fleets its stages score per
     *     second, {@code --write DIR} writes the scenario files and plans nothing; then sizes or kinds by
     *     name, none meaning all
     */
    public static void main(String[] arguments) throws IOException, ProfileException {
        OptionalDouble seconds = OptionalDouble.empty();
        int seeds = 1;
        boolean ablation = false;
        boolean scoring = false;
        Optional<Path> written = Optional.empty();
        List<String> words = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--seconds" -> seconds = OptionalDouble.of(Double.parseDouble(arguments[++i]));
                case "--seeds" -> seeds = Integer.parseInt(arguments[++i]);
                case "--ablation" -> ablation = true;
                case "--scoring" -> scoring = true;
                case "--write" -> written = Optional.of(Path.of(arguments[++i]));
                default -> words.add(arguments[i]);
            }
        }
        Path folder = written.isPresent() ? Files.createDirectories(written.get()) : Files.createTempDirectory("suite");
        try {
            List<Path> files = write(folder, seeds, words);
            if (ablation) {
                ablation(files, seconds);
            } else if (scoring) {
                scoring(files);
            } else if (written.isEmpty()) {
                table(files, seconds);
            }
        } finally {
            if (written.isEmpty()) {
                delete(folder);
            }
        }
    }

    private static List<Path> write(Path folder, int seeds, List<String> words) throws IOException {
        List<Path> files = new ArrayList<>();
        for (SearchSuite.Size size : SearchSuite.Size.values()) {
            for (SearchSuite.Kind kind : SearchSuite.Kind.values()) {
                for (int seed = 1; seed <= seeds; seed++) {
                    if (wanted(size, kind, words)) {
                        Path file = folder.resolve("%s-%s-%d.yaml".formatted(size.word(), kind.word(), seed));
                        files.add(Files.writeString(file, SearchSuite.text(size, kind, seed)));
                    }
                }
            }
        }
        return files;
    }

    private static boolean wanted(SearchSuite.Size size, SearchSuite.Kind kind, List<String> words) {
        return SearchSuite.has(size, kind)
                && (words.contains(size.word())
                        || Arrays.stream(SearchSuite.Size.values()).noneMatch(any -> words.contains(any.word())))
                && (words.contains(kind.word())
                        || Arrays.stream(SearchSuite.Kind.values()).noneMatch(any -> words.contains(any.word())));
    }

    private static void table(List<Path> files, OptionalDouble seconds) throws ProfileException {
        Catalogue catalogue = Catalogue.open(Path.of("cluster-profiles"), Optional.empty());
        System.out.printf(
                "%-20s %-10s %16s %16s %9s %8s %8s %9s %12s  %s%n",
                "scenario",
                "status",
                "value",
                "bound",
                "gap, %",
                "wall, s",
                "CPU, s",
                "steps/s",
                "scored/s",
                "found by");
        for (Path file : files) {
            Scenario scenario = ScenarioReader.read(file, List.of(), catalogue);
            SearchSettings settings =
                    new SearchSettings(scenario.seed(), OptionalLong.empty(), seconds, OptionalDouble.empty());
            long before = cpuNanos();
            PlanAnswer answer = CapacityPlanner.plan(scenario, settings, () -> false);
            row(file, scenario, answer, (cpuNanos() - before) / 1e9);
        }
    }

    private static void scoring(List<Path> files) throws ProfileException {
        Catalogue catalogue = Catalogue.open(Path.of("cluster-profiles"), Optional.empty());
        ScoringBenchmark.printHead();
        for (Path file : files) {
            ScoringBenchmark.print(name(file), ScenarioReader.read(file, List.of(), catalogue));
        }
    }

    /** A plan without a stage is held against the best bound that any run proved, so that only the plans differ. */
    private static void ablation(List<Path> files, OptionalDouble seconds) throws ProfileException {
        Catalogue catalogue = Catalogue.open(Path.of("cluster-profiles"), Optional.empty());
        System.out.printf("gap, %%, without %8s", "");
        System.out.printf("%15s", "-");
        for (SearchStage stage : SearchStage.values()) {
            System.out.printf("%15s", stage.name().toLowerCase(Locale.ROOT).replace('_', ' '));
        }
        System.out.println();
        for (Path file : files) {
            Scenario scenario = ScenarioReader.read(file, List.of(), catalogue);
            SearchSettings settings =
                    new SearchSettings(scenario.seed(), OptionalLong.empty(), seconds, OptionalDouble.empty());
            List<Double> values = new ArrayList<>();
            double bound = 0;
            for (int left = -1; left < SearchStage.values().length; left++) {
                EnumSet<SearchStage> stages = EnumSet.allOf(SearchStage.class);
                if (left >= 0) {
                    stages.remove(SearchStage.values()[left]);
                }
                PlanAnswer answer = CapacityPlanner.plan(scenario, settings, stages, () -> false);
                values.add(value(scenario, answer));
                bound = Math.max(
                        bound, answer.bound().map(PlanAnswer.Bound::value).orElse(0.0));
            }
            System.out.printf("%-24s", name(file));
            for (double value : values) {
                System.out.printf(Locale.ROOT, "%15.3f", 100 * (value - bound) / Math.max(value, 0.01));
            }
            System.out.println();
        }
    }

    private static double value(Scenario scenario, PlanAnswer answer) {
        return answer.plan()
                .map(plan ->
                        plan.totals().value(scenario.objectives().getFirst()).orElse(Double.NaN))
                .orElse(Double.NaN);
    }

    private static String name(Path file) {
        return file.getFileName().toString().replace(".yaml", "");
    }

    private static void row(Path file, Scenario scenario, PlanAnswer answer, double cpuSeconds) {
        double value = value(scenario, answer);
        double bound = answer.bound().map(PlanAnswer.Bound::value).orElse(Double.NaN);
        double gapPercent = 100 * Math.abs(value - bound) / Math.max(Math.abs(value), 0.01);
        PlanAnswer.Run run = answer.run();
        System.out.printf(
                Locale.ROOT,
                "%-20s %-10s %,16.2f %,16.2f %9.3f %8.2f %8.2f %,9.0f %,12.0f  %s%n",
                name(file),
                answer.status().key(),
                value,
                bound,
                gapPercent,
                run.seconds(),
                cpuSeconds,
                run.steps() / run.seconds(),
                run.moves() / run.seconds(),
                run.stage());
    }

    /** {@return CPU time of the whole process, compilers included: on a shared machine it says more than the wall} */
    private static long cpuNanos() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .orElse(Duration.ZERO)
                .toNanos();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
