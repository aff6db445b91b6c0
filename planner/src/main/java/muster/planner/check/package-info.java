/** The independent judge: derives every plan anew, in exact decimal arithmetic, before anybody sees it. */
package muster.planner.check;
