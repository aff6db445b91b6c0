/** The commands, one file each, and their exit codes; the only package importing picocli. */
package muster.planner.cli;
