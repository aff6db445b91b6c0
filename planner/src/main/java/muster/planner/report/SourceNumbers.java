package muster.planner.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Numbers for sources, in the order in which a report names them; long addresses then stand once. */
final class SourceNumbers {
    private final List<String> sources = new ArrayList<>();

    /** {@return the source's number in brackets} */
    String of(String source) {
        if (!sources.contains(source)) {
            sources.add(source);
        }
        return "[%d]".formatted(sources.indexOf(source) + 1);
    }

    String of(Collection<String> several) {
        return several.stream().distinct().map(this::of).collect(Collectors.joining(" "));
    }

    /** {@return the sources with their numbers} */
    Block.Items list() {
        return new Block.Items(IntStream.range(0, sources.size())
                .mapToObj(index -> "[%d] %s".formatted(index + 1, sources.get(index)))
                .toList());
    }

    boolean isEmpty() {
        return sources.isEmpty();
    }
}
