package muster.planner.profile;

import java.util.Optional;
import muster.planner.domain.BaseUnit;

/** What a value measures: its units, the base unit it becomes, and the range that is believed. */
enum Dimension {
    TIME("a time", BaseUnit.SECONDS, Units.time(), "60 d, or 36 h", Range.above0("1000 y", 1000 * 365 * 86_400.0)),
    WALL_CLOCK("a time", BaseUnit.SECONDS, Units.time(), "10 s, or 5 min", Range.above0("1 y", 365 * 86_400.0)),
    TIME_FROM_START(
            "a time", BaseUnit.SECONDS, Units.time(), "30 d, or 36 h", Range.from0("1000 y", 1000 * 365 * 86_400.0)),
    MONEY("an amount of money", BaseUnit.USD, Units.counted("USD"), "$6 M, or 6 M USD", Range.above0("$1 T", 1e12)),
    RENT(
            "a price per GPU and hour",
            BaseUnit.USD_PER_GPU_HOUR,
            Units.priced("USD /GPU/h", "USD /GPU/hour", "USD /GPU-h", "USD /GPU-hour", "USD /GPUh"),
            "$2.00 /GPU/h",
            Range.paid("$1 M /GPU/h", 1e6)),
    ENERGY_PRICE(
            "a price of energy",
            BaseUnit.USD_PER_KWH,
            Units.energyPrice(),
            "$0.07 /kWh",
            Range.from0("$1000 /kWh", 1000)),
    COLOCATION(
            "a price of space per kW and month",
            BaseUnit.USD_PER_KILOWATT_MONTH,
            Units.priced("USD /kW/month", "USD /kW-month"),
            "$184 /kW/month",
            Range.paid("$1 M /kW/month", 1e6)),
    POWER("a power", BaseUnit.WATTS, Units.power(), "700 W, or 3 MW", Range.above0("1000 GW", 1e12)),
    TOKENS(
            "a number of tokens",
            BaseUnit.TOKENS,
            Units.counted("tokens", "token"),
            "14.8 T tokens",
            Range.above0("1e18 tokens", 1e18).inWholeNumbers()),
    SEQUENCE_TOKENS(
            "a number of tokens",
            BaseUnit.TOKENS,
            Units.words("", "tokens", "token"),
            "4096",
            Range.above0("1e9 tokens", 1e9).inWholeNumbers()),
    SEQUENCES(
            "a number of sequences",
            BaseUnit.SEQUENCES,
            Units.words("sequences", "sequence"),
            "15360 sequences",
            Range.above0("10,000,000 sequences", 1e7).inWholeNumbers()),
    /** Where the key says samples, a bare number has one reading only. */
    SAMPLES(
            "a number of samples",
            BaseUnit.SAMPLES,
            Units.counted("samples", "sample", ""),
            "2 M samples",
            Range.above0("1e15 samples", 1e15).inWholeNumbers()),
    TOKEN_RATE(
            "a rate of tokens per GPU",
            BaseUnit.TOKENS_PER_SECOND_PER_GPU,
            Units.counted("tokens/s/GPU", "token/s/GPU"),
            "1543 tokens/s/GPU",
            Range.above0("1e9 tokens/s/GPU", 1e9)),
    BYTES("a size", BaseUnit.BYTES, Units.bytes(), "80 GB, or 80 GiB", Range.above0("1 PB", 1e15)),
    BYTES_PER_SECOND(
            "a bandwidth",
            BaseUnit.BYTES_PER_SECOND,
            Units.bytesPerSecond(),
            "3.35 TB/s, or 400 Gbit/s",
            Range.above0("1 PB/s", 1e15)),
    FLOPS_PER_SECOND(
            "a rate of arithmetic",
            BaseUnit.FLOPS_PER_SECOND,
            Units.flopsPerSecond(),
            "989 TFLOP/s",
            Range.above0("10 EFLOP/s", 1e19)),
    /** How many times more is wished than gets through. */
    OVERSUBSCRIPTION("a ratio", BaseUnit.COUNT, Units.none(), "2", Range.from1("100", 100)),
    /** Kept as percent, 0 to 100. */
    PERCENT("a percentage", BaseUnit.FRACTION, Units.percent(), "90 %, or 0.1%", Range.from0("100 %", 100)),
    /** Of a rate that is never reached in full, and never nothing. */
    EFFICIENCY("a share", BaseUnit.FRACTION, Units.none(), "0.7", Range.above0("1", 1)),
    AT_LEAST_ONE("a factor", BaseUnit.FRACTION, Units.none(), "1.15", Range.from1("10", 10)),
    PASSES("a number of passes", BaseUnit.COUNT, Units.none(), "6", Range.from0("1000", 1000)),
    PACE("a pace", BaseUnit.FRACTION, Units.none(), "0.95", Range.above0("10", 10)),
    SHARE("a share", BaseUnit.FRACTION, Units.none(), "0.5", Range.from0("1", 1)),
    SHORT_TIME("a short time", BaseUnit.SECONDS, Units.shortTime(), "30 us", Range.from0("1 s", 1)),
    CARBON("a carbon intensity", BaseUnit.KG_PER_KWH, Units.carbon(), "500 g/kWh", Range.from0("10 kg/kWh", 10)),
    NODES(
            "a number of nodes",
            BaseUnit.NODES,
            Units.words("nodes", "node"),
            "256 nodes",
            Range.above0("1,000,000 nodes", 1e6).inWholeNumbers()),
    OWNED_NODES(
            "a number of nodes",
            BaseUnit.NODES,
            Units.words("nodes", "node"),
            "128 nodes",
            Range.from0("1,000,000 nodes", 1e6).inWholeNumbers()),
    SPARE_NODES(
            "a number of nodes, or a percentage of a job's nodes",
            BaseUnit.NODES,
            Units.words("nodes", "node"),
            "2 nodes, or 3 %",
            Range.from0("1,000,000 nodes", 1e6).inWholeNumbers()),
    PRIORITY(
            "a whole number",
            BaseUnit.COUNT,
            Units.none(),
            "2",
            Range.from1("1,000,000", 1e6).inWholeNumbers()),
    COUNT(
            "a whole number",
            BaseUnit.COUNT,
            Units.none(),
            "8",
            Range.above0("1,000,000,000", 1e9).inWholeNumbers()),
    COUNT_OR_ZERO(
            "a whole number",
            BaseUnit.COUNT,
            Units.none(),
            "8",
            Range.from0("1,000,000,000", 1e9).inWholeNumbers()),
    GPUS(
            "a number of GPUs",
            BaseUnit.COUNT,
            Units.words("", "GPUs", "GPU"),
            "8",
            Range.above0("10,000 GPUs", 10_000).inWholeNumbers()),
    PARAMETERS(
            "a number of parameters",
            BaseUnit.PARAMETERS,
            Units.counted("parameters", ""),
            "70.6 B parameters",
            Range.above0("1e18 parameters", 1e18).inWholeNumbers()),
    POWER_USAGE_EFFECTIVENESS(
            "a ratio",
            BaseUnit.FRACTION,
            Units.none(),
            "1.25",
            new Range("at least 1, at most 10", 1, 10, true, false)),
    ENERGY("an energy", BaseUnit.KILOWATT_HOURS, Units.energy(), "500 MWh", Range.from0("1e15 kWh", 1e15)),
    MASS("a mass", BaseUnit.KILOGRAMS, Units.mass(), "900 t", Range.from0("1e15 kg", 1e15)),
    TOTAL_TOKEN_RATE(
            "a rate of tokens",
            BaseUnit.TOKENS_PER_SECOND,
            Units.counted("tokens/s", "token/s"),
            "3.7 M tokens/s",
            Range.from0("1e18 tokens/s", 1e18)),
    GPU_HOURS(
            "a number of GPU-hours",
            BaseUnit.GPU_HOURS,
            Units.counted("GPU-h", "GPU-hours", "GPU hours", "GPUh", ""),
            "2.664 M",
            Range.above0("1e15 GPU-hours", 1e15)),
    FLOP("a number of FLOP", BaseUnit.FLOP, Units.flop(), "3.8e25 FLOP", Range.above0("1e35 FLOP", 1e35)),
    /** Where the key says nodes, a bare number has one reading only. */
    BARE_NODES(
            "a number of nodes",
            BaseUnit.NODES,
            Units.words("nodes", "node", ""),
            "64 nodes",
            Range.above0("1,000,000 nodes", 1e6).inWholeNumbers()),
    PRICE_PER_NODE(
            "a price per node",
            BaseUnit.USD_PER_NODE,
            Units.counted("USD /node"),
            "$250 k/node",
            Range.paid("$1 B /node", 1e9)),
    /** Written as percent, kept as a fraction. */
    FRACTION_OF_PRICE("a percentage", BaseUnit.FRACTION, Units.fraction(), "20 %", Range.from0("100 %", 1)),
    /** How often, of one node; by the hour. */
    EVICTION("a share of nodes in a time", BaseUnit.PER_HOUR, Units.evictions(), "5 %/h", Range.above0("1000 %/h", 10)),
    RECOVERY_TIME("a time", BaseUnit.SECONDS, Units.time(), "60 s, or 5 min", Range.above0("7 d", 7 * 86_400.0)),
    /** Of the nodes of a job, most of which have to work; written as percent, kept as a fraction. */
    SPARE_FRACTION("a percentage", BaseUnit.FRACTION, Units.fraction(), "3 %", Range.from0("90 %", 0.9)),
    /** Of a whole fleet, which may be larger than one node is. */
    GPU_TOTAL(
            "a number of GPUs",
            BaseUnit.COUNT,
            Units.counted("", "GPUs", "GPU"),
            "2048",
            Range.above0("1,000,000,000 GPUs", 1e9).inWholeNumbers()),
    PRICE_PER_GPU(
            "a price per GPU",
            BaseUnit.USD_PER_GPU,
            Units.priced("USD /GPU"),
            "$31.7 k/GPU",
            Range.paid("$1 B /GPU", 1e9)),
    /** Where the key says days, a bare number has one reading only. */
    DAYS(
            "a number of days",
            BaseUnit.SECONDS,
            Units.timeOrBareDays(),
            "57 d",
            Range.above0("1000 y", 1000 * 365 * 86_400.0)),
    /** Where the key says percent, so has this. */
    BARE_PERCENT("a percentage", BaseUnit.FRACTION, Units.words("%", ""), "30.1 %", Range.from0("100 %", 100)),
    /** What somebody said was reached; more than all is a finding, not a slip. */
    CLAIMED_PERCENT("a percentage", BaseUnit.FRACTION, Units.words("%", ""), "43 %", Range.from0("1,000,000 %", 1e6)),
    /** A number of anything that a report counts. */
    AMOUNT(
            "a plain number",
            BaseUnit.COUNT,
            Units.counted("", "nodes", "node", "GPUs", "GPU"),
            "128",
            Range.from0("1e18", 1e18));

    private final String description;
    private final BaseUnit baseUnit;
    private final Units units;
    private final String example;
    private final Range range;

    Dimension(String description, BaseUnit baseUnit, Units units, String example, Range range) {
        this.description = description;
        this.baseUnit = baseUnit;
        this.units = units;
        this.example = example;
        this.range = range;
    }

    /** What is believed, in base units; {@code said} is how messages put it. */
    record Range(String said, double low, double high, boolean lowAllowed, boolean whole) {
        static Range above0(String highSaid, double high) {
            return new Range("more than 0, at most " + highSaid, 0, high, false, false);
        }

        /** Money is kept in whole micro-dollars, and what rounds to none of them is no price. */
        static Range paid(String highSaid, double high) {
            return new Range(
                    "more than 0 when rounded to micro-dollars, at most " + highSaid, 0.5e-6, high, true, false);
        }

        static Range from0(String highSaid, double high) {
            return new Range("at least 0, at most " + highSaid, 0, high, true, false);
        }

        static Range from1(String highSaid, double high) {
            return new Range("at least 1, at most " + highSaid, 1, high, true, false);
        }

        Range inWholeNumbers() {
            return new Range(said, low, high, lowAllowed, true);
        }

        boolean holds(double value) {
            return value <= high && (lowAllowed ? value >= low : value > low);
        }
    }

    /** With its article, for "expected …". */
    String description() {
        return description;
    }

    BaseUnit baseUnit() {
        return baseUnit;
    }

    Units units() {
        return units;
    }

    String example() {
        return example;
    }

    Range range() {
        return range;
    }

    /** Written with a dollar sign or USD; such values are what a shell likes to eat. */
    boolean isMoney() {
        return this == MONEY
                || this == RENT
                || this == ENERGY_PRICE
                || this == COLOCATION
                || this == PRICE_PER_GPU
                || this == PRICE_PER_NODE;
    }

    /** The dimension that does know a unit, for a message about mixing them up. */
    static Optional<Dimension> of(String unit) {
        for (Dimension dimension : values()) {
            if (!unit.isEmpty() && dimension.units.factor(unit).isPresent()) {
                return Optional.of(dimension);
            }
        }
        return Optional.empty();
    }
}
