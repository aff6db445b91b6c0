package muster.planner.report;

import java.time.LocalDate;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import muster.planner.domain.Acquisition;
import muster.planner.domain.BaseUnit;
import muster.planner.domain.Confidence;
import muster.planner.domain.Figure;
import muster.planner.domain.FleetChoice;
import muster.planner.domain.Gpu;
import muster.planner.domain.Job;
import muster.planner.domain.Limits;
import muster.planner.domain.Node;
import muster.planner.domain.Objective;
import muster.planner.domain.Origin;
import muster.planner.domain.Plan;
import muster.planner.domain.PlanAnswer;
import muster.planner.domain.PlanAnswer.Bound;
import muster.planner.domain.PlanAnswer.Conflict;
import muster.planner.domain.PlanAnswer.LimitUse;
import muster.planner.domain.PlanAnswer.Relaxation;
import muster.planner.domain.PlanAnswer.Run;
import muster.planner.domain.PlanAnswer.Status;
import muster.planner.domain.Pool;
import muster.planner.domain.Precision;
import muster.planner.domain.SampleEntries;
import muster.planner.domain.Scenario;
import muster.planner.domain.Site;

/**
 * Answers made by hand. One job of 14.8e12 tokens on 256 nodes of 8 H800 at 1,600 tokens/s/GPU, of which 64 are owned,
 * and 128 nodes of H20 at 400: 3,686,400 tokens/s, so 4,014,756.944444 s = 46.467 d.
 */
public final class Answers {
    private static final long DURATION_MICROS = 4_014_756_944_444L;

    private Answers() {}

    public static Figure figure(double value, BaseUnit unit, String source, String date, Confidence confidence) {
        return new Figure(value, unit, new Origin(source, date, confidence));
    }

    private static Figure published(double value, BaseUnit unit) {
        return figure(value, unit, "Vendor data sheet, table 1", "2024-05-01", Confidence.HIGH);
    }

    private static Figure stated(double value, BaseUnit unit, int line) {
        return figure(value, unit, "scenario run.yaml:" + line, "2026-11-02", Confidence.HIGH);
    }

    private static Node node(String gpu, double trainingPowerWatts) {
        Map<Precision, Figure> rates = new EnumMap<>(Precision.class);
        rates.put(Precision.BF16, published(9.89e14, BaseUnit.FLOPS_PER_SECOND));
        return new Node(
                "hgx-" + gpu,
                "HGX " + gpu.toUpperCase(Locale.ROOT),
                new Gpu(
                        gpu,
                        "NVIDIA " + gpu.toUpperCase(Locale.ROOT),
                        "hopper",
                        rates,
                        published(80e9, BaseUnit.BYTES),
                        published(3.35e12, BaseUnit.BYTES_PER_SECOND),
                        published(2e11, BaseUnit.BYTES_PER_SECOND),
                        published(700, BaseUnit.WATTS),
                        Optional.empty(),
                        Map.of()),
                published(8, BaseUnit.COUNT),
                figure(
                        trainingPowerWatts,
                        BaseUnit.WATTS,
                        "Power measurements of eight-GPU servers under training load, a technical report whose name is"
                                + " longer than a line, section 4.2",
                        "2025",
                        Confidence.MEDIUM),
                published(10_200, BaseUnit.WATTS),
                published(5e10, BaseUnit.BYTES_PER_SECOND));
    }

    private static Pool pool(
            String name, String gpu, int maxNodes, int ownNodes, Optional<Figure> rent, Optional<Site> site, int line) {
        return new Pool(
                name,
                node(gpu, gpu.equals("h20") ? 4_800 : 8_200),
                stated(maxNodes, BaseUnit.NODES, line),
                stated(ownNodes, BaseUnit.NODES, line),
                rent,
                figure(1, BaseUnit.NODES, "default: any number of nodes", "", Confidence.HIGH),
                Optional.empty(),
                site,
                site.map(Site::powerUsageEffectiveness)
                        .orElse(figure(1.25, BaseUnit.FRACTION, "default: docs/model.md, PUE", "", Confidence.MEDIUM)));
    }

    /** Two pools, one job, three limits; {@code site} is where both pools stand. */
    static Scenario scenario(String title, String h800, Optional<Site> site, Optional<LocalDate> start) {
        Map<String, Figure> measured = new LinkedHashMap<>();
        measured.put(h800, stated(1_600, BaseUnit.TOKENS_PER_SECOND_PER_GPU, 12));
        measured.put(
                "h20",
                figure(
                        400,
                        BaseUnit.TOKENS_PER_SECOND_PER_GPU,
                        "scenario run.yaml:13 (assumption)",
                        "2026-11-02",
                        Confidence.LOW));
        Map<String, Figure> shape = new LinkedHashMap<>();
        shape.put("parameters", published(671e9, BaseUnit.PARAMETERS));
        Job job = new Job(
                "pretrain",
                SampleEntries.model("deepseek-v3", "DeepSeek-V3", shape),
                stated(14.8e12, BaseUnit.TOKENS, 6),
                stated(4_096, BaseUnit.TOKENS, 7),
                stated(15_360, BaseUnit.SEQUENCES, 8),
                Precision.FP8,
                SampleEntries.stack(
                        "deepseek",
                        "DeepSeek",
                        Set.of(Precision.FP8, Precision.BF16),
                        new Origin("arXiv 2412.19437", "2024-12-27", Confidence.HIGH)),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Job.Spread.DATA_PARALLEL,
                measured,
                Set.of());
        return new Scenario(
                title,
                "run.yaml",
                start,
                List.of(job),
                List.of(
                        pool(h800, "h800", 256, 64, Optional.of(stated(2, BaseUnit.USD_PER_GPU_HOUR, 15)), site, 15),
                        pool("h20", "h20", 512, 0, Optional.of(stated(1.1, BaseUnit.USD_PER_GPU_HOUR, 16)), site, 16)),
                new Limits(
                        Optional.of(stated(60 * 86_400, BaseUnit.SECONDS, 18)),
                        Optional.of(stated(6e6, BaseUnit.USD, 19)),
                        Optional.of(stated(4e6, BaseUnit.WATTS, 20))),
                List.of(Objective.COST),
                1,
                List.of("The rate of pool h20 is assumed; a measured one would make this plan worth more."));
    }

    static Site site() {
        return new Site(
                "hall",
                "Hall 1",
                stated(1.25, BaseUnit.FRACTION, 22),
                Optional.of(stated(0.07, BaseUnit.USD_PER_KWH, 22)),
                Optional.of(stated(0.5, BaseUnit.KG_PER_KWH, 22)));
    }

    private static Plan plan(Scenario scenario, boolean priced) {
        Pool h800 = scenario.pools().get(0);
        Pool h20 = scenario.pools().get(1);
        long rent = 4_682_194_444_444L;
        long energy = priced ? 51_210_685_764L : 0;
        Plan.JobPlan job = new Plan.JobPlan(
                scenario.jobs().getFirst(),
                0,
                DURATION_MICROS,
                3_686_400,
                3_425_925.9259259,
                rent,
                energy,
                List.of(
                        new Plan.PoolShare(h800, 256, 64, 3_276_800, 3_276_800 / 3_686_400.0, Optional.empty()),
                        new Plan.PoolShare(h20, 128, 0, 409_600, 409_600 / 3_686_400.0, Optional.empty())),
                Optional.empty());
        return new Plan(
                new FleetChoice(new int[][] {{256, 128}}, new long[] {0}),
                List.of(job),
                List.of(
                        new Plan.FleetRow(h800, Acquisition.OWN, 64, energy / 1e6),
                        new Plan.FleetRow(h800, Acquisition.RENT, 192, 3_425_925.925925),
                        new Plan.FleetRow(h20, Acquisition.RENT, 128, 1_256_268.518519)),
                new Plan.Totals(
                        rent,
                        energy,
                        DURATION_MICROS,
                        3_425_925.9259259,
                        13_617_734_555_555L,
                        priced ? OptionalLong.of(1_891_352_021L) : OptionalLong.empty(),
                        3_392_000_000L,
                        priced));
    }

    /** A plan with a small gap, owned nodes at a priced site, and a start date. */
    public static PlanAnswer feasible() {
        Scenario scenario =
                scenario("Owned and rented", "h800", Optional.of(site()), Optional.of(LocalDate.of(2027, 1, 1)));
        return answer(scenario, Status.FEASIBLE, true, 4_730_000);
    }

    /** The best plan, proved; no site, hence no energy price and no emissions. */
    public static PlanAnswer optimal(String title, String h800) {
        return answer(
                scenario(title, h800, Optional.empty(), Optional.empty()), Status.OPTIMAL, false, 4_682_194.444444);
    }

    private static PlanAnswer answer(Scenario scenario, Status status, boolean priced, double bound) {
        Plan plan = plan(scenario, priced);
        return new PlanAnswer(
                scenario,
                status,
                Optional.of(plan),
                Optional.of(new Bound(bound, "boxes of node counts")),
                List.of(
                        new LimitUse("deadline", 60, DURATION_MICROS / 86_400e6, "d", false),
                        new LimitUse("budget", 6e6, plan.totals().microUsd() / 1e6, "USD", false),
                        new LimitUse("power", 4e6, 3_392_000, "W", true)),
                Optional.empty(),
                List.of(),
                run(status == Status.OPTIMAL ? 0 : 20_000));
    }

    static PlanAnswer infeasible() {
        Scenario scenario = scenario("Too much for too little", "h800", Optional.of(site()), Optional.empty());
        return new PlanAnswer(
                scenario,
                Status.INFEASIBLE,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.of(new Conflict(
                        List.of("deadline", "power"),
                        true,
                        List.of(new Relaxation("deadline", 71.23456, "d"), new Relaxation("power", 4_321_000.5, "W")))),
                List.of(),
                run(0));
    }

    static PlanAnswer unknown() {
        Scenario scenario = scenario("Nothing yet", "h800", Optional.of(site()), Optional.empty());
        return new PlanAnswer(
                scenario,
                Status.UNKNOWN,
                Optional.empty(),
                Optional.of(new Bound(4_000_000, "boxes of node counts")),
                List.of(),
                Optional.empty(),
                List.of(),
                new Run(1, 12_345, 23_456, 789, 10.01, false, false, "search", OptionalDouble.empty(), COMPUTED));
    }

    private static final PlanAnswer.Computed COMPUTED = new PlanAnswer.Computed("scalar", 64, "asked for");

    private static Run run(long steps) {
        return new Run(1, steps, 3 * steps, 1_234, 0.42, true, false, "search", OptionalDouble.of(0.1), COMPUTED);
    }
}
