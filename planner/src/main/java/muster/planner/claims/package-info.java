/** Holds claims against arithmetic, physics, failure rates and what owning costs. */
package muster.planner.claims;
