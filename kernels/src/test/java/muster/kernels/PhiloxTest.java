package muster.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhiloxTest {
    /** The known answers that its authors publish with it (Random123, philox4x32 of 10 rounds). */
    @ParameterizedTest
    @CsvSource({
        "00000000 00000000 00000000 00000000, 00000000 00000000, 6627e8d5 e169c58d bc57ac4c 9b00dbd8",
        "ffffffff ffffffff ffffffff ffffffff, ffffffff ffffffff, 408f276d 41c83b0e a20bc7c6 6d5451fd",
        "243f6a88 85a308d3 13198a2e 03707344, a4093822 299f31d0, d16cfe09 94fdcceb 5001e420 24126ea1",
    })
    void itGivesTheKnownAnswers(String counter, String key, String expected) {
        int[] words = words(counter);
        int[] keys = words(key);
        Philox.encrypt(words, keys[0], keys[1]);
        assertThat(words).containsExactly(words(expected));
    }

    @Test
    void bitsAreWordsOfTheCounterOfIndexAndStream() {
        int[] counter = {7, 0, 0x89abcdef, 0x01234567};
        Philox.encrypt(counter, 0xddccbbaa, 0x12ffee00);
        long seed = 0x12ffee00ddccbbaaL;
        long stream = 0x0123456789abcdefL;
        assertThat(Philox.bits(seed, stream, 7, 0))
                .isEqualTo(Integer.toUnsignedLong(counter[0]) | (long) counter[1] << 32);
        assertThat(Philox.bits(seed, stream, 7, 1))
                .isEqualTo(Integer.toUnsignedLong(counter[2]) | (long) counter[3] << 32);
    }

    @Test
    void uniformsLieInsideZeroAndOneExactly() {
        assertThat(Philox.uniform(0)).isEqualTo(0x1p-53);
        assertThat(Philox.uniform(-1L)).isEqualTo(1.0 - 0x1p-53);
        assertThat(Philox.uniform(Long.MIN_VALUE)).isEqualTo(0.5 + 0x1p-53);
    }

    private static int[] words(String hexadecimal) {
        return Arrays.stream(hexadecimal.trim().split(" "))
                .mapToInt(word -> Integer.parseUnsignedInt(word, 16))
                .toArray();
    }
}
