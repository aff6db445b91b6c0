/** Searches for plans: the OptaPlanner shell, and the only package that imports it. */
package muster.planner.search;
