package muster.planner.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import muster.planner.profile.Catalogue.Kind;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The schemas are written by hand; these tests keep them and the readers from drifting apart. */
class SchemasTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void readersKnowEveryKeyOfTheSchema(Kind kind) {
        String keys = properties(schema(kind.word())).stream()
                .filter(key -> !key.equals("extends"))
                .map(key -> key + ": {odd: 1}\n")
                .collect(Collectors.joining());
        ShippedFiles.write(folder, kind.folder() + "/all.yaml", keys);
        assertThat(problemsOf(() -> ShippedFiles.catalogueUnder(folder).find(kind, "all")))
                .noneMatch(problem -> problem.message().contains("is unknown")
                        && !problem.message().contains(".odd"));
    }

    @ParameterizedTest
    @EnumSource
    void theSchemaKnowsEveryKeyOfShippedFiles(Kind kind) throws ProfileException {
        List<String> known = properties(schema(kind.word()));
        for (String name : ShippedFiles.catalogue().names(kind)) {
            assertThat(keys(ShippedFiles.catalogue().fileOf(kind, name))).isSubsetOf(known);
        }
    }

    @Test
    void scenarioKeysAgreeBothWays() throws ProfileException {
        JsonNode schema = schema("scenario");
        List<String> known = properties(schema);
        assertThat(keys(ShippedFiles.SCENARIO)).isSubsetOf(known);
        String everyKey = known.stream()
                .filter(key -> !List.of("jobs", "pools", "sites").contains(key))
                .map(key -> key + ": {odd: 1}\n")
                .collect(Collectors.joining());
        String items = "jobs:\n  - name: j\n" + lines(schema, "jobs") + "pools:\n  - name: p\n" + lines(schema, "pools")
                + "sites:\n  - name: s\n" + lines(schema, "sites");
        Path file = ShippedFiles.write(folder, "all.yaml", everyKey + items);
        assertThat(problemsOf(() -> ScenarioReader.read(file, List.of(), ShippedFiles.catalogue())))
                .noneMatch(problem -> problem.message().contains("is unknown")
                        && !problem.message().contains(".odd"));
    }

    @Test
    void claimKeysAgreeBothWays() throws ProfileException {
        JsonNode schema = schema("claim");
        for (String name : ClaimReader.names(ShippedFiles.catalogue())) {
            assertThat(keys(ClaimReader.find(ShippedFiles.catalogue(), name).orElseThrow()))
                    .isSubsetOf(properties(schema));
        }
        String stated = properties(schema.get("properties").get("stated")).stream()
                .filter(key -> !List.of("phases", "fleet", "parts", "figures").contains(key))
                .map(key -> "  " + key + ": {odd: 1}\n")
                .collect(Collectors.joining());
        JsonNode inStated = schema.get("properties").get("stated");
        String items = Stream.of("phases", "fleet", "parts", "figures")
                .map(list -> "  " + list + ":\n  - name: n\n" + lines(inStated, list))
                .collect(Collectors.joining());
        Path file = ShippedFiles.write(folder, "all.yaml", "claim: x\nstated:\n" + stated + items);
        assertThat(problemsOf(() -> ClaimReader.read(file, List.of(), ShippedFiles.catalogue())))
                .noneMatch(problem -> problem.message().contains("is unknown")
                        && !problem.message().contains(".odd"));
    }

    @Test
    void theSchemaKnowsEveryYardstick() throws ProfileException {
        JsonNode schema = schema("yardsticks").get("properties");
        YardstickReader.read(ShippedFiles.catalogue()).figures().keySet().forEach(key -> {
            String[] parts = key.split("\\.", 3);
            JsonNode section = schema.get(parts[0]);
            assertThat(section.has("additionalProperties")
                                    && section.get("additionalProperties").isObject()
                            || section.get("properties").has(parts[1]))
                    .as(key)
                    .isTrue();
        });
    }

    /** Whatever stands in a model's or a stack's file may stand inline, but for the sources of a file. */
    @ParameterizedTest
    @EnumSource(names = {"MODEL", "STACK"})
    void inlineEntriesHaveTheKeysOfFiles(Kind kind) {
        JsonNode file = schema(kind.word());
        JsonNode inline = schema("scenario").get("$defs").get(kind.word());
        List<String> keys = properties(file).stream()
                .filter(key -> !List.of("source", "sources").contains(key))
                .toList();
        assertThat(properties(inline)).isEqualTo(keys);
        keys.forEach(key -> assertThat(inline.get("properties").get(key))
                .isEqualTo(file.get("properties").get(key)));
        assertThat(inline.get("else")).isEqualTo(file.get("else"));
    }

    /** Editors read the first lines; the path holds in every clone. */
    @Test
    void everyShippedFilePointsAtItsSchema() throws IOException {
        List<Path> files;
        try (Stream<Path> shipped = Files.walk(ShippedFiles.CATALOGUE)) {
            files = shipped.filter(file -> file.toString().endsWith(".yaml")).toList();
        }
        assertThat(files).hasSizeGreaterThan(90);
        for (Path file : files) {
            String folder = file.getParent().getFileName().toString();
            String kind = folder.equals("yardsticks") ? folder : folder.substring(0, folder.length() - 1);
            String schema = "../schemas/" + kind + ".json";
            assertThat(Files.readAllLines(file).getFirst())
                    .as("%s", file)
                    .isEqualTo("# yaml-language-server: $schema=" + schema);
            assertThat(file.resolveSibling(schema).normalize()).isRegularFile();
        }
    }

    @Test
    void unknownSchemasAreRefused() {
        assertThatThrownBy(() -> Schemas.json("gpus"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Maybe one of scenario, gpu");
    }

    private static String lines(JsonNode schema, String list) {
        return properties(schema.get("properties").get(list).get("items")).stream()
                .filter(key -> !List.of("name", "extends").contains(key))
                .map(key -> "    " + key + ": {odd: 1}\n")
                .collect(Collectors.joining());
    }

    private static JsonNode schema(String kind) {
        JsonNode schema = JsonMapper.shared().readTree(Schemas.json(kind));
        assertThat(schema.get("$schema").asString()).isEqualTo("https://json-schema.org/draft/2020-12/schema");
        return schema;
    }

    private static List<String> properties(JsonNode schema) {
        return List.copyOf(schema.get("properties").propertyNames());
    }

    private static List<String> keys(Path file) throws ProfileException {
        YamlNode root = YamlTree.parse(
                        YamlText.read(file, file.toString()), YamlTree.Source.file(file.toString()), new Problems())
                .orElseThrow();
        return ((YamlNode.Mapping) root)
                .entries().stream().map(YamlNode.Entry::key).toList();
    }

    private static List<Problem> problemsOf(ThrowingCallable reading) {
        return catchThrowableOfType(ProfileException.class, reading).problems();
    }
}
