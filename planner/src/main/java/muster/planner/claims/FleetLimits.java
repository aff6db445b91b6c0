package muster.planner.claims;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import muster.planner.domain.BaseUnit;
import muster.planner.domain.Claim;
import muster.planner.domain.ClaimAnswer.Check;
import muster.planner.domain.ClaimAnswer.Verdict;
import muster.planner.domain.Figure;
import muster.planner.domain.Gpu;
import muster.planner.domain.Interval;
import muster.planner.domain.Quote;
import muster.planner.domain.StatedFigure;
import muster.planner.domain.Yardsticks;

/**
 * Fleets against what GPUs were sold for and against the power that there is. Outside of what was read a price is unusual;
 * below what even used servers bring it is none.
 */
final class FleetLimits {
    private static final String GPUS = "gpus";

    private final Claim claim;
    private final Map<String, Interval> narrowed;
    private final Yardsticks yardsticks;

    /** @param narrowed what every figure of the claim can be */
    FleetLimits(Claim claim, Map<String, Interval> narrowed, Yardsticks yardsticks) {
        this.claim = claim;
        this.narrowed = narrowed;
        this.yardsticks = yardsticks;
    }

    /** GPUs of one kind, and the paths of their figures. */
    private record Held(Gpu gpu, Interval gpus, Optional<StatedFigure> capex) {}

    private record Sold(Interval usdPerGpu, String source) {}

    List<Check> all() {
        List<Check> checks = new ArrayList<>();
        List<Held> held = held();
        for (Held kind : held) {
            if (claim.fleet().size() > 1) {
                kind.capex()
                        .flatMap(capex -> price("price of " + kind.gpu().name(), capex, List.of(kind)))
                        .ifPresent(checks::add);
            }
        }
        claim.find("capex")
                .flatMap(capex -> price("price of the fleet", capex, held))
                .ifPresent(checks::add);
        power(held).filter(check -> check.verdict() != Verdict.CONSISTENT).ifPresent(checks::add);
        return checks;
    }

    private List<Held> held() {
        Stream<Held> ofFleet = claim.fleet().stream().map(kind -> {
            String name = kind.gpu().name();
            return new Held(
                    kind.gpu(),
                    narrowed.getOrDefault(Claim.fleetPath(name, GPUS), Interval.ANY),
                    claim.find(Claim.fleetPath(name, "capex")));
        });
        Stream<Held> ofRun = claim.gpu().stream()
                .map(gpu -> new Held(gpu, narrowed.getOrDefault(GPUS, Interval.ANY), Optional.empty()));
        return (claim.fleet().isEmpty() ? ofRun : ofFleet).toList();
    }

    /** A stated capex against what servers with such GPUs, their network and storage were sold for. */
    private Optional<Check> price(String name, StatedFigure capex, List<Held> kinds) {
        Interval sold = Interval.exactly(0);
        List<String> sources = new ArrayList<>(List.of(EquationChecks.shown(capex.origin())));
        for (Held kind : kinds) {
            Optional<Sold> each = kind.gpus().isAny() ? Optional.empty() : sold(kind.gpu());
            // What a kind without a price costs is open, and so is the sum above the others.
            sold = sold.plus(
                    each.map(found -> kind.gpus().times(found.usdPerGpu())).orElse(Interval.ANY));
            each.ifPresent(found -> sources.add(found.source()));
        }
        if (sold.low() == 0) {
            return Optional.empty();
        }
        double usedShare = yardsticks.range("limits.usedPrice").low() / 100;
        boolean usual = capex.rounded().meets(sold);
        boolean possible = capex.rounded().high() >= sold.low() * usedShare;
        if (!usual) {
            sources.add("limits.usedPrice: " + EquationChecks.shown(yardsticks.origin("limits.usedPrice")));
        }
        return Optional.of(new Check(
                name,
                Optional.of(capex.nominal()),
                Optional.of(sold),
                BaseUnit.USD.symbol(),
                usual ? Verdict.CONSISTENT : possible ? Verdict.TIGHT : Verdict.CONTRADICTED,
                "capex = GPUs × what servers were sold for per GPU, up to that with network and storage",
                sources,
                usual
                        ? ""
                        : possible
                                ? "outside of what was read: used, given, of another scope, or dearer"
                                : "below %s %% of the lowest price that was read, which used servers bring"
                                        .formatted(Reported.plain(usedShare * 100))));
    }

    /** {@return what a GPU was sold for with its share of server, network and storage; at least what it was sold for alone} */
    private Optional<Sold> sold(Gpu gpu) {
        String servers = "owning.servers." + gpu.name();
        if (yardsticks.find(servers).isPresent()) {
            Interval server = yardsticks.range(servers);
            double besides = yardsticks.range("owning.networks.three-layer").high()
                    + yardsticks.range("owning.storage").high();
            return Optional.of(new Sold(
                    new Interval(server.low(), server.high() + besides),
                    servers + ": " + EquationChecks.shown(yardsticks.origin(servers))));
        }
        return gpu.quotes().stream()
                .filter(quote -> quote.term().equals("purchase"))
                .map(Quote::low)
                .min(Comparator.comparingDouble(Figure::value))
                .map(price -> new Sold(
                        Interval.atLeast(price.value()),
                        "gpus.%s.prices: %s".formatted(gpu.name(), EquationChecks.shown(price.origin()))));
    }

    /** The draw of the whole fleet against that of all data centres. */
    private Optional<Check> power(List<Held> kinds) {
        Interval rated = narrowed.getOrDefault("power", Interval.ANY);
        double boards = kinds.stream()
                .mapToDouble(
                        kind -> kind.gpus().low() * kind.gpu().boardPowerWatts().value())
                .sum();
        double least =
                Math.max(boards, rated.low()) * yardsticks.range("owning.load").low() / 100;
        if (least == 0) {
            return Optional.empty();
        }
        Interval world = yardsticks.range("limits.dataCentrePower");
        List<String> sources = new ArrayList<>(List.of(
                "limits.dataCentrePower: " + EquationChecks.shown(yardsticks.origin("limits.dataCentrePower")),
                "owning.load: " + EquationChecks.shown(yardsticks.origin("owning.load"))));
        kinds.forEach(kind -> sources.add("gpus.%s.boardPower: %s"
                .formatted(
                        kind.gpu().name(),
                        EquationChecks.shown(kind.gpu().boardPowerWatts().origin()))));
        return Optional.of(new Check(
                "power of the world",
                Optional.of(Interval.exactly(least)),
                Optional.of(Interval.atMost(world.high())),
                BaseUnit.WATTS.symbol(),
                least <= world.low()
                        ? Verdict.CONSISTENT
                        : least <= world.high() ? Verdict.TIGHT : Verdict.CONTRADICTED,
                "rated power × load of training ≤ power of all data centres of the world",
                sources,
                least <= world.high()
                        ? "more than all data centres drew in 2024, less than is foreseen for 2030"
                        : "more than all data centres of the world are foreseen to draw in 2030"));
    }
}
