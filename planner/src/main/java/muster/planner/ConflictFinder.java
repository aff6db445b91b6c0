package muster.planner;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import muster.planner.cost.FleetProblem;
import muster.planner.cost.Grid;
import muster.planner.cost.Ledger;
import muster.planner.domain.BaseUnit;
import muster.planner.domain.BeyondCountingException;
import muster.planner.domain.Confidence;
import muster.planner.domain.Figure;
import muster.planner.domain.Job;
import muster.planner.domain.Objective;
import muster.planner.domain.Origin;
import muster.planner.domain.PlanAnswer;
import muster.planner.domain.Scenario;
import muster.planner.perf.RateBook;

/** Why a scenario has no plan: a set of terms that cannot be kept together, found by lifting them one by one. */
final class ConflictFinder {
    private static final long POWER_STEP_MILLIWATTS = 1_000;
    private static final long DEADLINE_STEP_MICROS = 1_000_000;

    private final Scenario scenario;
    private final RateBook book;
    private final BooleanSupplier stop;
    private boolean conclusive = true;

    ConflictFinder(Scenario scenario, RateBook book, BooleanSupplier stop) {
        this.scenario = scenario;
        this.book = book;
        this.stop = stop;
    }

    /** {@return the conflict of a scenario that is proved to have no plan} */
    PlanAnswer.Conflict find() {
        List<Term> kept = new ArrayList<>(Term.of(scenario));
        Scenario reduced = scenario;
        for (Term term : List.copyOf(kept)) {
            Scenario without = term.lifted(reduced);
            FleetInquiry.Finding finding = ask(without);
            if (finding.infeasible()) {
                kept.remove(term);
                reduced = without;
            } else {
                conclusive &= finding.feasible();
            }
        }
        List<PlanAnswer.Relaxation> relaxations = new ArrayList<>();
        for (Term term : kept) {
            leastRelaxation(term).ifPresent(relaxations::add);
        }
        if (kept.isEmpty()) {
            return new PlanAnswer.Conflict(withoutLimits(), false, List.of());
        }
        return new PlanAnswer.Conflict(kept.stream().map(Term::name).toList(), conclusive, relaxations);
    }

    /**
     * What stands in the way when no stated limit does: pools too small for one unit, jobs for which no layout is legal and
     * fits.
     *
     * @throws BeyondCountingException if it is sheer length or cost
     */
    private List<String> withoutLimits() {
        FleetProblem problem = FleetProblem.of(scenario, book);
        List<String> names = new ArrayList<>();
        for (int p = 0; p < problem.poolCount(); p++) {
            boolean spotToo = problem.lots().isShared(p)
                    && problem.reachableNodes(problem.lots().sibling(p)) > 0;
            if (problem.reachableNodes(p) == 0 && !spotToo && !problem.lots().isSpot(p)) {
                int pool = problem.lots().pool(p);
                names.add("pools." + scenario.pools().get(pool).name() + ".granularity");
            }
        }
        for (int j = 0; j < problem.jobCount(); j++) {
            boolean runs = false;
            for (int p = 0; p < problem.poolCount(); p++) {
                runs |= problem.mostUnits(j, p) > 0;
            }
            if (!runs && !problem.rates(j).linear()) {
                names.add("jobs." + scenario.jobs().get(j).name() + ".batch");
            }
        }
        if (names.isEmpty()) {
            throw new BeyondCountingException(
                    "Every plan of this scenario would last over 1,000 years or cost over $4 trillion,"
                            + " more than Muster counts.",
                    "a unit is wrong: compare tokens with the rates, and prices with a GPU and an hour.");
        }
        return names;
    }

    private FleetInquiry.Finding ask(Scenario question) {
        return new FleetInquiry(question, book, FleetInquiry.whatIf(scenario.seed()), stop).isPossible();
    }

    /** {@return for each limit of an impossible scenario the least value that alone allows a plan, where proved} */
    List<PlanAnswer.Relaxation> waysOut() {
        return Term.limits(scenario).stream()
                .flatMap(term -> leastRelaxation(term).stream())
                .toList();
    }

    /** The least value of one term at which a plan exists while all others stand; empty where none was proved least. */
    Optional<PlanAnswer.Relaxation> leastRelaxation(Term term) {
        return switch (term) {
            case Term.Deadline deadline -> least(deadline, Objective.DAYS, "d");
            case Term.Budget budget -> least(budget, Objective.COST, "USD");
            case Term.Power power -> leastPower(power);
            case Term.MostNodes mostNodes -> scenario.jobs().size() == 1 ? leastNodes(mostNodes) : Optional.empty();
            case Term.JobDeadline jobDeadline -> leastJobDeadline(jobDeadline);
            case Term.SitePower sitePower -> leastSitePower(sitePower);
            case Term.SiteRacks siteRacks -> leastSiteRacks(siteRacks);
            case Term.Available available ->
                ask(available.lifted(scenario)).feasible()
                        ? Optional.of(PlanAnswer.Relaxation.toWord(available.name(), "all from 0 d"))
                        : Optional.empty();
            case Term.OnePool onePool ->
                ask(onePool.lifted(scenario)).feasible()
                        ? Optional.of(PlanAnswer.Relaxation.toWord(onePool.name(), Job.Spread.DATA_PARALLEL.key()))
                        : Optional.empty();
        };
    }

    private Optional<PlanAnswer.Relaxation> least(Term term, Objective objective, String unit) {
        Scenario lifted = term.lifted(scenario).withObjectives(List.of(objective));
        FleetInquiry.Finding finding =
                new FleetInquiry(lifted, book, FleetInquiry.whatIf(scenario.seed()), stop).proveOnly(Optional.empty());
        if (!finding.exact() || !finding.feasible()) {
            return Optional.empty();
        }
        double value = Grid.reported(objective, finding.ledger().value(objective));
        return Optional.of(new PlanAnswer.Relaxation(term.name(), value, unit));
    }

    private Optional<PlanAnswer.Relaxation> leastPower(Term.Power power) {
        double stated = scenario.limits().powerWatts().orElseThrow().value();
        return least(
                power,
                "W",
                1e3,
                Math.round(stated * 1e3),
                POWER_STEP_MILLIWATTS,
                Ledger::peakMilliwatts,
                milliwatts -> power.with(scenario, Optional.of(whatIf(milliwatts / 1e3, BaseUnit.WATTS))));
    }

    private Optional<PlanAnswer.Relaxation> leastSitePower(Term.SitePower power) {
        int site = siteIndex(power.site());
        Figure stated = scenario.sites().get(site).caps().powerWatts().orElseThrow();
        return least(
                power,
                "W",
                1e3,
                Math.round(stated.value() * 1e3),
                POWER_STEP_MILLIWATTS,
                ledger -> ledger.peakSiteMilliwatts(site),
                milliwatts -> power.with(scenario, Optional.of(whatIf(milliwatts / 1e3, BaseUnit.WATTS))));
    }

    private Optional<PlanAnswer.Relaxation> leastSiteRacks(Term.SiteRacks racks) {
        int site = siteIndex(racks.site());
        Figure stated = scenario.sites().get(site).caps().racks().orElseThrow();
        return least(
                racks,
                "racks",
                1,
                stated.asInt(),
                1,
                ledger -> ledger.siteRacks(site),
                count -> racks.with(scenario, Optional.of(whatIf(count, BaseUnit.COUNT))));
    }

    private Optional<PlanAnswer.Relaxation> leastJobDeadline(Term.JobDeadline jobDeadline) {
        int job = jobIndex(jobDeadline.job());
        double stated = scenario.jobs().get(job).deadlineSeconds().orElseThrow().value();
        return least(
                jobDeadline,
                "d",
                86_400e6,
                Math.round(stated * 1e6),
                DEADLINE_STEP_MICROS,
                ledger -> ledger.end(job),
                micros -> jobDeadline.with(scenario, micros / 1e6));
    }

    /** Closes in on the least value, in whole units, at which the term alone allows a plan. */
    private Optional<PlanAnswer.Relaxation> least(
            Term term,
            String unit,
            double unitsPerReported,
            long stated,
            long step,
            ToLongFunction<Ledger> used,
            LongFunction<Scenario> with) {
        FleetInquiry.Finding lifted = ask(term.lifted(scenario));
        if (!lifted.feasible()) {
            return Optional.empty();
        }
        long possible = used.applyAsLong(lifted.ledger());
        long impossible = stated;
        while (possible - impossible > step && !stop.getAsBoolean()) {
            long middle = (possible + impossible) >>> 1;
            FleetInquiry.Finding finding = ask(with.apply(middle));
            if (finding.feasible()) {
                possible = used.applyAsLong(finding.ledger());
            } else if (finding.infeasible()) {
                impossible = middle;
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(new PlanAnswer.Relaxation(term.name(), possible / unitsPerReported, unit));
    }

    private static Figure whatIf(double value, BaseUnit unit) {
        return new Figure(value, unit, new Origin("what if", "", Confidence.HIGH));
    }

    private int siteIndex(String name) {
        return IntStream.range(0, scenario.sites().size())
                .filter(s -> scenario.sites().get(s).name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private int jobIndex(String name) {
        for (int j = 0; j < scenario.jobs().size(); j++) {
            if (scenario.jobs().get(j).name().equals(name)) {
                return j;
            }
        }
        throw new IllegalStateException("No job is called %s.".formatted(name));
    }

    private Optional<PlanAnswer.Relaxation> leastNodes(Term.MostNodes mostNodes) {
        int index = indexOf(mostNodes.pool());
        return least(
                mostNodes,
                "nodes",
                1,
                scenario.pools().get(index).maxNodes().asInt(),
                1,
                ledger -> ledger.peakOfPool(index),
                nodes -> mostNodes.with(scenario, (int) nodes));
    }

    private int indexOf(String pool) {
        for (int p = 0; p < scenario.pools().size(); p++) {
            if (scenario.pools().get(p).name().equals(pool)) {
                return p;
            }
        }
        throw new IllegalStateException("No pool is called %s.".formatted(pool));
    }
}
