package muster.planner.perf;

import muster.planner.domain.Architecture;
import muster.planner.domain.Schedule;
import muster.planner.domain.Stack;

/** Where embedding and head lie. */
enum Ends {
    /** A single stage holds both. */
    TOGETHER,
    /** Each on an end stage, which has as many layers less: no stage waits for them. */
    SPREAD,
    /** The last of several stages has as many layers as the others and the head on top: then all wait for it. */
    HEAD_ON_LAST;

    /**
     * Stacks that deal out equal layers put the head on top where the layers divide; where they do not, the last stage has
     * fewer. Interleaved chunks are taken as even.
     */
    static Ends of(Stack stack, Architecture architecture, Schedule schedule, int stages) {
        if (stages == 1) {
            return TOGETHER;
        }
        boolean onTop = !stack.habits().evenStages()
                && schedule == Schedule.ONE_FORWARD_ONE_BACKWARD
                && architecture.layers() % stages == 0;
        return onTop ? HEAD_ON_LAST : SPREAD;
    }

    /** {@return weights of embedding and head on the stage that has most of them} */
    double parameters(Architecture architecture) {
        double embedding = architecture.embeddingParameters();
        double head = architecture.headParameters();
        return this == TOGETHER ? embedding + head : Math.max(embedding, head);
    }
}
