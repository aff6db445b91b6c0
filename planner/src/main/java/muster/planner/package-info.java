/** The use cases: a scenario in, a checked plan with its bound out. */
package muster.planner;
