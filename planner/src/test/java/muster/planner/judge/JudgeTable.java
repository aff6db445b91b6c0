package muster.planner.judge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import muster.planner.CapacityPlanner;
import muster.planner.benchmark.SearchSuite;
import muster.planner.benchmark.SearchSuite.Kind;
import muster.planner.benchmark.SearchSuite.Size;
import muster.planner.domain.Objective;
import muster.planner.domain.PlanAnswer;
import muster.planner.domain.Scenario;
import muster.planner.domain.SearchSettings;

/** Plans the benchmark's scenarios, coarse, by Muster and by CP-SAT, and prints both side by side. */
public final class JudgeTable {
    private JudgeTable() {}

    /**
     * @param arguments {@code --hint} lets CP-SAT begin at Muster's plan,
     *      {@code --seconds N} for CP-SAT (default 60), {@code --workers N} of it (default: one per core),
     *     {@code --seeds N} and {@code --first N} of each size and kind, {@code --write DIR} keeps the scenario files; then sizes or kinds
     *     by name, none meaning the three smallest sizes and all kinds of stated rates
     */
    public static void main(String[] arguments) throws IOException {
        Optional<String> trouble = OrTools.trouble();
        if (trouble.isPresent()) {
            System.err.println("muster: " + trouble.get());
            System.exit(2);
        }
        double seconds = 60;
        int workers = Runtime.getRuntime().availableProcessors();
        int seeds = 1;
        long first = 1;
        boolean hint = false;
        Optional<Path> written = Optional.empty();
        List<String> words = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--seconds" -> seconds = Double.parseDouble(arguments[++i]);
                case "--workers" -> workers = Integer.parseInt(arguments[++i]);
                case "--hint" -> hint = true;
                case "--seeds" -> seeds = Integer.parseInt(arguments[++i]);
                case "--first" -> first = Long.parseLong(arguments[++i]);
                case "--write" -> written = Optional.of(Files.createDirectories(Path.of(arguments[++i])));
                default -> words.add(arguments[i]);
            }
        }
        Judge.Patience patience = new Judge.Patience(workers, OptionalDouble.empty(), OptionalDouble.of(seconds));
        System.out.printf(
                "%-18s | %-10s %16s %16s %7s %7s | %-10s %16s %16s %7s | %9s %9s%n",
                "scenario",
                "Muster",
                "value",
                "bound",
                "gap, %",
                "s",
                "CP-SAT",
                "value",
                "bound",
                "s",
                "plan, %",
                "bound, %");
        for (Size size : Size.values()) {
            for (Kind kind : Kind.values()) {
                for (long seed = first; seed < first + seeds; seed++) {
                    JudgedScenarios.Name name = new JudgedScenarios.Name(size, kind, seed);
                    if (wanted(name, words)) {
                        if (written.isPresent()) {
                            Files.writeString(written.get().resolve(name + ".yaml"), name.text());
                        }
                        row(name, hint, patience);
                    }
                }
            }
        }
    }

    private static boolean wanted(JudgedScenarios.Name name, List<String> words) {
        boolean sizeNamed = Arrays.stream(Size.values()).anyMatch(size -> words.contains(size.word()));
        boolean kindNamed = Arrays.stream(Kind.values()).anyMatch(kind -> words.contains(kind.word()));
        boolean size =
                sizeNamed ? words.contains(name.size().word()) : name.size().compareTo(Size.MIDDLE) <= 0;
        boolean kind = kindNamed ? words.contains(name.kind().word()) : true;
        return name.kind() != Kind.MODELLED && SearchSuite.has(name.size(), name.kind()) && size && kind;
    }

    private static void row(JudgedScenarios.Name name, boolean known, Judge.Patience patience) {
        Scenario scenario = name.scenario();
        Objective first = scenario.objectives().getFirst();
        SearchSettings settings = new SearchSettings(
                scenario.seed(), OptionalLong.empty(), OptionalDouble.empty(), OptionalDouble.empty());
        PlanAnswer answer = CapacityPlanner.plan(scenario, settings, () -> false);
        Judge.Verdict verdict = Judge.judge(scenario, answer.plan().filter(plan -> known), patience);
        double value = answer.plan()
                .map(plan -> plan.totals().value(first).orElse(Double.NaN))
                .orElse(Double.NaN);
        double bound = answer.bound().map(PlanAnswer.Bound::value).orElse(Double.NaN);
        double best = verdict.value(first);
        System.out.printf(
                Locale.ROOT,
                "%-18s | %-10s %,16.2f %,16.2f %7.3f %7.2f | %-10s %,16.2f %,16.2f %7.2f | %9.3f %9.3f%n",
                name,
                answer.status().key(),
                value,
                bound,
                100 * (value - bound) / value,
                answer.run().seconds(),
                verdict.status().name().toLowerCase(Locale.ROOT),
                best,
                verdict.lowest(),
                verdict.seconds(),
                100 * (value - best) / best,
                100 * (best - bound) / best);
    }
}
