/** What a fleet costs: prices, tenure, energy, and the ledger that adds them up in whole micro-dollars. */
package muster.planner.cost;
