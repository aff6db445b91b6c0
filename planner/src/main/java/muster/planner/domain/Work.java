package muster.planner.domain;

/** What a job does with its model: learn from tokens, or write them. */
public sealed interface Work {
    /** The word of files: train or generate. */
    String kind();

    /** {@return the tokens that the job's rate counts: those trained on, or those written} */
    Figure tokens();

    /**
     * Optimizer steps over batches of sequences.
     *
     * @param tokens to train on
     */
    record Training(Figure tokens, Figure sequenceTokens, Figure batchSequences) implements Work {
        @Override
        public String kind() {
            return "train";
        }

        /** {@return tokens of one optimizer step} */
        public double tokensPerStep() {
            return batchSequences.value() * sequenceTokens.value();
        }
    }

    /**
     * Samples written token by token: rollouts of reinforcement learning, synthetic data.
     *
     * <p>Lengths are thought to be spread as a shifted exponential with this mean and this 99th percentile: 1 % are longer
     * than mean + (ln 100 − 1) × their standard deviation.
     *
     * @param promptTokens of each sample, computed before it is written
     * @param meanOutputTokens written per sample, on average
     * @param tailOutputTokens that 99 % of the samples do not exceed; between the mean and {@value #MOST_TAIL} times it
     */
    record Generation(Figure promptTokens, Figure meanOutputTokens, Figure tailOutputTokens, Figure samples)
            implements Work {
        /** Up to here a larger mean never lowers the mean square of lengths, so longer samples never take less time. */
        public static final int MOST_TAIL = 10;

        /** What the 99th percentile of an exponential lies above its mean, in standard deviations: ln 100 − 1. */
        private static final double TAIL_DEVIATIONS = Math.log(100) - 1;

        public Generation {
            double mean = meanOutputTokens.value();
            double tail = tailOutputTokens.value();
            if (!(tail >= mean && tail <= MOST_TAIL * mean)) {
                throw new IllegalArgumentException("The 99th percentile (%s) must be 1 to %d times the mean (%s)."
                        .formatted(tail, MOST_TAIL, mean));
            }
        }

        @Override
        public String kind() {
            return "generate";
        }

        /** {@return output tokens of all samples} */
        @Override
        public Figure tokens() {
            return new Figure(samples.value() * meanOutputTokens.value(), BaseUnit.TOKENS, samples.origin());
        }

        public Generation withSamples(Figure changed) {
            return new Generation(promptTokens, meanOutputTokens, tailOutputTokens, changed);
        }

        /**
         * {@return tokens before the one that a sample is writing, on average over all steps} The prompt and half of the
         * output, where all are as long: E[n²]/(2 E[n]) of it otherwise, since long samples are seen in more steps.
         */
        public double meanContextTokens() {
            double mean = meanOutputTokens.value();
            double deviation = (tailOutputTokens.value() - mean) / TAIL_DEVIATIONS;
            return promptTokens.value() + (mean + deviation * deviation / mean) / 2;
        }

        /** {@return tokens of a sample whose output is as long as the 99th percentile} */
        public double longestContextTokens() {
            return promptTokens.value() + tailOutputTokens.value();
        }

        /** {@return tokens that the longest samples write on after the mean one has ended} */
        public double tailTokens() {
            return tailOutputTokens.value() - meanOutputTokens.value();
        }
    }
}
