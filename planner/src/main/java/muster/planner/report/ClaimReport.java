package muster.planner.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import muster.planner.domain.Claim;
import muster.planner.domain.ClaimAnswer;
import muster.planner.domain.ClaimAnswer.Verdict;
import muster.planner.domain.Interval;
import muster.planner.report.Block.Grid;
import muster.planner.report.Block.Heading;
import muster.planner.report.Block.Items;
import muster.planner.report.Block.Paragraph;
import muster.planner.report.Page.Tone;

/** Checked claims for people: as text, as Markdown, or as one page for a browser. */
public final class ClaimReport {
    private ClaimReport() {}

    /** @param colour whether to add terminal colours; every meaning is in the words too */
    public static String text(List<ClaimAnswer> answers, boolean colour) {
        StringBuilder text = new StringBuilder(1 << 14);
        for (ClaimAnswer answer : answers) {
            text.append(text.isEmpty() ? "" : "\n").append(Blocks.text(blocks(answer, 2), colour));
        }
        return text.toString();
    }

    public static String markdown(List<ClaimAnswer> answers) {
        List<Block> blocks = new ArrayList<>(List.of(new Heading(1, title(answers))));
        answers.forEach(answer -> blocks.addAll(below(answer)));
        return Blocks.markdown(blocks);
    }

    public static String html(List<ClaimAnswer> answers) {
        List<Block> blocks = new ArrayList<>();
        if (answers.size() > 1) {
            blocks.add(overview(answers));
        }
        answers.forEach(answer -> blocks.addAll(blocks(answer, 3)));
        return Blocks.html(title(answers), blocks);
    }

    /** {@return a line per claim} */
    public static String list(List<ClaimAnswer> answers, boolean colour) {
        return Blocks.text(List.of(overview(answers)), colour);
    }

    public static String listMarkdown(List<ClaimAnswer> answers) {
        return Blocks.markdown(List.of(new Heading(1, "Claims"), overview(answers)));
    }

    public static String listHtml(List<ClaimAnswer> answers) {
        return Blocks.html("Claims", List.of(overview(answers)));
    }

    private static String title(List<ClaimAnswer> answers) {
        return answers.size() == 1
                ? "Claim checked: " + answers.getFirst().claim().title()
                : "%d claims checked".formatted(answers.size());
    }

    private static Grid overview(List<ClaimAnswer> answers) {
        return new Grid(
                List.of("claim", "date", "confidence", "verdict", "title"),
                answers.stream()
                        .map(answer -> List.of(
                                answer.claim().name(),
                                answer.claim().source().date(),
                                ClaimJson.word(answer.claim().source().confidence()),
                                answer.verdict().key(),
                                answer.claim().title()))
                        .toList());
    }

    /** In Markdown the page has a title of its own, so that each part stands a level lower. */
    private static List<Block> below(ClaimAnswer answer) {
        return blocks(answer, 3).stream()
                .map(block -> block instanceof Heading heading && heading.level() == 1
                        ? new Heading(2, heading.text())
                        : block)
                .toList();
    }

    private static List<Block> blocks(ClaimAnswer answer, int level) {
        Claim claim = answer.claim();
        List<Block> blocks = new ArrayList<>();
        SourceNumbers numbers = new SourceNumbers();
        blocks.add(new Heading(1, "%s (%s)".formatted(claim.title(), claim.name())));
        blocks.add(new Paragraph(tone(answer.verdict()), verdict(answer)));
        Claim.Source source = claim.source();
        blocks.add(new Paragraph("%s, %s, %s confidence.%s"
                .formatted(
                        source.url().isEmpty() ? source.title() : source.title() + ", " + source.url(),
                        source.date(),
                        ClaimJson.word(source.confidence()),
                        source.quote().isEmpty() ? "" : " “" + source.quote() + "”")));
        section(blocks, level, "Worth knowing", List.of(new Items(ClaimFindings.of(answer))));
        CheckBlocks.add(blocks, level, answer, numbers);
        derived(blocks, level, answer);
        RunBlocks.add(blocks, level, answer);
        prices(blocks, level, answer, numbers);
        fleet(blocks, level, answer);
        OwningBlocks.add(blocks, level, answer, numbers);
        if (!claim.scope().includes().isEmpty()) {
            section(
                    blocks,
                    level,
                    "Included by the source",
                    List.of(new Items(List.of(String.join(", ", claim.scope().includes())))));
        }
        if (!numbers.isEmpty()) {
            section(blocks, level, "Sources", List.of(numbers.list()));
        }
        return blocks;
    }

    static void section(List<Block> blocks, int level, String heading, List<Block> content) {
        blocks.add(new Heading(level, heading));
        blocks.addAll(content);
    }

    private static Tone tone(Verdict verdict) {
        return switch (verdict) {
            case CONSISTENT -> Tone.GOOD;
            case TIGHT, UNDETERMINED -> Tone.DOUBTFUL;
            case CONTRADICTED -> Tone.BAD;
        };
    }

    private static String verdict(ClaimAnswer answer) {
        String about = switch (answer.verdict()) {
            case CONSISTENT -> "what is stated agrees with itself and with physics, as far as it can be checked";
            case TIGHT -> "possible, but only as well as the best is known to do";
            case CONTRADICTED -> "not everything that is stated can be true";
            case UNDETERMINED -> "nothing that is stated can be held against anything";
        };
        List<String> counts = new ArrayList<>();
        for (Verdict verdict : Verdict.values()) {
            long count = answer.checks().stream()
                    .filter(check -> check.verdict() == verdict)
                    .count();
            if (count > 0) {
                counts.add(
                        verdict == Verdict.CONSISTENT
                                ? Amounts.count(count) + (count == 1 ? " holds" : " hold")
                                : Amounts.count(count) + " " + verdict.ofCheck());
            }
        }
        String key = answer.verdict().key();
        return "%s: %s. Of %s, %s."
                .formatted(
                        Character.toUpperCase(key.charAt(0)) + key.substring(1),
                        about,
                        Amounts.count(answer.checks().size(), "check"),
                        String.join(", ", counts));
    }

    private static void derived(List<Block> blocks, int level, ClaimAnswer answer) {
        List<List<String>> rows = answer.derived().entrySet().stream()
                .map(entry -> {
                    DerivedFigure figure = DerivedFigure.of(entry.getKey());
                    return List.of(
                            figure.label(),
                            Ranges.of(entry.getValue(), figure.unit()),
                            stated(answer, entry.getKey(), figure.unit()));
                })
                .toList();
        if (rows.isEmpty()) {
            return;
        }
        List<Block> content = new ArrayList<>(List.of(new Grid(List.of("figure", ">value", ">stated"), rows)));
        if (!answer.basisPhase().isEmpty()) {
            content.add(
                    new Paragraph("GPU-hours, days and cost are of all phases; arithmetic, rates and MFU of phase %s."
                            .formatted(answer.basisPhase())));
        }
        section(blocks, level, "What follows", content);
    }

    private static String stated(ClaimAnswer answer, String key, String unit) {
        return Optional.ofNullable(answer.stated().get(key))
                .map(stated -> Ranges.of(stated.nominal(), unit) + (stated.fits() ? "" : ", which clashes"))
                .orElse("");
    }

    private static void prices(List<Block> blocks, int level, ClaimAnswer answer, SourceNumbers numbers) {
        if (answer.atPrices().isEmpty()) {
            return;
        }
        List<Block> content = new ArrayList<>();
        content.add(new Block.Chart(
                new BarChart(
                                "cost at other prices",
                                answer.atPrices().stream()
                                        .map(run -> new BarChart.Bar(
                                                run.name(), 0, run.usd().high(), Ranges.of(run.usd(), "USD"), 0))
                                        .toList())
                        .svg(),
                "What the same GPU-hours cost at other prices; the table has the same values."));
        content.add(new Grid(
                List.of("price of", ">per GPU-hour", ">cost", "date", "confidence", "source"),
                answer.atPrices().stream()
                        .map(run -> List.of(
                                run.name(),
                                Ranges.of(run.usdPerGpuHour(), "USD/GPU/h"),
                                Ranges.of(run.usd(), "USD"),
                                run.origin().date(),
                                ClaimJson.word(run.origin().confidence()),
                                numbers.of(run.origin().source())))
                        .toList()));
        section(blocks, level, "At other prices", content);
    }

    private static void fleet(List<Block> blocks, int level, ClaimAnswer answer) {
        if (answer.fleet().isEmpty()) {
            return;
        }
        List<Block> content = new ArrayList<>();
        content.add(new Block.Chart(
                new BarChart(
                                "capex by GPU",
                                answer.fleet().stream()
                                        .filter(share ->
                                                !share.part() && share.derived().containsKey("capexUsd"))
                                        .map(share -> new BarChart.Bar(
                                                share.name(),
                                                0,
                                                share.derived().get("capexUsd").high(),
                                                Ranges.of(share.derived().get("capexUsd"), "USD"),
                                                1))
                                        .toList())
                        .svg(),
                "Capex by kind of GPU; the table has the same values."));
        content.add(new Grid(
                List.of("", ">GPUs", ">capex", ">to operate", ">rated power", ">owned hour", ">compared run"),
                answer.fleet().stream()
                        .map(share -> List.of(
                                share.part() ? "of these " + share.name() : share.name(),
                                figure(share.derived(), "gpus", ""),
                                figure(share.derived(), "capexUsd", "USD"),
                                figure(share.derived(), "opexUsd", "USD"),
                                figure(share.derived(), "powerWatts", "W"),
                                figure(share.derived(), "usdPerGpuHourOwned", "USD/GPU/h"),
                                figure(share.derived(), "runDays", "d")))
                        .toList()));
        section(blocks, level, "The fleet", content);
    }

    private static String figure(Map<String, Interval> derived, String key, String unit) {
        return Ranges.of(Optional.ofNullable(derived.get(key)), unit);
    }
}
