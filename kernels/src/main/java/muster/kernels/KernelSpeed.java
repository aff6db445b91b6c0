package muster.kernels;

/**
 * How fast a back end computes a kernel on one core: layouts of the lattice, or futures of one fleet, per second.
 *
 * @param choice the back end
 * @param perSecond the median over the rounds
 * @param leastPerSecond the slowest round
 * @param mostPerSecond the fastest round
 */
public record KernelSpeed(KernelChoice choice, double perSecond, double leastPerSecond, double mostPerSecond) {}
