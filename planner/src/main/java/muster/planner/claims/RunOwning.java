package muster.planner.claims;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import muster.planner.cost.OwningCost;
import muster.planner.domain.Claim;
import muster.planner.domain.ClaimAnswer.Input;
import muster.planner.domain.ClaimAnswer.Owning;
import muster.planner.domain.Interval;
import muster.planner.domain.Node;
import muster.planner.domain.Yardsticks;

/** What the GPUs of a run cost when owned, by the yardsticks, and when owning is cheaper than the stated price. */
final class RunOwning {
    private RunOwning() {}

    /** Adds {@code usdPerGpuHourOwned}, {@code usdOwned} and {@code breakEvenUtilisationPercent}. */
    static Optional<Owning> add(Claim claim, Yardsticks yardsticks, Map<String, Interval> derived) {
        if (claim.gpu().isEmpty() || claim.node().isEmpty()) {
            return Optional.empty();
        }
        String gpu = claim.gpu().get().name();
        String servers = "owning.servers." + gpu;
        if (yardsticks.find(servers).isEmpty()) {
            return Optional.empty();
        }
        double gpus = claim.find("gpus").map(figure -> figure.nominal().high()).orElse(0.0);
        boolean small = gpus <= yardsticks.range("owning.twoLayerGpus").high();
        String topology = small ? "two-layer" : "three-layer";
        OwningCost.Terms terms =
                terms(yardsticks, servers, topology, claim.node().get());
        Map<String, Interval> perYear = OwningCost.usdPerGpuYear(terms);
        Interval utilisation = fraction(yardsticks, "owning.utilisation");
        Interval used = OwningCost.usdPerGpuHour(perYear, utilisation);
        derived.put("usdPerGpuHourOwned", used);
        Interval hours = derived.getOrDefault("gpuHours", Interval.ANY);
        if (hours.isKnown()) {
            derived.put("usdOwned", hours.times(used));
        }
        Interval price = derived.getOrDefault("usdPerGpuHour", Interval.ANY);
        Optional<Interval> breakEven = price.isKnown() && price.low() > 0
                ? Optional.of(OwningCost.breakEvenFraction(perYear, price))
                : Optional.empty();
        breakEven.ifPresent(found -> derived.put("breakEvenUtilisationPercent", found.times(100)));
        return Optional.of(new Owning(
                gpu,
                perYear,
                topology,
                utilisation,
                OwningCost.usdPerGpuHour(perYear, Interval.exactly(1)),
                used,
                breakEven,
                sources(yardsticks, servers, topology)));
    }

    private static OwningCost.Terms terms(Yardsticks yardsticks, String servers, String topology, Node node) {
        return new OwningCost.Terms(
                yardsticks.range(servers),
                yardsticks.range("owning.networks." + topology),
                yardsticks.range("owning.storage"),
                node.nameplatePowerWatts().value() / node.gpusPerNode().value(),
                node.gpusPerNode().asInt(),
                yardsticks.range("owning.colocation"),
                yardsticks.range("owning.energyPrice"),
                yardsticks.range("owning.pue"),
                fraction(yardsticks, "owning.load"),
                fraction(yardsticks, "owning.sparesPerYear"),
                yardsticks.range("owning.staffPerThousandNodes"),
                yardsticks.range("owning.salaryPerYear"),
                fraction(yardsticks, "owning.financing"),
                yardsticks.range("owning.life"),
                fraction(yardsticks, "owning.residual"));
    }

    private static Interval fraction(Yardsticks yardsticks, String key) {
        return yardsticks.range(key).times(0.01);
    }

    private static List<Input> sources(Yardsticks yardsticks, String servers, String topology) {
        List<String> keys = List.of(
                servers,
                "owning.networks." + topology,
                "owning.storage",
                "owning.colocation",
                "owning.energyPrice",
                "owning.pue",
                "owning.load",
                "owning.sparesPerYear",
                "owning.staffPerThousandNodes",
                "owning.salaryPerYear",
                "owning.financing",
                "owning.life",
                "owning.residual",
                "owning.utilisation");
        List<Input> sources = new ArrayList<>();
        keys.forEach(key -> sources.add(new Input(
                key, yardsticks.find(key).orElseThrow().text(), EquationChecks.shown(yardsticks.origin(key)))));
        return sources;
    }
}
