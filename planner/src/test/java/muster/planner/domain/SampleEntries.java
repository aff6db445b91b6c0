package muster.planner.domain;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Small entries for tests that need a model or a stack but nothing of its numbers. */
public final class SampleEntries {
    private SampleEntries() {}

    /** One dense layer of 8 numbers, 4 heads of which two share a key and a value. */
    public static Architecture architecture() {
        return new Architecture(
                1, 8, 16, false, 0, new Attention.Grouped(4, 2, 2), 1, 32, true, Architecture.Experts.NONE, false, 0);
    }

    public static Model model(String name, String label, Map<String, Figure> figures) {
        return new Model(name, label, architecture(), figures, Map.of());
    }

    /** A stack that does the formats on Hopper, everything at half of its rate and nothing overlapped. */
    public static Stack stack(String name, String label, Set<Precision> precisions, Origin origin) {
        Figure half = new Figure(0.5, BaseUnit.FRACTION, origin);
        Figure none = new Figure(0, BaseUnit.FRACTION, origin);
        Figure zero = new Figure(0, BaseUnit.COUNT, origin);
        return new Stack(
                name,
                label,
                Optional.empty(),
                precisions,
                Set.of(Parallelism.values()),
                Set.of(Schedule.ONE_FORWARD_ONE_BACKWARD),
                Set.of(0, 1),
                true,
                false,
                Map.of(
                        "hopper",
                        new Efficiency(
                                Map.of(Precision.BF16, half),
                                half,
                                half,
                                half,
                                half,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty())),
                new Stack.Overlap(none, none, none, none, none),
                new Stack.StateBytes(bytes(2, origin), bytes(4, origin), bytes(12, origin)),
                new Stack.Exchange(Map.of(), Map.of(), zero, zero),
                Map.of(),
                new Figure(0, BaseUnit.SECONDS, origin),
                bytes(1e9, origin),
                List.of(),
                new Stack.Habits(true, false, true, 1, Optional.empty()),
                Map.of(),
                "",
                Map.of(),
                Map.of(
                        "precisions",
                        new Trait(
                                precisions.stream().sorted().map(Precision::key).toList(), origin)));
    }

    public static Gpu gpu(String name, String generation, Precision precision, Origin origin) {
        return new Gpu(
                name,
                name,
                generation,
                Map.of(precision, new Figure(1e15, BaseUnit.FLOPS_PER_SECOND, origin)),
                bytes(80e9, origin),
                new Figure(3.35e12, BaseUnit.BYTES_PER_SECOND, origin),
                new Figure(200e9, BaseUnit.BYTES_PER_SECOND, origin),
                new Figure(700, BaseUnit.WATTS, origin),
                Optional.empty(),
                Map.of("generation", new Trait(List.of(generation), origin)));
    }

    private static Figure bytes(double value, Origin origin) {
        return new Figure(value, BaseUnit.BYTES, origin);
    }
}
