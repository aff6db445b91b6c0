package muster.planner.profile;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The spellings of one dimension's units and how many base units each is. Factors are exact decimals, so that the
 * same quantity in two units becomes the same number.
 *
 * @param factorBySpelling as messages show them
 * @param factorBySqueezed the same without spaces, as they are looked up
 */
record Units(Map<String, BigDecimal> factorBySpelling, Map<String, BigDecimal> factorBySqueezed) {
    private static final Map<String, String> ONE = Map.of("", "1");
    private static final Map<String, String> LARGE_NUMBERS =
            prefixes("", "1", "k", "1e3", "M", "1e6", "B", "1e9", "T", "1e12");

    private Units(Map<String, BigDecimal> factorBySpelling) {
        this(factorBySpelling, new HashMap<>());
        factorBySpelling.forEach((spelling, factor) -> factorBySqueezed.putIfAbsent(squeezed(spelling), factor));
    }

    static Units none() {
        return of(ONE, "");
    }

    static Units words(String... spellings) {
        return of(ONE, spellings);
    }

    static Units time() {
        Map<String, BigDecimal> factors = new LinkedHashMap<>();
        put(factors, "1", "s", "sec", "second", "seconds");
        put(factors, "60", "min", "minute", "minutes");
        put(factors, "3600", "h", "hour", "hours");
        put(factors, "86400", "d", "day", "days");
        put(factors, "604800", "w", "week", "weeks");
        put(factors, "31536000", "y", "year", "years"); // 365 d
        return new Units(factors);
    }

    static Units timeOrBareDays() {
        Map<String, BigDecimal> factors = new LinkedHashMap<>(time().factorBySpelling());
        put(factors, "86400", "");
        return new Units(factors);
    }

    /** Training runs are counted in powers of ten, with or without a prefix. */
    static Units flop() {
        Map<String, String> prefixes =
                prefixes("", "1", "G", "1e9", "T", "1e12", "P", "1e15", "E", "1e18", "Z", "1e21", "Y", "1e24");
        return of(prefixes, "FLOP", "FLOPs");
    }

    static Units shortTime() {
        Map<String, BigDecimal> factors = new LinkedHashMap<>();
        put(factors, "1e-6", "us", "\u00b5s");
        put(factors, "1e-3", "ms");
        put(factors, "1", "s");
        return new Units(factors);
    }

    /** Tokens and money are counted in thousands, millions, billions and trillions. */
    static Units counted(String... spellings) {
        return of(LARGE_NUMBERS, spellings);
    }

    /** Prices carry at most a thousands prefix. */
    static Units priced(String... spellings) {
        return of(prefixes("", "1", "k", "1e3"), spellings);
    }

    /** A day is 24 hours; the factor's digits are more than a double holds. */
    static Units evictions() {
        Map<String, BigDecimal> factors = new LinkedHashMap<>();
        put(factors, "0.01", "%/h", "% /h", "%/hour", "% /hour");
        put(factors, "0.0004166666666666666666666667", "%/d", "% /d", "%/day", "% /day");
        return new Units(factors);
    }

    static Units energyPrice() {
        Map<String, BigDecimal> factors = new LinkedHashMap<>();
        put(factors, "1", "USD /kWh");
        put(factors, "0.001", "USD /MWh");
        return new Units(factors);
    }

    static Units energy() {
        return of(prefixes("", "0.001", "k", "1", "M", "1e3", "G", "1e6", "T", "1e9"), "Wh");
    }

    static Units mass() {
        Map<String, BigDecimal> factors = new LinkedHashMap<>();
        put(factors, "0.001", "g");
        put(factors, "1", "kg");
        put(factors, "1000", "t");
        put(factors, "1e6", "kt");
        return new Units(factors);
    }

    static Units carbon() {
        Map<String, BigDecimal> factors = new LinkedHashMap<>();
        put(factors, "0.001", "g/kWh", "gCO2/kWh", "gCO2e/kWh", "kg/MWh");
        put(factors, "1", "kg/kWh");
        return new Units(factors);
    }

    static Units power() {
        return of(prefixes("", "1", "k", "1e3", "M", "1e6", "G", "1e9"), "W");
    }

    static Units bytes() {
        Map<String, BigDecimal> factors = new LinkedHashMap<>();
        putBytes(factors, "");
        return new Units(factors);
    }

    static Units bytesPerSecond() {
        Map<String, BigDecimal> factors = new LinkedHashMap<>();
        putBytes(factors, "/s");
        prefixes("", "0.125", "k", "125", "M", "125e3", "G", "125e6", "T", "125e9")
                .forEach((prefix, factor) -> put(factors, factor, prefix + "bit/s"));
        return new Units(factors);
    }

    static Units flopsPerSecond() {
        Map<String, String> prefixes = prefixes("", "1", "G", "1e9", "T", "1e12", "P", "1e15", "E", "1e18");
        return of(prefixes, "FLOP/s", "FLOPS");
    }

    static Units percent() {
        return of(ONE, "%");
    }

    /** Written as percent, kept as a fraction. */
    static Units fraction() {
        return of(Map.of("", "0.01"), "%");
    }

    Optional<BigDecimal> factor(String unit) {
        return Optional.ofNullable(factorBySqueezed.get(squeezed(unit)));
    }

    /** The spelling that differs only in case, that goes on after a prefix, or that is one slip away. */
    Optional<String> near(String unit) {
        Optional<String> sameLetters = factorBySpelling.keySet().stream()
                .filter(spelling -> squeezed(spelling).equalsIgnoreCase(squeezed(unit)))
                .findFirst();
        Optional<String> goesOn = factorBySpelling.keySet().stream()
                .filter(spelling -> !unit.isEmpty() && spelling.startsWith(unit + " ") && !spelling.contains("USD"))
                .findFirst();
        return sameLetters
                .or(() -> goesOn)
                .or(() -> factorBySpelling.keySet().stream()
                        .filter(spelling -> unit.length() > 2
                                && unit.length() < 40
                                && NearestNames.distance(squeezed(spelling), squeezed(unit)) == 1)
                        .findFirst());
    }

    private static String squeezed(String unit) {
        return unit.indexOf(' ') < 0 && unit.indexOf('\t') < 0
                ? unit
                : unit.replace(" ", "").replace("\t", "");
    }

    private static Units of(Map<String, String> prefixes, String... spellings) {
        Map<String, BigDecimal> factors = new LinkedHashMap<>();
        for (String spelling : spellings) {
            prefixes.forEach((prefix, factor) -> put(factors, factor, display(prefix, spelling)));
        }
        return new Units(factors);
    }

    /** Metric units carry their prefix (MW), words stand apart from it (M USD, T tokens). */
    private static String display(String prefix, String spelling) {
        boolean apart = spelling.startsWith("USD") || spelling.startsWith("token") || spelling.startsWith("param");
        return apart && !prefix.isEmpty() ? prefix + " " + spelling : prefix + spelling;
    }

    private static void putBytes(Map<String, BigDecimal> factors, String per) {
        prefixes("", "1", "k", "1e3", "M", "1e6", "G", "1e9", "T", "1e12", "P", "1e15")
                .forEach((prefix, factor) -> put(factors, factor, prefix + "B" + per));
        prefixes("Ki", "1024", "Mi", "1048576", "Gi", "1073741824", "Ti", "1099511627776")
                .forEach((prefix, factor) -> put(factors, factor, prefix + "B" + per));
    }

    private static void put(Map<String, BigDecimal> factors, String factor, String... spellings) {
        for (String spelling : spellings) {
            factors.put(spelling, new BigDecimal(factor));
        }
    }

    private static Map<String, String> prefixes(String... prefixesAndFactors) {
        Map<String, String> prefixes = new LinkedHashMap<>();
        for (int index = 0; index < prefixesAndFactors.length; index += 2) {
            prefixes.put(prefixesAndFactors[index], prefixesAndFactors[index + 1]);
        }
        return prefixes;
    }
}
