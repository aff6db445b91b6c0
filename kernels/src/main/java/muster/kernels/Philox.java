package muster.kernels;

/**
 * Philox4x32-10: random numbers by counter (Salmon et al. 2011, doi:10.1145/2063384.2063405). Any number is computed from
 * its index alone, in any order, on any machine.
 */
final class Philox {
    private static final int ROUNDS = 10;
    private static final long MULTIPLIER_0 = 0xD2511F53L;
    private static final long MULTIPLIER_1 = 0xCD9E8D57L;
    private static final int WEYL_0 = 0x9E3779B9;
    private static final int WEYL_1 = 0xBB67AE85;

    private Philox() {}

    /**
     * Ten rounds, in place.
     *
     * @param counter shape [4], in and out
     */
    static void encrypt(int[] counter, int key0, int key1) {
        for (int round = 0; round < ROUNDS; round++) {
            long product0 = MULTIPLIER_0 * Integer.toUnsignedLong(counter[0]);
            long product1 = MULTIPLIER_1 * Integer.toUnsignedLong(counter[2]);
            counter[0] = (int) (product1 >>> 32) ^ counter[1] ^ key0 + round * WEYL_0;
            counter[1] = (int) product1;
            counter[2] = (int) (product0 >>> 32) ^ counter[3] ^ key1 + round * WEYL_1;
            counter[3] = (int) product0;
        }
    }

    /**
     * 64 random bits of a stream.
     *
     * @param seed the key: every seed is a generator of its own
     * @param stream a hash of what is drawn for, so that other draws change nothing
     * @param index from 0
     * @param half 0 or 1: each counter gives two
     */
    static long bits(long seed, long stream, int index, int half) {
        int[] counter = {index, 0, (int) stream, (int) (stream >>> 32)};
        encrypt(counter, (int) seed, (int) (seed >>> 32));
        return Integer.toUnsignedLong(counter[2 * half]) | (long) counter[2 * half + 1] << 32;
    }

    /** The upper 52 bits as a number strictly between 0 and 1, in the middle of its 2^52 parts: exact. */
    static double uniform(long bits) {
        return Double.longBitsToDouble(0x3FF0000000000000L | bits >>> 12) - (1.0 - 0x1p-53);
    }
}
