package muster.planner.profile;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import muster.planner.domain.CatalogueEntry;
import muster.planner.domain.Trait;

/**
 * The names of a kind's entries: those of their files, and what publications call them. Each stands for one entry only.
 * Entries that cannot be read have no aliases here; whoever names them is told what is wrong.
 */
public final class Aliases {
    static final String KEY = "aliases";

    private final Map<String, String> nameByAlias;

    private Aliases(Map<String, String> nameByAlias) {
        this.nameByAlias = nameByAlias;
    }

    /** Reads every entry of the kind. */
    public static Aliases of(Catalogue catalogue, Catalogue.Kind kind) {
        return collected(catalogue, kind, new Problems());
    }

    /** {@return the name of the entry that is called so; capitals count, a file's name goes before an alias} */
    public Optional<String> find(String nameOrAlias) {
        return Optional.ofNullable(nameByAlias.get(nameOrAlias));
    }

    /** {@return every name and alias} */
    public List<String> all() {
        return List.copyOf(nameByAlias.keySet());
    }

    /** Reports what stands for two entries. */
    static Aliases collected(Catalogue catalogue, Catalogue.Kind kind, Problems problems) {
        Map<String, String> nameByAlias = new LinkedHashMap<>();
        List<String> names = catalogue.names(kind);
        names.forEach(name -> nameByAlias.put(name, name));
        CatalogueReading reading = new CatalogueReading(catalogue, new Problems());
        for (String name : names) {
            Place place = new Place(catalogue.fileOf(kind, name).toString(), 1, 1, false);
            Optional<CatalogueEntry> entry = reading.named(kind, name, place);
            for (String alias : entry.map(Aliases::aliases).orElse(List.of())) {
                String other = nameByAlias.putIfAbsent(alias, name);
                if (other != null && !other.equals(name)) {
                    problems.add(
                            place,
                            "The alias (%s) of the %s %s stands for %s already."
                                    .formatted(Shown.text(alias), kind.word(), name, other),
                            "take it out of one of them.");
                }
            }
        }
        return new Aliases(nameByAlias);
    }

    private static List<String> aliases(CatalogueEntry entry) {
        Trait trait = entry.traits().get(KEY);
        return trait == null ? List.of() : trait.words();
    }
}
