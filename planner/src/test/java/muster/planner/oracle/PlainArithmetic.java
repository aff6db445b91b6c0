package muster.planner.oracle;

import java.util.Arrays;
import java.util.Optional;
import muster.planner.domain.FleetChoice;
import muster.planner.domain.Scenario;
import muster.planner.oracle.Outcome.Holding;

/** The arithmetic of a plan as docs/model.md writes it, term by term. */
final class PlainArithmetic {
    final ScenarioColumns columns;

    PlainArithmetic(Scenario scenario) {
        columns = new ScenarioColumns(scenario);
    }

    /** {@return what the job gets from these nodes; empty where it may not hold them at all} */
    Optional<Holding> holding(int job, int[] nodes) {
        double rate = 0;
        long milliwatts = 0;
        int poolsInUse = 0;
        for (int p = 0; p < columns.pools; p++) {
            if (nodes[p] == 0) {
                continue;
            }
            if (nodes[p] < 0 || nodes[p] > columns.maxNodes[p] || nodes[p] % columns.granularityNodes[p] != 0) {
                return Optional.empty();
            }
            if (Double.isNaN(columns.tokensPerSecondPerNode[job][p])) {
                return Optional.empty();
            }
            rate += nodes[p] * columns.tokensPerSecondPerNode[job][p];
            milliwatts += nodes[p] * columns.facilityMilliwatts[p];
            poolsInUse++;
        }
        if (!(rate > 0) || columns.onePool[job] && poolsInUse > 1) {
            return Optional.empty();
        }
        long micros = Math.max(1, Math.round(columns.tokens[job] / rate * 1e6));
        return Optional.of(new Holding(nodes.clone(), rate, micros, milliwatts));
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
            Optional<Holding> holding = holding(j, nodes[j]);
            if (holding.isEmpty()) {
                return Optional.empty();
            }
            holdings[j] = holding.get();
        }
        return outcome(holdings, choice.startMicros());
    }

    Optional<Outcome> outcome(Holding[] holdings, long[] starts) {
        long[] ends = new long[columns.jobs];
        for (int j = 0; j < columns.jobs; j++) {
            ends[j] = starts[j] + holdings[j].durationMicros();
        }
        for (int j = 0; j < columns.jobs; j++) {
            if (!mayStart(j, starts[j], ends)) {
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
                if (busy[p] > columns.maxNodes[p]) {
                    return Optional.empty();
                }
                peakNodes[p] = Math.max(peakNodes[p], busy[p]);
            }
        }
        int[][] owned = ownedNodes(holdings, starts, ends);
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
                int rented = nodes - owned[j][p];
                if (rented > 0 && !columns.rentable[p]) {
                    return Optional.empty();
                }
                rentPerHour += rented * columns.rentMicroUsdPerNodeHour[p];
                energyPerHour += owned[j][p] * columns.energyMicroUsdPerNodeHour[p];
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
        return Optional.of(new Outcome(
                holdings.clone(),
                starts.clone(),
                ends,
                owned,
                rent,
                energy,
                finish,
                joules,
                grams,
                peakMilliwatts,
                peakNodes));
    }

    private boolean mayStart(int job, long start, long[] ends) {
        boolean atAnEnd = start == columns.releaseMicros[job];
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

    /** Jobs in order of (start, file order) take what the running ones before them have left of the owned nodes. */
    private int[][] ownedNodes(Holding[] holdings, long[] starts, long[] ends) {
        int[][] owned = new int[columns.jobs][columns.pools];
        for (int j = 0; j < columns.jobs; j++) {
            Arrays.fill(owned[j], -1); // not served yet
        }
        for (int turn = 0; turn < columns.jobs; turn++) {
            int next = -1;
            for (int j = 0; j < columns.jobs; j++) {
                if (owned[j][0] < 0 && (next < 0 || starts[j] < starts[next])) {
                    next = j;
                }
            }
            for (int p = 0; p < columns.pools; p++) {
                int free = columns.ownNodes[p];
                for (int earlier = 0; earlier < columns.jobs; earlier++) {
                    if (earlier != next && owned[earlier][p] >= 0 && ends[earlier] > starts[next]) {
                        free -= owned[earlier][p];
                    }
                }
                owned[next][p] = Math.min(holdings[next].nodes()[p], free);
            }
        }
        return owned;
    }

    boolean keepsLimits(Outcome outcome) {
        for (int j = 0; j < columns.jobs; j++) {
            if (outcome.endMicros()[j] > columns.deadlineMicros[j]) {
                return false;
            }
        }
        return outcome.microUsd() <= columns.budgetMicroUsd && outcome.peakMilliwatts() <= columns.powerMilliwatts;
    }
}
