/** The planner's yardstick: tiny scenarios, solved by trying every fleet with the arithmetic as it is written down. */
package muster.planner.oracle;
