package muster.planner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A page that names a file of ours that is gone has gone stale. */
class DocumentsTest {
    private static final Path HOME = Path.of(System.getProperty("muster.home", ".."));
    private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]+)[^)]*\\)");
    private static final Pattern CODE = Pattern.compile("`([^`\\s]+)`");
    private static final Pattern COMMAND = Pattern.compile("(?m)(?:^|\\s)((?:\\./|cluster-profiles/|docs/)[\\w./-]+)");
    private static final Pattern CITATION = Pattern.compile("(docs/[\\w-]+\\.md)#([\\w-]+)");
    private static final Set<String> FOLDERS =
            Set.of("cluster-profiles", "docs", "kernels", "planner", ".ci", ".mvn", "spark");

    static List<Path> pathsExist() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(HOME.resolve("README.md"), HOME.resolve("CONTRIBUTING.md")));
        try (Stream<Path> docs = Files.walk(HOME.resolve("docs"))) {
            docs.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
        }
        return pages;
    }

    @ParameterizedTest
    @MethodSource
    void pathsExist(Path page) throws IOException {
        assertThat(deadPaths(page.getParent(), Files.readString(page)))
                .as("dead paths in %s", page)
                .isEmpty();
    }

    /** Plans cite sections of our pages as the source of a default. */
    @Test
    void citedSectionsExist() throws IOException {
        List<Path> sources;
        try (Stream<Path> files = Files.walk(HOME.resolve("planner/src/main/java"))) {
            sources = files.filter(file -> file.toString().endsWith(".java")).toList();
        }
        int citations = 0;
        for (Path source : sources) {
            Matcher citation = CITATION.matcher(Files.readString(source));
            while (citation.find()) {
                citations++;
                assertThat(Files.readString(HOME.resolve(citation.group(1))).lines())
                        .as("headings of %s, cited in %s", citation.group(1), source)
                        .anyMatch(line -> line.startsWith("#") && anchor(line).equals(citation.group(2)));
            }
        }
        assertThat(citations).isPositive();
    }

    /** {@return a heading's anchor as web pages of repositories make it} */
    private static String anchor(String heading) {
        return heading.replaceFirst("^#+ ", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9 -]", "")
                .replace(' ', '-');
    }

    @Test
    void aDeadPathIsFound() {
        assertThat(deadPaths(HOME, "[a](docs/none.md) `planner/none.xml` `./none --help` `none` [b](https://x.org/y)"))
                .containsExactly("docs/none.md", "planner/none.xml", "./none");
        assertThat(deadPaths(HOME, "```sh\n./none plan cluster-profiles/none.yaml\n```"))
                .containsExactly("./none", "cluster-profiles/none.yaml");
    }

    /** Links are relative to their page, paths in code to the repository. */
    private static List<String> deadPaths(Path folder, String text) {
        List<String> dead = new ArrayList<>();
        LINK.matcher(text)
                .results()
                .map(link -> link.group(1))
                .filter(target -> !target.contains(":") && !Files.exists(folder.resolve(target)))
                .forEach(dead::add);
        for (Pattern pattern : List.of(CODE, COMMAND)) {
            Matcher matcher = pattern.matcher(text.replace('`', pattern == CODE ? '`' : ' '));
            while (matcher.find()) {
                String path = matcher.group(1);
                if (looksLikeOurs(path) && !Files.exists(HOME.resolve(path)) && !dead.contains(path)) {
                    dead.add(path);
                }
            }
        }
        return dead;
    }

    private static boolean looksLikeOurs(String path) {
        boolean pattern = path.matches(".*[*<>{}…|$A-Z]{2,}.*|.*[*<>{}…|$].*");
        return !pattern && (path.startsWith("./") || path.contains("/") && FOLDERS.contains(path.split("/")[0]));
    }
}
