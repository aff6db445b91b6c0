package muster.planner.domain;

/**
 * How tokens become vectors of hidden size, and back.
 *
 * @param tied whether the output head uses the weights of the input embedding
 * @param learnedPositions positions with a learned vector; 0 where positions are rotary or computed
 */
public record Embedding(int vocabulary, boolean tied, int learnedPositions) {
    public Embedding {
        Architecture.require("vocabulary", vocabulary, 1);
        Architecture.require("learnedPositions", learnedPositions, 0);
    }
}
