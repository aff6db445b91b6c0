/** Reads YAML; the only place where units are converted. */
package muster.planner.profile;
