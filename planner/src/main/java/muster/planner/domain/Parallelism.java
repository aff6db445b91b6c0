package muster.planner.domain;

/** Ways to spread a model over GPUs besides data parallelism, which every stack has. */
public enum Parallelism {
    TENSOR("tensor"),
    PIPELINE("pipeline"),
    CONTEXT("context"),
    EXPERT("expert");

    private final String key;

    Parallelism(String key) {
        this.key = key;
    }

    public String key() {
        return key;
    }
}
