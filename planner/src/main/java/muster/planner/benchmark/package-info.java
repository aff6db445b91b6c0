/** Measures what the planner promises and prints it; nothing of a plan depends on it. */
package muster.planner.benchmark;
