package muster.planner.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Rounds parts so that, as printed, they still add up: what rounding leaves over goes to those it wronged most. */
final class RoundedParts {
    private RoundedParts() {}

    /** {@return the parts with this many decimal places, adding up to their sum with as many} */
    static List<BigDecimal> of(List<Double> parts, int places) {
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal roundedSum = BigDecimal.ZERO;
        List<BigDecimal> exact = new ArrayList<>();
        List<BigDecimal> rounded = new ArrayList<>();
        for (double part : parts) {
            BigDecimal value = new BigDecimal(part);
            BigDecimal down = value.setScale(places, RoundingMode.FLOOR);
            exact.add(value);
            rounded.add(down);
            sum = sum.add(value);
            roundedSum = roundedSum.add(down);
        }
        int missing = sum.setScale(places, RoundingMode.HALF_UP)
                .subtract(roundedSum)
                .unscaledValue()
                .intValueExact();
        List<Integer> byLoss = IntStream.range(0, parts.size())
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> exact.get(i).subtract(rounded.get(i)))
                        .reversed())
                .toList();
        BigDecimal unit = BigDecimal.ONE.movePointLeft(places);
        byLoss.stream()
                .limit(missing)
                .forEach(i -> rounded.set(i, rounded.get(i).add(unit)));
        return List.copyOf(rounded);
    }
}
