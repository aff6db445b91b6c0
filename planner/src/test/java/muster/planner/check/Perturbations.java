package muster.planner.check;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import muster.planner.domain.Acquisition;
import muster.planner.domain.FleetChoice;
import muster.planner.domain.Job;
import muster.planner.domain.Layout;
import muster.planner.domain.LayoutEstimate;
import muster.planner.domain.Plan;
import muster.planner.domain.Pool;
import muster.planner.domain.Schedule;
import muster.planner.domain.Site;

/** Every plan that differs from a given one in a single field, found by reflection so that no new field escapes. */
final class Perturbations {
    /** Rounded quantities may differ by one unit per job. */
    private static final long UNITS = 5;

    record Perturbed(String path, Object value) {}

    private Perturbations() {}

    static List<Perturbed> of(Plan plan) {
        return changes("plan", plan).toList();
    }

    private static Stream<Perturbed> changes(String path, Object value) {
        return switch (value) {
            case Integer count -> Stream.of(count + 1, count - 1).map(other -> new Perturbed(path, other));
            case Long units -> Stream.of(units + UNITS, units - UNITS).map(other -> new Perturbed(path, other));
            case Double number ->
                Stream.of(number + Math.max(1e-5, Math.abs(number) * 1e-6), -1 - number, Double.NaN)
                        .map(other -> new Perturbed(path, other));
            case Boolean flag -> Stream.of(new Perturbed(path, !flag));
            case OptionalLong units ->
                Stream.of(
                                units.isPresent() ? OptionalLong.empty() : OptionalLong.of(0),
                                OptionalLong.of(units.orElse(0) + UNITS))
                        .map(other -> new Perturbed(path, other));
            case Optional<?> optional -> optionals(path, optional);
            case String text -> Stream.of(new Perturbed(path, text + " changed"));
            case Layout.Recompute recompute ->
                Arrays.stream(Layout.Recompute.values())
                        .filter(other -> other != recompute)
                        .map(other -> new Perturbed(path, other));
            case Schedule schedule ->
                Arrays.stream(Schedule.values())
                        .filter(other -> other != schedule)
                        .map(other -> new Perturbed(path, other));
            case Acquisition acquisition ->
                Arrays.stream(Acquisition.values())
                        .filter(other -> other != acquisition)
                        .map(other -> new Perturbed(path, other));
            case Job job -> Stream.of(new Perturbed(path, with(job, "name", job.name() + " renamed")));
            case Pool pool -> Stream.of(new Perturbed(path, with(pool, "name", pool.name() + " renamed")));
            case Site site -> Stream.of(new Perturbed(path, with(site, "name", site.name() + " renamed")));
            case FleetChoice choice -> choices(path, choice);
            case List<?> list -> lists(path, list);
            case Record parent -> components(path, parent);
            default -> throw new IllegalArgumentException("No perturbation of " + path + " = " + value);
        };
    }

    private static Stream<Perturbed> optionals(String path, Optional<?> optional) {
        if (optional.isEmpty()) {
            return Stream.of(new Perturbed(path, Optional.of(anyStep(path))));
        }
        return Stream.concat(
                Stream.of(new Perturbed(path, Optional.empty())),
                changes(path, optional.get()).map(inner -> new Perturbed(inner.path(), Optional.of(inner.value()))));
    }

    /** Jobs with stated rates have no steps: any step is one too many. */
    private static Object anyStep(String path) {
        if (path.endsWith(".interruption")) {
            return new Plan.Interruption(1, 0.1);
        }
        LayoutEstimate estimate = new LayoutEstimate(
                new Layout(1, 1, 1, 8, 1, 1, 1, Layout.Recompute.NONE, 0),
                Schedule.ONE_FORWARD_ONE_BACKWARD,
                1,
                1,
                1,
                1,
                "",
                1,
                1,
                new LayoutEstimate.Breakdown(1, 0, 0, 0, 0, 0, 0, 0, 0, 0));
        return path.contains(".pools[") ? new Plan.PoolStep(estimate, 8, 1) : new Plan.JobStep(1, 0, 1);
    }

    private static Stream<Perturbed> choices(String path, FleetChoice choice) {
        List<Perturbed> changed = new ArrayList<>();
        for (int j = 0; j < choice.startMicros().length; j++) {
            for (int step : new int[] {-1, 1}) {
                long[] starts = choice.startMicros();
                starts[j] += step;
                changed.add(new Perturbed(
                        "%s.startMicros[%d]".formatted(path, j),
                        new FleetChoice(
                                choice.nodes(),
                                starts,
                                choice.boughtNodes(),
                                choice.reservedNodes(),
                                choice.spotNodes())));
                for (int p = 0; p < choice.nodes()[j].length; p++) {
                    int[][] nodes = choice.nodes();
                    nodes[j][p] += step;
                    changed.add(new Perturbed(
                            "%s.nodes[%d][%d]".formatted(path, j, p),
                            new FleetChoice(
                                    nodes,
                                    choice.startMicros(),
                                    choice.boughtNodes(),
                                    choice.reservedNodes(),
                                    choice.spotNodes())));
                    int[][] spot = choice.spotNodes();
                    spot[j][p] += step;
                    changed.add(new Perturbed(
                            "%s.spotNodes[%d][%d]".formatted(path, j, p),
                            new FleetChoice(
                                    choice.nodes(),
                                    choice.startMicros(),
                                    choice.boughtNodes(),
                                    choice.reservedNodes(),
                                    spot)));
                }
            }
        }
        for (int p = 0; p < choice.boughtNodes().length; p++) {
            for (int step : new int[] {-1, 1}) {
                int[] bought = choice.boughtNodes();
                bought[p] += step;
                changed.add(new Perturbed(
                        "%s.boughtNodes[%d]".formatted(path, p),
                        new FleetChoice(
                                choice.nodes(),
                                choice.startMicros(),
                                bought,
                                choice.reservedNodes(),
                                choice.spotNodes())));
                int[] reserved = choice.reservedNodes();
                reserved[p] += step;
                changed.add(new Perturbed(
                        "%s.reservedNodes[%d]".formatted(path, p),
                        new FleetChoice(
                                choice.nodes(),
                                choice.startMicros(),
                                choice.boughtNodes(),
                                reserved,
                                choice.spotNodes())));
            }
        }
        return changed.stream();
    }

    private static Stream<Perturbed> lists(String path, List<?> list) {
        return IntStream.range(0, list.size()).boxed().flatMap(at -> {
            List<Object> shorter = new ArrayList<>(list);
            shorter.remove(at.intValue());
            List<Object> longer = new ArrayList<>(list);
            longer.add(list.get(at));
            Stream<Perturbed> elements = changes("%s[%d]".formatted(path, at), list.get(at))
                    .map(element -> {
                        List<Object> changed = new ArrayList<>(list);
                        changed.set(at, element.value());
                        return new Perturbed(element.path(), changed);
                    });
            return Stream.concat(
                    Stream.of(
                            new Perturbed("%s without [%d]".formatted(path, at), shorter),
                            new Perturbed("%s with [%d] twice".formatted(path, at), longer)),
                    elements);
        });
    }

    private static Stream<Perturbed> components(String path, Record parent) {
        return Arrays.stream(parent.getClass().getRecordComponents())
                .flatMap(component -> changes(path + "." + component.getName(), read(component, parent))
                        .flatMap(changed -> possible(parent, component.getName(), changed)));
    }

    /** A record that refuses the value needs no judge. */
    private static Stream<Perturbed> possible(Record parent, String component, Perturbed changed) {
        try {
            return Stream.of(new Perturbed(changed.path(), with(parent, component, changed.value())));
        } catch (IllegalArgumentException refused) {
            return Stream.empty();
        }
    }

    private static Object read(RecordComponent component, Record parent) {
        try {
            return component.getAccessor().invoke(parent);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("Cannot read " + component, e);
        }
    }

    private static Record with(Record parent, String changedName, Object changed) {
        RecordComponent[] components = parent.getClass().getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] values = Arrays.stream(components)
                .map(component -> component.getName().equals(changedName) ? changed : read(component, parent))
                .toArray();
        try {
            return parent.getClass().getDeclaredConstructor(types).newInstance(values);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException("Cannot change %s of %s".formatted(changedName, parent), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Cannot change %s of %s".formatted(changedName, parent), e);
        }
    }
}
