/** What exists, what is asked and what is answered: records and sealed types in base units, depending on java.* only. */
package muster.planner.domain;
