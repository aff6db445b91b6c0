package muster.kernels;

import java.util.Arrays;

/** The one argument of a kernel: fields of 8 bytes, in the order of its structure in {@code kernels.cu}. */
final class CudaArguments {
    private long[] words = new long[40];
    private int count;

    CudaArguments add(double value) {
        return add(Double.doubleToRawLongBits(value));
    }

    /** A whole number, or an address on the GPU; 0 is none. */
    CudaArguments add(long value) {
        if (count == words.length) {
            words = Arrays.copyOf(words, 2 * count);
        }
        words[count++] = value;
        return this;
    }

    long[] words() {
        return Arrays.copyOf(words, count);
    }
}
