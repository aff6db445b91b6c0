package muster.kernels;

/**
 * How fast a back end computes the layout lattice on one core.
 *
 * @param choice the back end
 * @param points how long the columns were
 * @param layoutsPerSecond the median over the rounds
 * @param leastLayoutsPerSecond the slowest round
 * @param mostLayoutsPerSecond the fastest round
 */
public record KernelSpeed(
        KernelChoice choice,
        int points,
        double layoutsPerSecond,
        double leastLayoutsPerSecond,
        double mostLayoutsPerSecond) {}
