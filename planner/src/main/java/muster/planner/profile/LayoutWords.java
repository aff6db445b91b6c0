package muster.planner.profile;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import muster.planner.domain.Layout;
import muster.planner.domain.LayoutWish;

/** Reads the dimensions of a layout that a user fixed, such as {@code tp=8,pp=16,recompute=full}. */
final class LayoutWords {
    private static final List<String> KEYS = List.of("tp", "pp", "vpp", "dp", "ep", "cp", "mbs", "recompute", "zero");
    private static final List<String> RECOMPUTE =
            Stream.of(Layout.Recompute.values()).map(Layout.Recompute::key).toList();
    private static final Pattern WHOLE = Pattern.compile("\\d{1,9}");
    private static final int MOST_ZERO = 3;

    private final String option;
    private final Problems problems;
    private final Map<String, String> words = new HashMap<>();

    private LayoutWords(String option, Problems problems) {
        this.option = option;
        this.problems = problems;
    }

    /** {@return the wish, which is open wherever there was a problem} */
    static LayoutWish read(String text, String option, Problems problems) {
        LayoutWords reader = new LayoutWords(option, problems);
        int column = 1;
        for (String part : text.split(",", -1)) {
            reader.read(part, column);
            column += part.length() + 1;
        }
        return reader.wish();
    }

    private void read(String part, int column) {
        Place place = new Place(option, 1, column, true);
        int equals = part.indexOf('=');
        String key = (equals < 0 ? part : part.substring(0, equals)).strip();
        if (equals < 0) {
            problems.add(
                    place,
                    "(%s) is not of the form key=value.".formatted(Shown.text(part.strip())),
                    KEYS.contains(key) ? key + "=8." : "tp=8,pp=16.");
        } else if (!KEYS.contains(key)) {
            problems.add(
                    place,
                    "(%s) is no dimension of a layout.".formatted(Shown.text(key)),
                    NearestNames.maybe(key, KEYS));
        } else if (words.containsKey(key)) {
            problems.add(place, "%s stands twice.".formatted(key), "leave one out.");
        } else {
            String value = part.substring(equals + 1).strip();
            words.put(key, value);
            check(key, value, place);
        }
    }

    private void check(String key, String value, Place place) {
        Optional<String> maybe = switch (key) {
            case "recompute" -> RECOMPUTE.contains(value) ? Optional.empty() : NearestNames.maybe(value, RECOMPUTE);
            case "zero" -> isWhole(value, 0, MOST_ZERO) ? Optional.empty() : Optional.of("one of 0, 1, 2, 3.");
            default ->
                isWhole(value, 1, Integer.MAX_VALUE)
                        ? Optional.empty()
                        : Optional.of("%s=8; whole numbers from 1 on.".formatted(key));
        };
        if (maybe.isPresent()) {
            problems.add(place, "%s (%s) cannot be.".formatted(key, Shown.text(value)), maybe);
            words.put(key, "");
        }
    }

    private static boolean isWhole(String value, int least, int most) {
        return WHOLE.matcher(value).matches() && Integer.parseInt(value) >= least && Integer.parseInt(value) <= most;
    }

    private LayoutWish wish() {
        return new LayoutWish(
                number("tp"),
                number("pp"),
                number("vpp"),
                number("dp"),
                number("ep"),
                number("cp"),
                number("mbs"),
                word("recompute").map(word -> Layout.Recompute.values()[RECOMPUTE.indexOf(word)]),
                number("zero"));
    }

    private Optional<String> word(String key) {
        return Optional.ofNullable(words.get(key)).filter(word -> !word.isEmpty());
    }

    private OptionalInt number(String key) {
        return word(key).map(Integer::parseInt).map(OptionalInt::of).orElse(OptionalInt.empty());
    }
}
