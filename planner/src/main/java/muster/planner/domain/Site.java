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
 */
public record Site(
        String name,
        String label,
        Figure powerUsageEffectiveness,
        Optional<Figure> usdPerKwh,
        Optional<Figure> kgPerKwh)
        implements CatalogueEntry {
    @Override
    public Map<String, Figure> figures() {
        Map<String, Figure> figures = new LinkedHashMap<>();
        figures.put("pue", powerUsageEffectiveness);
        usdPerKwh.ifPresent(price -> figures.put("energyPrice", price));
        kgPerKwh.ifPresent(intensity -> figures.put("carbon", intensity));
        return figures;
    }
}
