package muster.planner.report;

import java.util.List;
import java.util.Optional;
import muster.planner.domain.Calibration;
import muster.planner.domain.Validation;
import muster.planner.report.Page.Tone;
import muster.planner.report.ValidationTables.Grid;

/** Predicted against measured as text for people, and as Markdown. */
public final class ValidationText {
    private ValidationText() {}

    /**
     * {@return the report, ending in a newline}
     *
     * @param calibrations absent where no fit was asked for
     */
    public static String of(Validation validation, Optional<List<Calibration>> calibrations, boolean colour) {
        Page page = new Page(colour);
        page.line(Tone.STRONG, "Predicted against measured: " + validation.file());
        page.paragraph("", ValidationTables.summary(validation));
        grid(page, ValidationTables.groups(validation));
        grid(page, ValidationTables.rankings(validation));
        grid(page, ValidationTables.all(validation));
        grid(page, ValidationTables.misfits(validation));
        calibrations.ifPresent(found -> {
            grid(page, ValidationTables.fits(found));
            found.forEach(calibration -> grid(page, ValidationTables.constants(calibration)));
        });
        return page.text();
    }

    private static void grid(Page page, Grid grid) {
        if (grid.rows().isEmpty()) {
            return;
        }
        page.heading(grid.title());
        Table table = new Table(grid.headings().toArray(String[]::new));
        grid.rows().forEach(row -> table.row(row.toArray(String[]::new)));
        page.table(table);
    }

    /** {@return the page of accuracy: groups, worst rows, rows in doubt and unused, fits} */
    public static String markdown(Validation validation, Optional<List<Calibration>> calibrations) {
        StringBuilder text = new StringBuilder();
        text.append("# Accuracy\n\n");
        text.append("Predicted against measured step times of `%s`. This page is written by\n"
                .formatted(validation.file()));
        text.append("`./muster validate %s%s -o md`.\n\n"
                .formatted(validation.file(), calibrations.isPresent() ? " --fit" : ""));
        text.append(
                "Errors are of the time: predicted over measured, less 100 %; slow is positive. Complete rows state their\n");
        text.append("whole layout; only these count in groups. Rows whose publication is in doubt count nowhere.\n\n");
        text.append(ValidationTables.summary(validation)).append("\n");
        markdown(text, ValidationTables.groups(validation));
        markdown(text, ValidationTables.rankings(validation));
        if (!validation.rankings().isEmpty()) {
            text.append("""

                    *Rank correlation*: Spearman's, of measured and predicted step times of complete rows with the same model, GPU,
                    count of GPUs and stack; sets of eight or more rows whose times spread by 20 % or more.
                    """);
        }
        calibrations.ifPresent(found -> {
            markdown(text, ValidationTables.fits(found));
            text.append("""

                    *Runs* are all that a fit sees, *errors* are of the complete ones among them (of all, where a stack has none). *In the
                    fit*: mean error of the rows that the constants were fitted to. *Model and GPU left out*: of rows that
                    are predicted by constants fitted without any row of their model on their GPU. *Stack left out*: of what the
                    fit believes before anything of the stack was measured. *In band*: left-out rows whose measured time lies in
                    the band that estimates state.
                    """);
        });
        markdown(text, ValidationTables.worst(validation));
        markdown(text, ValidationTables.misfits(validation));
        markdown(text, ValidationTables.inDoubt(validation));
        markdown(text, ValidationTables.unused(validation));
        return text.toString();
    }

    private static void markdown(StringBuilder text, Grid grid) {
        if (grid.rows().isEmpty()) {
            return;
        }
        text.append("\n## ").append(grid.title()).append("\n\n");
        StringBuilder rule = new StringBuilder("|");
        text.append('|');
        for (String heading : grid.headings()) {
            boolean right = heading.startsWith(">");
            text.append(' ').append(right ? heading.substring(1) : heading).append(" |");
            rule.append(right ? "---:|" : "---|");
        }
        text.append('\n').append(rule).append('\n');
        for (List<String> row : grid.rows()) {
            text.append('|');
            row.forEach(cell -> text.append(' ')
                    .append(Printable.of(cell).replace("|", "\\|").replace("<", "&lt;"))
                    .append(" |"));
            text.append('\n');
        }
    }
}
