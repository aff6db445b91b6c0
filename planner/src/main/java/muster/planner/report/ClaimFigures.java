package muster.planner.report;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import muster.planner.domain.ClaimAnswer;
import muster.planner.domain.Interval;

/** Finds the ends of derived figures by their path in the JSON of a claim: {@code derived.usd.high}. */
public final class ClaimFigures {
    private static final Pattern PATH = Pattern.compile("derived\\.([A-Za-z0-9]+)\\.(low|high)");

    private ClaimFigures() {}

    /** {@return the unit that conditions on the figure are written in; empty where no claim has such a figure} */
    public static Optional<String> unit(String path) {
        Matcher matcher = PATH.matcher(path);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(comparable(DerivedFigure.of(matcher.group(1)).unit()));
        } catch (IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }

    /** {@return the end of the figure, where it is determined} */
    public static Optional<PlanFigure.Amount> find(ClaimAnswer answer, String path) {
        Matcher matcher = PATH.matcher(path);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Interval figure = answer.derived().getOrDefault(matcher.group(1), Interval.ANY);
        double end = matcher.group(2).equals("low") ? figure.low() : figure.high();
        return figure.isAny() || Double.isInfinite(end)
                ? Optional.empty()
                : Optional.of(new PlanFigure.Amount(
                        Decimals.shortest(end),
                        comparable(DerivedFigure.of(matcher.group(1)).unit())));
    }

    /** Units that command lines have besides plain numbers; the key says the others. */
    private static String comparable(String unit) {
        return switch (unit) {
            case "USD", "d", "W", "%" -> unit;
            default -> "";
        };
    }
}
