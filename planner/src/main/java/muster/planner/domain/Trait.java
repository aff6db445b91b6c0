package muster.planner.domain;

import java.util.List;

/** What an entry says in words instead of numbers, such as a kind of attention or a list of schedules, and its origin. */
public record Trait(List<String> words, Origin origin) {
    public Trait {
        words = List.copyOf(words);
    }
}
