package muster.planner.domain;

/**
 * A price that somebody asked, paid or reported. Its date is that of its origin.
 *
 * @param item what it buys: a GPU of the catalogue under its name there, or a node
 * @param seller who asks it; empty where the source names none
 * @param market the class of seller: hyperscaler, neocloud, marketplace and so on; empty for purchases
 * @param place where; empty where the source names none
 * @param term purchase, on-demand, spot, reserved-1y and so on
 * @param low the price, or the low end of a band; USD, or USD per GPU and hour for rents
 * @param high the same as {@code low} unless the source states a band
 * @param original the price as printed, where it was converted; else empty
 */
public record Quote(
        String item,
        String seller,
        String market,
        String place,
        String term,
        Figure low,
        Figure high,
        String original) {
    public boolean isBand() {
        return low.value() != high.value();
    }
}
