package muster.planner.profile;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** JSON Schemas (draft 2020-12) of the files, for editors that complete and check while typing. */
public final class Schemas {
    public static final List<String> KINDS =
            List.of("scenario", "gpu", "node", "model", "stack", "site", "market", "claim", "yardsticks");

    private Schemas() {}

    /**
     * {@return the schema's text}
     *
     * @throws IllegalArgumentException for any word not in {@link #KINDS}
     */
    public static String json(String kind) {
        if (!KINDS.contains(kind)) {
            throw new IllegalArgumentException(
                    "There is no schema named (%s).%n  Maybe one of %s.".formatted(kind, String.join(", ", KINDS)));
        }
        try (InputStream stream = Schemas.class.getResourceAsStream("schema/" + kind + ".json")) {
            if (stream == null) {
                throw new IllegalStateException("The schema (%s) is missing from this build.".formatted(kind));
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
