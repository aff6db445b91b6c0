package muster.planner.profile;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** No two entries of a kind may go by one name: whoever asks for it would get either. */
final class AliasCheck {
    private AliasCheck() {}

    static void check(List<CatalogueListing.Found> entries, Problems problems) {
        Map<String, CatalogueListing.Found> takenBy = new HashMap<>();
        for (CatalogueListing.Found found : entries) {
            Stream.concat(Stream.of(found.entry().name()), found.entry().aliases().stream())
                    .map(Catalogue::squeezed)
                    .distinct()
                    .forEach(name -> {
                        CatalogueListing.Found first =
                                takenBy.putIfAbsent(found.kind().word() + " " + name, found);
                        if (first != null) {
                            problems.add(
                                    new Place(found.file().toString(), 1, 1, false),
                                    "(%s) is a name of %s (%s) too."
                                            .formatted(
                                                    name,
                                                    first.kind().word(),
                                                    first.entry().name()),
                                    "keep it under aliases of one of them.");
                        }
                    });
        }
    }
}
