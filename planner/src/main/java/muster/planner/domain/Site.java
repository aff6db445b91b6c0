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
 */
public record Site(
        String name,
        String label,
        Figure powerUsageEffectiveness,
        Optional<Figure> usdPerKwh,
        Optional<Figure> kgPerKwh,
        Optional<Figure> usdPerKilowattMonth)
        implements CatalogueEntry {
    /** A site whose rent is unknown. */
    public Site(
            String name,
            String label,
            Figure powerUsageEffectiveness,
            Optional<Figure> usdPerKwh,
            Optional<Figure> kgPerKwh) {
        this(name, label, powerUsageEffectiveness, usdPerKwh, kgPerKwh, Optional.empty());
    }

    /** {@return the same site with another price of energy} */
    public Site withUsdPerKwh(Figure changed) {
        return new Site(name, label, powerUsageEffectiveness, Optional.of(changed), kgPerKwh, usdPerKilowattMonth);
    }

    @Override
    public Map<String, Figure> figures() {
        Map<String, Figure> figures = new LinkedHashMap<>();
        figures.put("pue", powerUsageEffectiveness);
        usdPerKwh.ifPresent(price -> figures.put("energyPrice", price));
        kgPerKwh.ifPresent(intensity -> figures.put("carbon", intensity));
        usdPerKilowattMonth.ifPresent(rent -> figures.put("colocation", rent));
        return figures;
    }
}
