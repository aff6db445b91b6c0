/** A search that closes a cycle with its domain, for the test that the test can fail. */
package muster.planner.architecturefixture.search;
