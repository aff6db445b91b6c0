package muster.planner.domain;

/** How far a figure can be trusted: read in the source, read with doubts, or recalled and estimated. */
public enum Confidence {
    HIGH,
    MEDIUM,
    LOW
}
