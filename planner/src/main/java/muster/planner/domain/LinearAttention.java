package muster.planner.domain;

/**
 * Layers whose attention keeps a state in place of keys and values: per head a matrix of head size × head size, to which
 * each token adds key × value and from which it reads query × state (lightning attention; MiniMax-01, arXiv:2501.08313,
 * section 2.2). The heads' outputs are normalised and gated.
 *
 * @param layers how many of the model's layers; 0 where there are none
 */
public record LinearAttention(int layers, int heads, int headSize) {
    public static final LinearAttention NONE = new LinearAttention(0, 0, 0);

    public LinearAttention {
        Architecture.require("linearLayers", layers, 0);
        Architecture.require("linearHeads", heads, layers == 0 ? 0 : 1);
        Architecture.require("linearHeadSize", headSize, layers == 0 ? 0 : 1);
    }

    /** {@return weights of one layer that multiply a token} Query, key, value, gate and output: hidden × heads × size each. */
    public long matrixParameters(int hiddenSize) {
        return 5L * hiddenSize * heads * headSize;
    }

    /** {@return weights of the norm over the heads' outputs} */
    public long normParameters() {
        return (long) heads * headSize;
    }

    /**
     * {@return FLOP per token and layer, forward, at any sequence length} 2 × size² per head to add to the state and as
     * many to read from it. Blocks that kernels compute with scores instead are not counted: they are a choice of the kernel.
     */
    public double coreFlops() {
        return 4.0 * heads * headSize * headSize;
    }
}
