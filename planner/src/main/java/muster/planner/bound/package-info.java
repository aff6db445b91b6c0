/** How good any plan can be: exact for one job and for small spaces, a valid lower bound for the rest; proofs that there is no plan. */
package muster.planner.bound;
