package muster.planner.domain;

import java.util.Optional;

/** What a plan must keep; each optional, each always enforced. */
public record Limits(Optional<Figure> deadlineSeconds, Optional<Figure> budgetUsd, Optional<Figure> powerWatts) {}
