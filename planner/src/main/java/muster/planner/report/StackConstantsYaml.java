package muster.planner.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;
import java.util.TreeSet;
import muster.planner.domain.Calibration;
import muster.planner.domain.Efficiency;
import muster.planner.domain.Figure;
import muster.planner.domain.Stack;

/**
 * A stack's fitted constants as the part of its file that the fit writes. What a publication states stands in it as
 * before; it keeps its source beside it.
 */
public final class StackConstantsYaml {
    /** The part begins and ends with these lines; what stands around them is written by people. */
    public static final String BEGIN = "# --- fitted: written by muster validate --fit --write, not by hand ---";

    public static final String END = "# --- end of what was fitted ---";

    private static final MathContext DIGITS = new MathContext(3);

    private final Calibration calibration;
    private final StringBuilder text = new StringBuilder();

    private StackConstantsYaml(Calibration calibration) {
        this.calibration = calibration;
    }

    /** {@return the part, from its first to its last line} */
    public static String of(Calibration calibration) {
        return new StackConstantsYaml(calibration).written();
    }

    /** {@return a whole file that changes the constants of the catalogue's stack of that name} */
    public static String overlay(Calibration calibration, String measurements) {
        return "extends: %s\n%ssources:\n  fit:\n    title: \"fitted by muster validate --fit to %s\"\n    date: 2026\n    confidence: medium\n"
                .formatted(
                        calibration.stack().name(),
                        of(calibration),
                        Printable.of(measurements).replace("\\", "/").replace("\"", "'"));
    }

    /** {@return the file with its fitted part replaced; the file itself where it has none} */
    public static String replacedIn(String file, Calibration calibration) {
        int begin = file.indexOf(BEGIN);
        int end = file.indexOf(END);
        return begin < 0 || end < begin
                ? file
                : file.substring(0, begin)
                        + of(calibration)
                        + file.substring(end + END.length()).stripLeading();
    }

    private String written() {
        line(BEGIN);
        line("# %d runs; mean error of step time %s %% in the fit, %s %% where a model and GPU are left out."
                .formatted(
                        calibration.rows(),
                        Amounts.decimal(calibration.errorPercent(), 1),
                        Amounts.decimal(calibration.leftOutPercent(), 1)));
        line("efficiency:                  # shares of the rates of GPU and node");
        calibration.fitted().efficiencies().forEach(this::efficiency);
        line("overlap:                     # shares of communication hidden behind arithmetic");
        Stack.Overlap overlap = calibration.fitted().overlap();
        value("  tensor: ", "overlap.tensor", overlap.tensor(), "");
        value("  expert: ", "overlap.expert", overlap.expert(), "");
        value("  context: ", "overlap.context", overlap.context(), "");
        value("  pipeline: ", "overlap.pipeline", overlap.pipeline(), "");
        value("  data: ", "overlap.data", overlap.data(), "");
        paces();
        residuals();
        line(END);
        return text.toString();
    }

    private void efficiency(String generation, Efficiency efficiency) {
        String path = "efficiency." + generation + ".";
        line("  " + generation + ":");
        line("    matrix:");
        efficiency
                .matrix()
                .forEach((format, share) ->
                        value("      " + format.key() + ": ", path + "matrix." + format.key(), share, ""));
        value("    attention: ", path + "attention", efficiency.attention(), "");
        value("    memory: ", path + "memory", efficiency.memory(), "");
        value("    link: ", path + "link", efficiency.link(), "");
        value("    fabric: ", path + "fabric", efficiency.fabric(), "");
        efficiency.launchSeconds().ifPresent(time -> value("    launch: ", path + "launch", time, " us"));
        efficiency
                .mixtureLaunchSeconds()
                .ifPresent(time -> value("    mixtureLaunch: ", path + "mixtureLaunch", time, " us"));
        efficiency.scorePasses().ifPresent(count -> value("    scorePasses: ", path + "scorePasses", count, ""));
    }

    private void paces() {
        Map<String, Map<String, Stack.Pace>> releases = calibration.fitted().paces();
        if (releases.isEmpty()) {
            return;
        }
        line("paces:                       # speed relative to the efficiencies, by release and generation");
        for (String release : new TreeSet<>(releases.keySet())) {
            line("  \"" + release + "\":");
            releases.get(release).forEach((generation, pace) -> {
                String path = "paces." + release + "." + generation + ".";
                line("    " + generation + ":");
                value("      layers: ", path + "layers", pace.layers(), "");
                value("      mixtures: ", path + "mixtures", pace.mixtures(), "");
            });
        }
    }

    private void residuals() {
        Map<String, Stack.Residuals> residuals = calibration.fitted().residuals();
        if (residuals.isEmpty()) {
            return;
        }
        line("residuals:                   # 80 % of left-out runs lie between these, of the predicted step time");
        String before = "";
        for (Map.Entry<String, Stack.Residuals> entry : residuals.entrySet()) {
            int dot = entry.getKey().lastIndexOf('.');
            String generation = entry.getKey().substring(0, dot);
            if (!generation.equals(before)) {
                line("  " + generation + ":");
                before = generation;
            }
            Stack.Residuals found = entry.getValue();
            line("    %s: {below: %s, above: %s, rows: {value: %d, source: fit}}"
                    .formatted(
                            entry.getKey().substring(dot + 1),
                            percent(-found.lowPercent()),
                            percent(found.highPercent()),
                            found.rows()));
        }
    }

    private static String percent(double percent) {
        return "{value: \"%s %%\", source: fit}".formatted(rounded(percent));
    }

    private void value(String lead, String path, Figure figure, String unit) {
        double shown = unit.isEmpty() ? figure.value() : figure.value() * 1e6;
        String number = rounded(shown) + unit;
        if (calibration.constants().containsKey(path)) {
            line(lead + "{value: " + number + ", source: fit}");
            return;
        }
        line(lead
                + "{value: %s, source: \"%s\", date: %s, confidence: %s}"
                        .formatted(
                                unit.isEmpty() ? Decimals.shortest(shown).toPlainString() : number,
                                Printable.of(figure.origin().source())
                                        .replace("\\", "/")
                                        .replace("\"", "'"),
                                figure.origin().date().isEmpty()
                                        ? "2026"
                                        : figure.origin().date(),
                                figure.origin().confidence().name().toLowerCase(java.util.Locale.ROOT)));
    }

    private static String rounded(double value) {
        return new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString();
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
