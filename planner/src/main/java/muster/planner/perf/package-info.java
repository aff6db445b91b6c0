/** How fast a job runs on the nodes of a pool. Rates are stated by the scenario; the performance model joins them here. */
package muster.planner.perf;
