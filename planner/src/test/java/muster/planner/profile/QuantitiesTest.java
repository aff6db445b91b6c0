package muster.planner.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantitiesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TIME | 60 d | 5184000",
                "TIME | 90min | 5400",
                "TIME | 2 weeks | 1209600",
                "TIME | 1 y | 31536000",
                "TIME_FROM_START | 0 d | 0",
                "MONEY | $6 M | 6e6",
                "MONEY | 6 M USD | 6e6",
                "MONEY | $250 k | 250000",
                "MONEY | $5.576M | 5576000",
                "RENT | $2.00 /GPU/h | 2",
                "RENT | 2.00 USD/GPU/h | 2",
                "RENT | $2/GPU-hour | 2",
                "RENT | 5e-7 USD/GPU/h | 5e-7",
                "TIME | 1e0002 d | 8640000",
                "ENERGY_PRICE | $0.07 /kWh | 0.07",
                "ENERGY_PRICE | 70 USD/MWh | 0.07",
                "POWER | 3 MW | 3e6",
                "POWER | 10.2 kW | 10200",
                "TOKENS | 14.8 T tokens | 14.8e12",
                "TOKENS | 500 M tokens | 5e8",
                "TOKEN_RATE | 1543 tokens/s/GPU | 1543",
                "TOKEN_RATE | 1.543 k tokens/s/GPU | 1543",
                "BYTES | 80 GB | 80e9",
                "BYTES | 80 GiB | 85899345920",
                "BYTES_PER_SECOND | 400 Gbit/s | 50e9",
                "BYTES_PER_SECOND | 3.35 TB/s | 3.35e12",
                "FLOPS_PER_SECOND | 989 TFLOP/s | 989e12",
                "CARBON | 500 g/kWh | 0.5",
                "CARBON | 0.5 kg/kWh | 0.5",
                "NODES | 256 nodes | 256",
                "SEQUENCES | 15360 sequences | 15360",
                "SEQUENCE_TOKENS | 4096 | 4096",
                "SEQUENCE_TOKENS | 4096 tokens | 4096",
                "PARAMETERS | 671 B parameters | 671e9",
                "PERCENT | 0.1% | 0.1",
                "POWER_USAGE_EFFECTIVENESS | 1.25 | 1.25",
            })
    void quantitiesBecomeBaseUnits(Dimension dimension, String text, double expected) throws QuantityException {
        assertThat(QuantityText.parse(text, dimension)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TIME | 75 | (75) has no unit; expected a time. | 75 d, or 75 h.",
                "MONEY | 6 | (6) has no unit; expected an amount of money. | $6 M, or $6.",
                "POWER | 3 mw | (3 mw) has an unknown unit (mw). | 3 MW.",
                "POWER | 3 d | (3 d) is a time; expected a power. | write it like 700 W, or 3 MW.",
                "MONEY | 6 M | (6 M) has no currency. | $6 M; on a command line in single quotes, else the shell replaces $6.",
                "TOKENS | 14.8 T | (14.8 T) has an unknown unit (T). | 14.8 T tokens.",
                "NODES | 256 | (256) has no unit; expected a number of nodes. | 256 nodes.",
                "NODES | 1.5 nodes | (1.5 nodes) must be a whole number. | a value like 256 nodes.",
                "NODES | 0 nodes | (0 nodes) is out of range: more than 0, at most 1,000,000 nodes. | a value like 256 nodes.",
                "NODES | 2000000 nodes | (2000000 nodes) is out of range: more than 0, at most 1,000,000 nodes. | a value like 256 nodes.",
                "TIME | -3 d | (-3 d) is negative; the range is more than 0, at most 1000 y. | 3 d.",
                "TIME | .nan | (.nan) is not a finite number. | write 60 d, or 36 h.",
                "TIME | inf d | (inf d) is not a finite number. | write 60 d, or 36 h.",
                "TIME | 1e999 d | (1e999 d) is out of range: more than 0, at most 1000 y. | a value like 60 d, or 36 h.",
                "TIME | 0x10 d | (0x10 d) does not start with a decimal number. | write 60 d, or 36 h.",
                "TOKENS | 0x10 tokens | (0x10 tokens) does not start with a decimal number. | write 14.8 T tokens.",
                "TOKENS | 1e999999999 tokens | (1e999999999 tokens) is a number too large; the range is more than 0, at most 1e18 tokens. | a value like 14.8 T tokens.",
                "TIME | 1e-99999 d | (1e-99999 d) is a number too small; the range is more than 0, at most 1000 y. | a value like 60 d, or 36 h.",
                "MONEY | -0 USD | (-0 USD) is negative; the range is more than 0, at most $1 T. | a value like $6 M, or 6 M USD.",
                "TIME | -3 | (-3) is negative; the range is more than 0, at most 1000 y. | 3 d, or 3 h.",
                "MONEY | 6,000,000 | (6,000,000) has separators in its number. | $6000000 M, or $6000000.",
                "RENT | 0.4e-6 USD/GPU/h | (0.4e-6 USD/GPU/h) is out of range: more than 0 when rounded to micro-dollars, at most $1 M /GPU/h. | a value like $2.00 /GPU/h.",
                "TOKENS | 1_000 tokens | (1_000 tokens) has separators in its number. | 1000 tokens.",
                "TOKEN_RATE | 1,543 tokens/s/GPU | (1,543 tokens/s/GPU) has separators in its number. | 1543 tokens/s/GPU.",
                "TOKEN_RATE | 1543 token/s/gpu | (1543 token/s/gpu) has an unknown unit (token/s/gpu). | 1543 token/s/GPU.",
                "BYTES | 80 Gb | (80 Gb) has an unknown unit (Gb). | 80 GB.",
            })
    void refusalsNameTheValueAndAWayOut(Dimension dimension, String text, String message, String maybe) {
        assertThatThrownBy(() -> QuantityText.parse(text, dimension))
                .isInstanceOfSatisfying(QuantityException.class, e -> {
                    assertThat(e).hasMessage(message);
                    assertThat(e.maybe().orElse(null)).isEqualTo(maybe);
                });
    }

    /** What reaches us of {@code budget=$6 M} and {@code rent=$2.00 /GPU/h} in double quotes. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "MONEY | \" M\" | '$6 M'",
                "RENT | .00 /GPU/h | '$2.00 /GPU/h'",
                "RENT | \" /GPU/h\" | '$2.00 /GPU/h'",
                "MONEY | \"\" | '$6 M'",
                "ENERGY_PRICE | bash.07 /kWh | '$0.07 /kWh'",
                "ENERGY_PRICE | /usr/bin/zsh.07 /kWh | '$0.07 /kWh'"
            })
    void whatTheShellLeftOfAPriceIsRecognised(Dimension dimension, String text, String quoted) {
        assertThatThrownBy(() -> QuantityText.parse(text, dimension))
                .isInstanceOfSatisfying(
                        QuantityException.class,
                        e -> assertThat(e.maybe().orElseThrow())
                                .contains("use single quotes")
                                .contains(quoted));
    }

    @Test
    void commandLineOptionsReadSecondsAndPercent() throws QuantityException {
        assertThat(Quantities.seconds("10s")).isEqualTo(10);
        assertThat(Quantities.seconds("2 min")).isEqualTo(120);
        assertThat(Quantities.percent("0.1%")).isCloseTo(0.1, within(0.0));
        assertThatThrownBy(() -> Quantities.seconds("10"))
                .isInstanceOfSatisfying(
                        QuantityException.class, e -> assertThat(e.maybe()).contains("10 s, or 10 min."));
    }

    @Test
    void hugeTextsAreNoQuantities() {
        assertThatThrownBy(() -> QuantityText.parse("9".repeat(1_000_000), Dimension.MONEY))
                .isInstanceOf(QuantityException.class)
                .hasMessageEndingWith("is too long for an amount of money.");
    }
}
