/** An independent judge of plans and bounds: the meaning of a scenario as a model of OR-Tools' CP-SAT solver. */
package muster.planner.judge;
