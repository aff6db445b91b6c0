/** Says the answer: text, JSON; the only place that rounds and prints units. */
package muster.planner.report;
