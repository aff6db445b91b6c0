package muster.planner.profile;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;

/** Random programs as the text of scenario files, with all terms, each in as many spellings as there are units. */
final class SpelledPrograms {
    private static final Map<String, String> TIMES =
            units("s", "1", "min", "60", "h", "3600", "d", "86400", "w", "604800", "y", "31536000");
    private static final Map<String, String> TOKENS =
            units("tokens", "1", "M tokens", "1e6", "B tokens", "1e9", "T tokens", "1e12");
    private static final Map<String, String> RATES = units("tokens/s/GPU", "1", "k tokens/s/GPU", "1e3");
    private static final Map<String, String> POWERS = units("W", "1", "kW", "1e3", "MW", "1e6");
    private static final Map<String, String> MONEY = units("USD", "1", "k USD", "1e3", "M USD", "1e6");
    private static final Map<String, String> RENTS =
            units("USD/GPU/h", "1", "USD /GPU-hour", "1", "k USD/GPU/h", "1e3");
    private static final Map<String, String> NODE_PRICES = units("USD/node", "1", "k USD/node", "1e3");
    private static final Map<String, String> ENERGY_PRICES = units("USD/kWh", "1", "USD/MWh", "0.001");
    private static final Map<String, String> INTENSITIES = units("kg/kWh", "1", "g/kWh", "0.001", "kg/MWh", "0.001");
    private static final List<String> NODES = List.of("hgx-h800", "hgx-h100", "hgx-h20", "hgx-a100");

    /** What is asked, the same for every spelling. */
    private final SplittableRandom asked;

    /** How it is written. */
    private final Random spelled;

    private final StringBuilder text = new StringBuilder();

    private SpelledPrograms(long seed, long spelling) {
        this.asked = new SplittableRandom(seed);
        this.spelled = new Random(spelling);
    }

    /** {@return the program of that seed, in the units of that spelling} */
    static String text(long seed, long spelling) {
        SpelledPrograms program = new SpelledPrograms(seed, spelling);
        program.write();
        return program.text.toString();
    }

    private void write() {
        int pools = 1 + asked.nextInt(3);
        int jobs = 1 + asked.nextInt(2);
        boolean sited = asked.nextBoolean();
        line("scenario: a program");
        line("jobs:");
        for (int j = 0; j < jobs; j++) {
            job(j, pools);
        }
        line("pools:");
        for (int p = 0; p < pools; p++) {
            pool(p, jobs == 1 ? 8 : 4, sited);
        }
        if (sited) {
            site();
        }
        line("limits:");
        line("  deadline: " + days(20, 200));
        if (asked.nextInt(3) == 0) {
            line("  budget: " + write(whole(20, 900).scaleByPowerOfTen(3), MONEY));
        }
        if (asked.nextInt(3) == 0) {
            line("  power: " + write(whole(30, 200).scaleByPowerOfTen(3), POWERS));
        }
        line("objective: " + List.of("cost", "days", "energy").get(asked.nextInt(3)));
        line("accounting: " + (asked.nextBoolean() ? "cash" : "amortised"));
    }

    private void job(int j, int pools) {
        text.append("  - {name: j").append(j);
        text.append(", model: deepseek-v3, sequence: 4096, batch: 15360 sequences, precision: bf16, stack: deepseek");
        text.append(", tokens: ").append(write(whole(20, 400).scaleByPowerOfTen(9), TOKENS));
        if (asked.nextInt(3) == 0) {
            text.append(", release: ").append(days(1, 20));
        }
        if (asked.nextInt(3) == 0) {
            text.append(", deadline: ").append(days(40, 200));
        }
        if (j > 0 && asked.nextInt(3) == 0) {
            text.append(", after: [j0]");
        }
        if (asked.nextInt(4) == 0) {
            text.append(", spread: one-pool");
        }
        text.append(", measured: {");
        for (int p = 0; p < pools; p++) {
            text.append(p > 0 ? ", " : "").append("p").append(p).append(": ");
            text.append(write(whole(3_000, 20_000).scaleByPowerOfTen(-1), RATES));
        }
        line("}}");
    }

    private void pool(int p, int mostNodes, boolean sited) {
        int most = 1 + asked.nextInt(mostNodes);
        text.append("  - {name: p").append(p).append(", node: ").append(NODES.get(asked.nextInt(NODES.size())));
        text.append(", max: ")
                .append(most)
                .append(" nodes, own: ")
                .append(asked.nextInt(most + 1))
                .append(" nodes");
        text.append(", rent: ").append(write(whole(80, 400).scaleByPowerOfTen(-2), RENTS));
        if (sited) {
            text.append(", site: hall");
        }
        if (asked.nextInt(4) == 0 && most % 2 == 0) {
            text.append(", granularity: 2 nodes");
        }
        if (most > 1 && asked.nextInt(3) == 0) {
            int first = 1 + asked.nextInt(most - 1);
            text.append(", available: [{from: ").append(write(BigDecimal.ZERO, TIMES));
            text.append(", nodes: ").append(first).append(" nodes}, {from: ").append(days(1, 30));
            text.append(", nodes: ").append(most - first).append(" nodes}]");
        }
        if (asked.nextInt(3) == 0) {
            text.append(", buy: {price: ").append(write(whole(20, 300).scaleByPowerOfTen(3), NODE_PRICES));
            text.append(", life: ").append(days(100, 1500));
            text.append(", residual: ").append(asked.nextInt(30)).append(" %");
            text.append(", lead: ").append(days(1, 40));
            text.append(", financing: ").append(asked.nextInt(10)).append(" %}");
        } else if (asked.nextInt(3) == 0) {
            text.append(", reserve: {price: ").append(write(whole(60, 300).scaleByPowerOfTen(-2), RENTS));
            text.append(", minimum: ").append(days(5, 100)).append('}');
        }
        line("}");
    }

    private void site() {
        line("sites:");
        text.append("  - {name: hall, pue: 1.25");
        text.append(", energyPrice: ").append(write(whole(20, 200).scaleByPowerOfTen(-3), ENERGY_PRICES));
        text.append(", carbon: ").append(write(whole(50, 900).scaleByPowerOfTen(-3), INTENSITIES));
        if (asked.nextBoolean()) {
            text.append(", power: ").append(write(whole(20, 120).scaleByPowerOfTen(3), POWERS));
        }
        if (asked.nextBoolean()) {
            text.append(", racks: ").append(1 + asked.nextInt(6));
            text.append(", rackPower: ").append(write(whole(11, 40).scaleByPowerOfTen(3), POWERS));
        }
        line("}");
    }

    private BigDecimal whole(int least, int most) {
        return BigDecimal.valueOf(asked.nextInt(least, most + 1));
    }

    private String days(int least, int most) {
        return write(whole(least, most).multiply(BigDecimal.valueOf(86_400)), TIMES);
    }

    /** The value in one of the units in which it can be written out. */
    private String write(BigDecimal value, Map<String, String> factorByUnit) {
        List<String> units = new ArrayList<>(factorByUnit.keySet());
        Collections.shuffle(units, spelled);
        for (String unit : units) {
            BigDecimal factor = new BigDecimal(factorByUnit.get(unit));
            BigDecimal count = value.divide(factor, 20, RoundingMode.HALF_UP).stripTrailingZeros();
            if (count.multiply(factor).compareTo(value) == 0) {
                return count.toPlainString() + " " + unit;
            }
        }
        throw new IllegalStateException(value + " has none of the units " + units);
    }

    private void line(String end) {
        text.append(end).append('\n');
    }

    private static Map<String, String> units(String... unitsAndFactors) {
        Map<String, String> units = new LinkedHashMap<>();
        for (int i = 0; i < unitsAndFactors.length; i += 2) {
            units.put(unitsAndFactors[i], unitsAndFactors[i + 1]);
        }
        return units;
    }
}
