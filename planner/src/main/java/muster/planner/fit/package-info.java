/** Fits the constants of software stacks to measured runs. */
package muster.planner.fit;
