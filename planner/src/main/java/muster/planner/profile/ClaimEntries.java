package muster.planner.profile;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import muster.planner.domain.CatalogueEntry;

/** Entries of the catalogue that claims name; each file is read once, however many claims share it. */
final class ClaimEntries {
    private final CatalogueReading reading;
    private final Map<String, CatalogueEntry> read = new HashMap<>();

    ClaimEntries(CatalogueReading reading) {
        this.reading = reading;
    }

    /** {@return what a name or an inline mapping stands for; a problem stands where it is used} */
    Optional<CatalogueEntry> resolve(Catalogue.Kind kind, YamlNode node, String path, String ownName) {
        if (!(node instanceof YamlNode.Scalar name)) {
            return reading.resolve(kind, node, path, ownName);
        }
        return named(kind, name.text(), name.place());
    }

    Optional<CatalogueEntry> named(Catalogue.Kind kind, String name, Place usedAt) {
        String key = kind.folder() + "/" + name;
        Optional<CatalogueEntry> entry = Optional.ofNullable(read.get(key)).or(() -> reading.named(kind, name, usedAt));
        entry.ifPresent(found -> read.put(key, found));
        return entry;
    }
}
