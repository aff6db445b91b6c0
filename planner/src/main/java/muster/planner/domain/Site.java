package muster.planner.domain;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A place where pools stand.
 *
 * @param powerUsageEffectiveness facility power over IT power, at least 1
 * @param usdPerKwh what owned nodes pay for energy; empty where the site states none
 * @param kgPerKwh carbon dioxide equivalent of the grid; empty where unknown
 * @param usdPerKilowattMonth rent of space and cooling, USD per kW of IT power and month; no plan counts with it yet
 * @param caps what there is room for
 */
public record Site(
        String name,
        String label,
        Figure powerUsageEffectiveness,
        Optional<Figure> usdPerKwh,
        Optional<Figure> kgPerKwh,
        Optional<Figure> usdPerKilowattMonth,
        Caps caps)
        implements CatalogueEntry {
    /**
     * What a site has room for.
     *
     * @param powerWatts facility power, cooling included
     * @param racks how many
     * @param rackWatts IT power of one rack
     */
    public record Caps(Optional<Figure> powerWatts, Optional<Figure> racks, Optional<Figure> rackWatts) {
        public static final Caps NONE = new Caps(Optional.empty(), Optional.empty(), Optional.empty());

        public Caps withPower(Optional<Figure> changed) {
            return new Caps(changed, racks, rackWatts);
        }

        public Caps withRacks(Optional<Figure> changed) {
            return new Caps(powerWatts, changed, rackWatts);
        }
    }

    /** {@return how many of these nodes one rack takes, in whole milliwatts; the largest where the site does not say} */
    public int nodesPerRack(Node node) {
        return caps.rackWatts()
                .map(watts -> Math.round(watts.value() * 1e3)
                        / Math.round(node.trainingPowerWatts().value() * 1e3))
                .map(count -> (int) Math.min(count, Integer.MAX_VALUE))
                .orElse(Integer.MAX_VALUE);
    }

    public Site withCaps(Caps changed) {
        return new Site(name, label, powerUsageEffectiveness, usdPerKwh, kgPerKwh, usdPerKilowattMonth, changed);
    }

    /** A site whose rent is unknown and whose room has no end. */
    public Site(
            String name,
            String label,
            Figure powerUsageEffectiveness,
            Optional<Figure> usdPerKwh,
            Optional<Figure> kgPerKwh) {
        this(name, label, powerUsageEffectiveness, usdPerKwh, kgPerKwh, Optional.empty(), Caps.NONE);
    }

    @Override
    public Map<String, Figure> figures() {
        Map<String, Figure> figures = new LinkedHashMap<>();
        figures.put("pue", powerUsageEffectiveness);
        usdPerKwh.ifPresent(price -> figures.put("energyPrice", price));
        kgPerKwh.ifPresent(intensity -> figures.put("carbon", intensity));
        usdPerKilowattMonth.ifPresent(rent -> figures.put("colocation", rent));
        caps.powerWatts().ifPresent(power -> figures.put("power", power));
        caps.racks().ifPresent(count -> figures.put("racks", count));
        caps.rackWatts().ifPresent(power -> figures.put("rackPower", power));
        return figures;
    }
}
