/** A domain that breaks the architecture, for the test that the test can fail. */
package muster.planner.architecturefixture.domain;
