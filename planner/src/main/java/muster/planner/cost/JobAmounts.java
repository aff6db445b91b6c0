package muster.planner.cost;

/**
 * What one job takes on a set of nodes, some of them owned: rate, time, money, energy, carbon. One object serves many
 * evaluations; not for use by several threads. The formulas stand in docs/model.md, Arithmetic of a plan.
 */
public final class JobAmounts {
    /** Longer than any plan may last, yet small enough to be added a hundred times. */
    private static final long NEVER_MICROS = FleetProblem.HORIZON_MICROS + FleetProblem.HORIZON_MICROS / 1_000;

    private final FleetProblem problem;
    private final int job;
    private double tokensPerSecond;
    private long durationMicros;
    private long rentMicroUsd;
    private long spotMicroUsd;
    private long energyMicroUsd;
    private long sharedMicroUsd;
    private long energyJoules;
    private double carbonGrams;

    public JobAmounts(FleetProblem problem, int job) {
        this.problem = problem;
        this.job = job;
    }

    /** Sets rate and duration; a job without nodes that it can use never ends. */
    public void run(int[] nodes) {
        tokensPerSecond = problem.rates(job).tokensPerSecond(nodes);
        durationMicros = tokensPerSecond > 0.0 ? micros(problem.tokens(job) / tokensPerSecond) : NEVER_MICROS;
    }

    /** {@return a duration in microseconds, at least one: a job without length would be nowhere in a schedule} */
    static long micros(double seconds) {
        return Math.clamp(Math.round(seconds * 1e6), 1, NEVER_MICROS);
    }

    /**
     * Sets the least money, energy and carbon of the nodes last given to {@link #run}, {@code owned} of them owned and the
     * others at the pool's least price. That is what they cost where the pool has on-demand rent alone.
     */
    public void charge(int[] nodes, int[] owned) {
        double restPerHour = 0.0;
        double energyPerHour = 0.0;
        for (int p = 0; p < nodes.length; p++) {
            if (nodes[p] > 0) {
                restPerHour += (nodes[p] - owned[p]) * problem.leastMicroUsdPerNodeHour(p);
                energyPerHour += owned[p] * problem.energyMicroUsdPerNodeHour(p);
            }
        }
        charge(nodes, restPerHour, energyPerHour);
    }

    /** Sets money, energy and carbon of the nodes last given to {@link #run}, but for purchases and reservations. */
    public void charge(int[] nodes, Tenure tenure) {
        double rentPerHour = 0.0;
        double spotPerHour = 0.0;
        double energyPerHour = 0.0;
        for (int p = 0; p < nodes.length; p++) {
            if (nodes[p] > 0) {
                int powered = tenure.ownedNodes(job, p) + tenure.boughtNodes(job, p);
                int rented = nodes[p] - powered - tenure.reservedNodes(job, p);
                double rent = rented * (double) problem.rentMicroUsdPerNodeHour(p);
                rentPerHour += rent;
                spotPerHour += problem.lots().isSpot(p) ? rent : 0;
                energyPerHour += powered * problem.energyMicroUsdPerNodeHour(p);
            }
        }
        charge(nodes, rentPerHour, energyPerHour);
        // A part of what was rounded, so that both parts add up to it.
        spotMicroUsd = spotPerHour == 0 || tokensPerSecond <= 0
                ? 0
                : Math.min(rentMicroUsd, Math.round(spotPerHour / tokensPerSecond * problem.tokens(job) / 3600));
    }

    /** Sets the job's part of purchases and reservations, which the jobs share. */
    void share(long microUsd) {
        sharedMicroUsd = microUsd;
    }

    private void charge(int[] nodes, double rentPerHour, double energyPerHour) {
        double milliwatts = 0.0;
        double gramsPerSecond = 0.0;
        for (int p = 0; p < nodes.length; p++) {
            if (nodes[p] > 0) {
                milliwatts += nodes[p] * (double) problem.facilityMilliwatts(p);
                gramsPerSecond += nodes[p] * problem.carbonGramsPerNodeSecond(p);
            }
        }
        boolean runs = tokensPerSecond > 0.0;
        double tokens = problem.tokens(job);
        // The quotient first: it is the same double for every multiple of a fleet, so equal costs compare equal.
        rentMicroUsd = runs ? Math.round(rentPerHour / tokensPerSecond * tokens / 3600) : 0;
        energyMicroUsd = runs ? Math.round(energyPerHour / tokensPerSecond * tokens / 3600) : 0;
        energyJoules = runs ? Math.round(milliwatts / 1e3 / tokensPerSecond * tokens) : 0;
        carbonGrams = runs ? wholeGrams(gramsPerSecond / tokensPerSecond * tokens) : 0;
    }

    public double tokensPerSecond() {
        return tokensPerSecond;
    }

    public long durationMicros() {
        return durationMicros;
    }

    /** {@return rent by the hour, on demand and spot} */
    public long rentMicroUsd() {
        return rentMicroUsd;
    }

    /** {@return its rent for spot nodes; known once tenures are} */
    public long spotMicroUsd() {
        return spotMicroUsd;
    }

    public long energyMicroUsd() {
        return energyMicroUsd;
    }

    public long microUsd() {
        return saturatingAdd(saturatingAdd(rentMicroUsd, energyMicroUsd), sharedMicroUsd);
    }

    /** {@return its part of purchases and reservations} */
    public long sharedMicroUsd() {
        return sharedMicroUsd;
    }

    public long energyJoules() {
        return energyJoules;
    }

    /** {@return whole grams of carbon dioxide; NaN where a used pool's grid is unknown} */
    public double carbonGrams() {
        return carbonGrams;
    }

    /** Rounds halves up, as everything else; keeps NaN. */
    static double wholeGrams(double grams) {
        return Double.isNaN(grams) ? grams : Math.round(grams);
    }

    /** Adds amounts that are never negative; a sum beyond a long is the largest long, which no limit allows. */
    static long saturatingAdd(long a, long b) {
        long sum = a + b;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }
}
