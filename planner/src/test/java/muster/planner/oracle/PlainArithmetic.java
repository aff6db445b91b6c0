package muster.planner.oracle;

import java.util.Optional;
import muster.planner.domain.FleetChoice;
import muster.planner.domain.Pool;
import muster.planner.domain.Scenario;
import muster.planner.domain.Site;
import muster.planner.oracle.Outcome.Holding;

/** The arithmetic of a plan as docs/model.md writes it, term by term. */
final class PlainArithmetic {
    final ScenarioColumns columns;

    PlainArithmetic(Scenario scenario) {
        columns = new ScenarioColumns(scenario);
    }

    /** {@return what the job gets from these nodes; empty where it may not hold them at all} */
    Optional<Holding> holding(int job, int[] nodes, int[] spot) {
        double rate = 0;
        long milliwatts = 0;
        int poolsInUse = 0;
        for (int p = 0; p < columns.pools; p++) {
            if (nodes[p] == 0) {
                continue;
            }
            if (spot[p] < 0 || spot[p] > nodes[p] || spot[p] % columns.granularityNodes[p] != 0) {
                return Optional.empty();
            }
            if (nodes[p] < 0 || nodes[p] > columns.maxNodes[p] || nodes[p] % columns.granularityNodes[p] != 0) {
                return Optional.empty();
            }
            if (Double.isNaN(columns.tokensPerSecondPerNode[job][p])) {
                return Optional.empty();
            }
            int computing = columns.computing(p, nodes[p]);
            if (computing == 0) {
                return Optional.empty();
            }
            rate += computing * columns.tokensPerSecondPerNode[job][p];
            milliwatts += nodes[p] * columns.facilityMilliwatts[p];
            poolsInUse++;
        }
        double overhead = columns.overhead(spot);
        if (overhead > 1) {
            return Optional.empty(); // more time would be lost than worked
        }
        rate /= 1 + overhead;
        if (!(rate > 0) || columns.onePool[job] && poolsInUse > 1) {
            return Optional.empty();
        }
        long micros = Math.max(1, Math.round(columns.tokens[job] / rate * 1e6));
        return Optional.of(new Holding(nodes.clone(), spot.clone(), rate, micros, milliwatts));
    }

    /** Whether the job alone, started as early as can be, already breaks a limit: then every plan with it does. */
    boolean breaksLimitAlone(int job, Holding holding) {
        return columns.releaseMicros[job] + holding.durationMicros() > columns.deadlineMicros[job]
                || holding.milliwatts() > columns.powerMilliwatts;
    }

    /** {@return what follows from the choice; empty where it breaks a rule other than the limits} */
    Optional<Outcome> outcome(FleetChoice choice) {
        Holding[] holdings = new Holding[columns.jobs];
        int[][] nodes = choice.nodes();
        for (int j = 0; j < columns.jobs; j++) {
            Optional<Holding> holding = holding(j, nodes[j], choice.spotNodes()[j]);
            if (holding.isEmpty()) {
                return Optional.empty();
            }
            holdings[j] = holding.get();
        }
        return outcome(holdings, choice.startMicros(), choice.boughtNodes(), choice.reservedNodes());
    }

    /** Nothing bought, nothing reserved. */
    Optional<Outcome> outcome(Holding[] holdings, long[] starts) {
        return outcome(holdings, starts, new int[columns.pools], new int[columns.pools]);
    }

    Optional<Outcome> outcome(Holding[] holdings, long[] starts, int[] bought, int[] reserved) {
        long[] ends = new long[columns.jobs];
        for (int j = 0; j < columns.jobs; j++) {
            ends[j] = starts[j] + holdings[j].durationMicros();
        }
        for (int j = 0; j < columns.jobs; j++) {
            if (!mayStart(j, starts[j], ends, holdings[j].nodes())) {
                return Optional.empty();
            }
        }
        int[] peakNodes = new int[columns.pools];
        long peakMilliwatts = 0;
        for (long instant : starts) { // nothing but a start adds to what is busy
            long milliwatts = 0;
            int[] busy = new int[columns.pools];
            for (int j = 0; j < columns.jobs; j++) {
                if (starts[j] <= instant && instant < ends[j]) {
                    milliwatts += holdings[j].milliwatts();
                    for (int p = 0; p < columns.pools; p++) {
                        busy[p] += holdings[j].nodes()[p];
                    }
                }
            }
            peakMilliwatts = Math.max(peakMilliwatts, milliwatts);
            for (int p = 0; p < columns.pools; p++) {
                if (busy[p] > columns.nodesAt(p, instant)) {
                    return Optional.empty();
                }
                peakNodes[p] = Math.max(peakNodes[p], busy[p]);
            }
        }
        int[][][] taken = PlainTenure.taken(columns, holdings, starts, ends, bought, reserved);
        int[][] owned = taken[0];
        long[] rent = new long[columns.jobs];
        long[] energy = new long[columns.jobs];
        long joules = 0;
        long grams = 0;
        long finish = 0;
        for (int j = 0; j < columns.jobs; j++) {
            double rentPerHour = 0;
            double energyPerHour = 0;
            double watts = 0;
            double gramsPerSecond = 0;
            for (int p = 0; p < columns.pools; p++) {
                int nodes = holdings[j].nodes()[p];
                if (nodes == 0) {
                    continue;
                }
                int spot = holdings[j].spotNodes()[p];
                int rented = nodes - owned[j][p] - taken[1][j][p] - taken[2][j][p] - spot;
                if (rented > 0 && !columns.rentable[p]) {
                    return Optional.empty();
                }
                rentPerHour += rented * columns.rentMicroUsdPerNodeHour[p] + spot * columns.spotMicroUsdPerNodeHour[p];
                energyPerHour += (owned[j][p] + taken[1][j][p]) * columns.energyMicroUsdPerNodeHour[p];
                watts += nodes * columns.facilityMilliwatts[p] / 1000.0;
                gramsPerSecond +=
                        nodes * columns.facilityMilliwatts[p] / 1e6 * columns.kgPerKwh[p] * 1000 / 3600; // NaN: unknown
            }
            double rate = holdings[j].tokensPerSecond();
            rent[j] = Math.round(rentPerHour / rate * columns.tokens[j] / 3600);
            energy[j] = Math.round(energyPerHour / rate * columns.tokens[j] / 3600);
            joules += Math.round(watts / rate * columns.tokens[j]);
            grams = grams == Outcome.NO_CARBON || Double.isNaN(gramsPerSecond)
                    ? Outcome.NO_CARBON
                    : grams + Math.round(gramsPerSecond / rate * columns.tokens[j]);
            finish = Math.max(finish, ends[j]);
        }
        Outcome outcome = new Outcome(
                holdings.clone(),
                starts.clone(),
                ends,
                owned,
                taken[1],
                taken[2],
                rent,
                energy,
                PlainTenure.capexMicroUsd(columns, taken[1], bought, ends),
                PlainTenure.reserveMicroUsd(columns, taken[2], reserved, starts, ends),
                finish,
                joules,
                grams,
                peakMilliwatts,
                peakNodes);
        for (int p = 0; p < columns.pools; p++) {
            // What nobody uses is not bought and not reserved.
            if (outcome.peak(taken[1], p) != bought[p] || outcome.peak(taken[2], p) != reserved[p]) {
                return Optional.empty();
            }
        }
        return Optional.of(outcome);
    }

    private boolean mayStart(int job, long start, long[] ends, int[] nodes) {
        boolean atAnEnd = start == columns.releaseMicros[job];
        for (int p = 0; p < columns.pools; p++) {
            atAnEnd |= nodes[p] > 0 && columns.datesOf(p).contains(start);
        }
        for (int other = 0; other < columns.jobs; other++) {
            if (other == job) {
                continue;
            }
            atAnEnd |= start == ends[other];
            if (columns.after[job][other] && start < ends[other]) {
                return false;
            }
        }
        return atAnEnd && start >= columns.releaseMicros[job];
    }

    boolean keepsLimits(Outcome outcome) {
        for (int j = 0; j < columns.jobs; j++) {
            if (outcome.endMicros()[j] > columns.deadlineMicros[j]) {
                return false;
            }
        }
        return outcome.microUsd() <= columns.budgetMicroUsd
                && outcome.peakMilliwatts() <= columns.powerMilliwatts
                && sitesHold(outcome);
    }

    private boolean sitesHold(Outcome outcome) {
        for (Optional<Site> each : columns.sites) {
            if (each.isEmpty()) {
                continue;
            }
            Site.Caps caps = each.get().caps();
            long racks = 0;
            for (int p = 0; p < columns.pools; p++) {
                if (columns.sites.get(p).equals(each) && caps.rackWatts().isPresent()) {
                    long rackMilliwatts = Math.round(caps.rackWatts().get().value() * 1000);
                    Pool pool = columns.scenario.pools().get(p);
                    long perRack = rackMilliwatts
                            / Math.round(pool.node().trainingPowerWatts().value() * 1000);
                    if (perRack == 0 && outcome.peakNodes()[p] > 0) {
                        return false;
                    }
                    racks += perRack == 0 ? 0 : (outcome.peakNodes()[p] + perRack - 1) / perRack;
                }
            }
            if (caps.racks().isPresent() && racks > caps.racks().get().asInt()) {
                return false;
            }
            for (long instant : outcome.startMicros()) {
                long milliwatts = 0;
                for (int j = 0; j < columns.jobs; j++) {
                    boolean runs = outcome.startMicros()[j] <= instant && instant < outcome.endMicros()[j];
                    for (int p = 0; p < columns.pools && runs; p++) {
                        milliwatts += columns.sites.get(p).equals(each)
                                ? outcome.holdings()[j].nodes()[p] * columns.facilityMilliwatts[p]
                                : 0;
                    }
                }
                if (caps.powerWatts().isPresent()
                        && milliwatts > Math.round(caps.powerWatts().get().value() * 1000)) {
                    return false;
                }
            }
        }
        return true;
    }
}
