package muster.kernels;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;

/** Shapes and points to compute with: by hand, at random, at the ends of the domain. */
final class TestShapes {
    static final Set<String> COUNTS = Set.of(
            "layers",
            "bubbleStages",
            "coldStages",
            "contextRanks",
            "expertRanks",
            "expertSpan",
            "inFlightStages",
            "inFlightChunks",
            "inFlightExtra");

    private TestShapes() {}

    static LayoutShapeBuilder byHand() {
        return new LayoutShapeBuilder()
                .layers(4)
                .forwardSeconds(1)
                .backwardSeconds(2)
                .edgeSeconds(2)
                .bubbleSeconds(3)
                .coldSeconds(0.5)
                .coldStages(1)
                .sendSeconds(0.25)
                .denseReduceSeconds(4)
                .edgeReduceSeconds(8)
                .expertReduceSeconds(6)
                .reduceOverlapFraction(0.5)
                .gatherSeconds(0.5)
                .denseOptimizerSeconds(2)
                .edgeOptimizerSeconds(4)
                .expertOptimizerSeconds(3)
                .optimizerSharded(true)
                .fixedSeconds(7)
                .contextRanks(2)
                .expertRanks(8)
                .expertSpan(4)
                .denseStaticBytes(10)
                .expertStaticBytes(20)
                .denseShardedBytes(40)
                .expertShardedBytes(60)
                .activationBytes(8)
                .inFlightChunks(1)
                .inFlightExtra(0.5)
                .edgeShardedBytes(16)
                .edgeStaticBytes(3)
                .transientBytes(5);
    }

    /** Every count one value, every amount another; the fraction is 1. */
    static LayoutShape uniform(double amount, double count, boolean sharded) {
        return of(name -> switch (name) {
            case "optimizerSharded" -> sharded;
            case "reduceOverlapFraction" -> 1.0;
            default -> COUNTS.contains(name) ? count : amount;
        });
    }

    /** Amounts over twelve decades, one in eight of them 0. */
    static LayoutShape random(Random random) {
        return of(name -> switch (name) {
            case "optimizerSharded" -> random.nextBoolean();
            case "reduceOverlapFraction" -> random.nextDouble();
            default ->
                COUNTS.contains(name)
                        ? 1.0 + random.nextInt(100)
                        : random.nextInt(8) == 0 ? 0.0 : Math.pow(10.0, 12.0 * random.nextDouble() - 6.0);
        });
    }

    /** A shape whose components are given by name. */
    static LayoutShape of(Function<String, Object> value) {
        try {
            RecordComponent[] components = LayoutShape.class.getRecordComponents();
            Constructor<LayoutShape> constructor = LayoutShape.class.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            return constructor.newInstance(Arrays.stream(components)
                    .map(component -> value.apply(component.getName()))
                    .toArray());
        } catch (ReflectiveOperationException e) {
            if (e.getCause() instanceof IllegalArgumentException refused) {
                throw refused;
            }
            throw new IllegalStateException(e);
        }
    }

    static double[] randomPoint(Random random) {
        return random.doubles(5, 0.0, 4.0)
                .map(exponent -> Math.floor(Math.pow(10.0, exponent)))
                .toArray();
    }

    static LayoutPoints randomPoints(Random random, int count) {
        double[][] columns = new double[5][count];
        for (int i = 0; i < count; i++) {
            double[] point = randomPoint(random);
            for (int c = 0; c < 5; c++) {
                columns[c][i] = point[c];
            }
        }
        return points(columns);
    }

    static LayoutPoints repeated(double[] point, int count) {
        double[][] columns = new double[5][count];
        for (int c = 0; c < 5; c++) {
            Arrays.fill(columns[c], point[c]);
        }
        return points(columns);
    }

    static LayoutPoints points(double[][] columns) {
        return new LayoutPoints(columns[0], columns[1], columns[2], columns[3], columns[4]);
    }
}
