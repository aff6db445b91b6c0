package muster.planner.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import muster.planner.domain.ClaimAnswer.Clash;
import muster.planner.domain.Interval;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class PropagationTest {
    private static final Equation COST = product("cost", List.of("hours", "price"), List.of());
    private static final Equation RATE = product("rate", List.of("tokens"), List.of("hours"));
    private static final Equation HOURS = new Equation.Sum("hours", "", List.of(), "hours", List.of("first", "second"));
    private static final List<Equation> ALL = List.of(COST, RATE, HOURS);

    private static Equation product(String output, List<String> numerators, List<String> denominators) {
        return new Equation.Product(output, "", List.of(), output, Interval.exactly(1), numerators, denominators);
    }

    @Test
    void productsAndSumsAreSolvedForEachFigure() {
        Map<String, Interval> values = new Propagation(ALL)
                .narrow(Map.of(
                        "cost", Interval.exactly(12),
                        "price", Interval.exactly(2),
                        "first", Interval.exactly(4),
                        "rate", Interval.exactly(5)))
                .orElseThrow();
        assertThat(values.get("hours")).isEqualTo(Interval.exactly(6));
        assertThat(values.get("second")).isEqualTo(Interval.exactly(2));
        assertThat(values.get("tokens")).isEqualTo(Interval.exactly(30));
    }

    @Test
    void whatIsNotStatedStaysOpen() {
        Map<String, Interval> values = new Propagation(ALL)
                .narrow(Map.of("cost", Interval.exactly(12)))
                .orElseThrow();
        assertThat(values.getOrDefault("hours", Interval.ANY)).isEqualTo(Interval.ANY);
    }

    @Test
    void aPartLargerThanItsWholeLeavesNothing() {
        assertThat(new Propagation(ALL).narrow(Map.of("hours", Interval.exactly(3), "first", Interval.exactly(4))))
                .isEmpty();
    }

    @Test
    void theSmallestClashIsFoundAmongFiguresThatAgree() {
        Map<String, Interval> stated = new LinkedHashMap<>();
        stated.put("tokens", Interval.exactly(60));
        stated.put("first", Interval.exactly(4));
        stated.put("second", Interval.exactly(2));
        stated.put("rate", Interval.exactly(10));
        stated.put("price", Interval.exactly(2));
        stated.put("cost", Interval.exactly(7));
        // 4 h alone cost $8, more than $7, whatever else is true.
        assertThat(new ClashFinder(ALL, Map.of(), stated).find())
                .containsExactly(new Clash(List.of("first", "price", "cost"), true));
        stated.put("cost", Interval.exactly(12));
        assertThat(new ClashFinder(ALL, Map.of(), stated).find()).isEmpty();
    }

    @Test
    void figuresApartClashApart() {
        Map<String, Interval> stated = new LinkedHashMap<>();
        stated.put("hours", Interval.exactly(3));
        stated.put("first", Interval.exactly(4));
        stated.put("price", Interval.exactly(2));
        stated.put("cost", Interval.exactly(100));
        List<Clash> clashes = new ClashFinder(ALL, Map.of(), stated).find();
        assertThat(clashes).containsExactly(new Clash(List.of("hours", "first"), true));
    }

    /** Whatever the true values are, intervals that hold them keep holding them. */
    @Property(tries = 300)
    void narrowingNeverLosesTheTruth(
            @ForAll @DoubleRange(min = 0.01, max = 1e9) double first,
            @ForAll @DoubleRange(min = 0.01, max = 1e9) double second,
            @ForAll @DoubleRange(min = 0.01, max = 1e6) double price,
            @ForAll @DoubleRange(min = 0.01, max = 1e12) double tokens,
            @ForAll @DoubleRange(min = 0, max = 0.5) double doubt) {
        double hours = first + second;
        Map<String, Double> truth = Map.of(
                "first", first,
                "second", second,
                "hours", hours,
                "price", price,
                "cost", hours * price,
                "tokens", tokens,
                "rate", tokens / hours);
        Map<String, Interval> given = new LinkedHashMap<>();
        truth.forEach((name, value) -> given.put(name, Interval.exactly(value).widened(doubt)));
        Map<String, Interval> narrowed = new Propagation(ALL).narrow(given).orElseThrow();
        truth.forEach((name, value) -> {
            assertThat(narrowed.get(name).low()).as(name).isLessThanOrEqualTo(value * (1 + 1e-8));
            assertThat(narrowed.get(name).high()).as(name).isGreaterThanOrEqualTo(value * (1 - 1e-8));
        });
    }

    @Test
    void intervalsKeepOpenAndEmptyEnds() {
        assertThat(Interval.atLeast(2).times(Interval.exactly(3))).isEqualTo(Interval.atLeast(6));
        assertThat(Interval.exactly(6).over(Interval.atLeast(2))).isEqualTo(new Interval(0, 3));
        assertThat(Interval.exactly(6).over(Interval.ANY)).isEqualTo(Interval.ANY);
        assertThat(Interval.exactly(0).times(Interval.ANY)).isEqualTo(Interval.exactly(0));
        assertThat(Interval.exactly(5).minus(Interval.atLeast(2)).high()).isCloseTo(3, within(0.0));
        assertThat(Interval.exactly(1).intersect(Interval.exactly(2)).isEmpty()).isTrue();
        assertThat(Interval.exactly(1).intersect(Interval.exactly(1 + 1e-12)).isEmpty())
                .isFalse();
    }
}
