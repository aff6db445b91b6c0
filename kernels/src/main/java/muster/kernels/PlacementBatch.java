package muster.kernels;

import java.util.Arrays;
import java.util.Objects;

/**
 * Candidate fleets of one job: starts, rooms of a start, fleets in a room; then, once {@link Kernels#placements} was called,
 * when each ends and what it costs. Filled, scored and cleared again and again without new memory. Not for use by several
 * threads.
 *
 * <p>Fleets lie in tiles of {@value #TILE} that belong to one room, pool by pool, so that a tile is a few vectors of any width
 * and stays in the cache. A slot is a place in a tile; the last slots of a room's last tile may hold no fleet.
 */
public final class PlacementBatch {
    /** Fleets per tile: a whole number of vectors of every width, two at a time. */
    static final int TILE = 16;

    private static final int FIRST_STARTS = 16;
    private static final int FIRST_ROOMS = 64;
    private static final int FIRST_TILES = 64;

    final int pools;
    PlacedJob job;
    PlacementPrices prices;

    /** Whether rates of candidates are sums over their nodes; else each brings its own. */
    boolean linear;

    /** Shape [pool]; read where rates are sums. */
    double[] workPerMicro;

    // The kernels read these; nobody else writes them.
    int starts;
    double[] startMicros = new double[FIRST_STARTS];
    double[] startCost = new double[FIRST_STARTS];

    /** Shape [start, pool]. */
    double[] nodeBefore;

    double[] ownedBefore;
    private int startPart;

    int rooms;
    int[] roomStart = new int[FIRST_ROOMS];
    double[] untilMicros = new double[FIRST_ROOMS];
    double[] freeWatts = new double[FIRST_ROOMS];

    /** Shape [room, pool]. */
    double[] freeNodes;

    double[] freeOwned;

    int tiles;
    int[] tileRoom = new int[FIRST_TILES];

    /** Shape [tile]: fleets in it. */
    int[] tileFleets = new int[FIRST_TILES];

    /** Shape [tile, pool, {@value #TILE}]. */
    double[] nodes;

    /** Shape [slot]: rates that candidates bring. */
    double[] rates = new double[FIRST_TILES * TILE];

    /** Shape [slot], output. */
    double[] endMicros = new double[FIRST_TILES * TILE];

    double[] cost = new double[FIRST_TILES * TILE];
    private int fleets;

    /** @param pools &ge; 1 */
    public PlacementBatch(int pools) {
        if (pools < 1) {
            throw new IllegalArgumentException("A batch needs a pool.");
        }
        this.pools = pools;
        nodeBefore = new double[FIRST_STARTS * pools];
        ownedBefore = new double[FIRST_STARTS * pools];
        freeNodes = new double[FIRST_ROOMS * pools];
        freeOwned = new double[FIRST_ROOMS * pools];
        nodes = new double[FIRST_TILES * pools * TILE];
    }

    /**
     * Empties the batch for a job and its prices.
     *
     * @throws IllegalArgumentException if either has another number of pools
     */
    public void clear(PlacedJob placedJob, PlacementPrices placementPrices) {
        Checks.requireLength("ownedPerMicro", placedJob.pools(), pools);
        Checks.requireLength("nodePerMicro of a part", placementPrices.pools, pools);
        job = placedJob;
        prices = placementPrices;
        linear = placedJob.workPerMicro().isPresent();
        workPerMicro = placedJob.workPerMicro().orElseGet(() -> new double[pools]);
        clear();
    }

    /** Empties the batch; job and prices stay. */
    public void clear() {
        starts = 0;
        rooms = 0;
        tiles = 0;
        fleets = 0;
        startPart = 0;
    }

    /**
     * The rooms that follow begin at this time.
     *
     * @param micros &ge; 0, microseconds
     * @param costs what starting then costs, of either sign
     */
    public void start(double micros, double costs) {
        Checks.inside("start", micros, 0.0, PlacementPrices.MOST);
        Checks.inside("cost of a start", costs, -PlacementPrices.MOST, PlacementPrices.MOST);
        if (starts == startMicros.length) {
            startMicros = Arrays.copyOf(startMicros, 2 * starts);
            startCost = Arrays.copyOf(startCost, 2 * starts);
            nodeBefore = Arrays.copyOf(nodeBefore, 2 * starts * pools);
            ownedBefore = Arrays.copyOf(ownedBefore, 2 * starts * pools);
        }
        boolean later = starts > 0 && micros >= startMicros[starts - 1];
        startPart = prices.part(micros, later ? startPart : 0);
        startMicros[starts] = micros;
        startCost[starts] = costs;
        for (int p = 0; p < pools; p++) {
            nodeBefore[starts * pools + p] = prices.nodeBefore(startPart, p, micros);
            ownedBefore[starts * pools + p] = prices.ownedBefore(startPart, p, micros);
        }
        starts++;
    }

    /**
     * The fleets that follow belong to this room of the last start.
     *
     * @param micros until when its nodes are free, &ge; 0
     * @param watts power left, &ge; 0, may be infinite
     * @param free shape [pools], &ge; 0
     * @param owned shape [pools], &ge; 0: owned ones among the free
     */
    public void room(double micros, double watts, int[] free, int[] owned) {
        Objects.checkIndex(starts - 1, starts);
        Checks.inside("end of a room", micros, 0.0, PlacementPrices.MOST);
        Checks.inside("power of a room", watts, 0.0, Double.POSITIVE_INFINITY);
        if (rooms == roomStart.length) {
            roomStart = Arrays.copyOf(roomStart, 2 * rooms);
            untilMicros = Arrays.copyOf(untilMicros, 2 * rooms);
            freeWatts = Arrays.copyOf(freeWatts, 2 * rooms);
            freeNodes = Arrays.copyOf(freeNodes, 2 * rooms * pools);
            freeOwned = Arrays.copyOf(freeOwned, 2 * rooms * pools);
        }
        roomStart[rooms] = starts - 1;
        untilMicros[rooms] = micros;
        freeWatts[rooms] = watts;
        for (int p = 0; p < pools; p++) {
            if (free[p] < 0 || owned[p] < 0) {
                throw new IllegalArgumentException(
                        "A room has %d free nodes of pool %d, %d of them owned.".formatted(free[p], p, owned[p]));
            }
            freeNodes[rooms * pools + p] = free[p];
            freeOwned[rooms * pools + p] = owned[p];
        }
        rooms++;
    }

    /**
     * Adds a fleet to the last room.
     *
     * @param fleet shape [pools], &ge; 0
     * @return its slot
     */
    public int add(int[] fleet) {
        return add(fleet, 0.0);
    }

    /**
     * Adds a fleet that brings its rate.
     *
     * @param rate &ge; 0, work per microsecond; read where the job has no rates of nodes
     */
    public int add(int[] fleet, double rate) {
        if (tiles == 0 || tileRoom[tiles - 1] != rooms - 1 || tileFleets[tiles - 1] == TILE) {
            openTile();
        }
        int tile = tiles - 1;
        int lane = tileFleets[tile]++;
        int at = tile * pools * TILE + lane;
        for (int p = 0; p < pools; p++) {
            if (fleet[p] < 0) {
                throw new IllegalArgumentException("A fleet has %d nodes of pool %d.".formatted(fleet[p], p));
            }
            nodes[at + p * TILE] = fleet[p];
        }
        rates[tile * TILE + lane] = rate;
        fleets++;
        return tile * TILE + lane;
    }

    private void openTile() {
        Objects.checkIndex(rooms - 1, rooms);
        if (tiles == tileRoom.length) {
            tileRoom = Arrays.copyOf(tileRoom, 2 * tiles);
            tileFleets = Arrays.copyOf(tileFleets, 2 * tiles);
            nodes = Arrays.copyOf(nodes, 2 * tiles * pools * TILE);
            rates = Arrays.copyOf(rates, 2 * tiles * TILE);
            endMicros = Arrays.copyOf(endMicros, 2 * tiles * TILE);
            cost = Arrays.copyOf(cost, 2 * tiles * TILE);
        }
        tileRoom[tiles] = rooms - 1;
        tileFleets[tiles] = 0;
        tiles++;
    }

    /** {@return how many fleets there are} */
    public int fleets() {
        return fleets;
    }

    /** {@return slots, with fleets or not} */
    public int slots() {
        return tiles * TILE;
    }

    /** {@return whether a slot holds a fleet} */
    public boolean holds(int slot) {
        return slot % TILE < tileFleets[slot / TILE];
    }

    /** {@return when a scored fleet would end, microseconds} */
    public double endMicros(int slot) {
        return endMicros[slot];
    }

    /** {@return what a scored fleet costs; infinite where it does not fit} */
    public double cost(int slot) {
        return cost[slot];
    }

    /** Takes a scored fleet out of the choice. */
    public void reject(int slot) {
        cost[slot] = Double.POSITIVE_INFINITY;
    }

    /** {@return the room of a slot, in the order in which they were added} */
    public int room(int slot) {
        return tileRoom[slot / TILE];
    }

    /** Copies the nodes of a slot, shape [pools]. */
    public void nodes(int slot, int[] into) {
        int at = slot / TILE * pools * TILE + slot % TILE;
        for (int p = 0; p < pools; p++) {
            into[p] = (int) nodes[at + p * TILE];
        }
    }
}
