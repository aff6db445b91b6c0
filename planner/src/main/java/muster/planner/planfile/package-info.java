/** Plan files read back: JSON within bounds, every error with its place; and what changed from one plan to another. */
package muster.planner.planfile;
