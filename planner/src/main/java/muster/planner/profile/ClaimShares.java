package muster.planner.profile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import muster.planner.domain.Claim;
import muster.planner.domain.StatedFigure;

/** Reads the list {@code figures} of a claim: amounts of any kind, and how large a part of another each is. */
final class ClaimShares {
    /** What an amount may be; the first whose units know the text's is meant. */
    private static final List<Dimension> ANY = List.of(
            Dimension.AMOUNT,
            Dimension.MONEY,
            Dimension.TIME,
            Dimension.TOKENS,
            Dimension.GPU_HOURS,
            Dimension.FLOP,
            Dimension.POWER,
            Dimension.ENERGY,
            Dimension.MASS,
            Dimension.PARAMETERS);

    private final StatedFigures figures;
    private final Problems problems;
    private final Map<String, StatedFigure> byPath;
    private final List<Claim.Share> shares;

    ClaimShares(StatedFigures figures, Problems problems, Map<String, StatedFigure> byPath, List<Claim.Share> shares) {
        this.figures = figures;
        this.problems = problems;
        this.byPath = byPath;
        this.shares = shares;
    }

    void read(Section stated) {
        List<NamedItems.Item> items = NamedItems.of(stated, "figures", false, problems);
        List<String> names = items.stream().map(NamedItems.Item::name).toList();
        Map<String, YamlNode> wholes = new LinkedHashMap<>();
        for (NamedItems.Item item : items) {
            Section section = Section.of(item.mapping(), item.path(), problems).orElseThrow();
            section.find("name");
            section.find("value")
                    .flatMap(node -> amount(node, section.pathOf("value")))
                    .ifPresent(figure -> byPath.put(Claim.sharePath(item.name(), "value"), figure));
            figures.find(section, "percent", Dimension.BARE_PERCENT)
                    .ifPresent(figure -> byPath.put(Claim.sharePath(item.name(), "percent"), figure));
            Optional<YamlNode> of = section.find("of");
            of.ifPresent(node -> wholes.put(item.name(), node));
            boolean addUp = section.word("partsAddUp", List.of("true", "false"), false)
                    .filter("true"::equals)
                    .isPresent();
            if (section.has("percent") && of.isEmpty()) {
                section.refuse("percent", "does not say of what.", "of: the name of another figure, or an amount.");
            }
            section.finish();
            shares.add(new Claim.Share(item.name(), of.flatMap(node -> whole(item, node, names)), addUp));
        }
        items.forEach(item -> sameKind(item, wholes.get(item.name())));
    }

    /** {@return the path of the whole: another figure's value, or the amount that stands here} */
    private Optional<String> whole(NamedItems.Item item, YamlNode node, List<String> names) {
        if (node instanceof YamlNode.Scalar scalar && names.contains(scalar.text())) {
            if (scalar.text().equals(item.name())) {
                problems.add(node.place(), "%s.of: a figure cannot be part of itself.".formatted(item.path()));
                return Optional.empty();
            }
            return Optional.of(Claim.sharePath(scalar.text(), "value"));
        }
        boolean word = node instanceof YamlNode.Scalar scalar
                && !scalar.text().isEmpty()
                && Character.isLetter(scalar.text().charAt(0));
        if (word) {
            String text = ((YamlNode.Scalar) node).text();
            problems.add(
                    node.place(),
                    "%s.of: no figure is named (%s).".formatted(item.path(), Shown.text(text)),
                    NearestNames.maybe(text, names));
            return Optional.empty();
        }
        String path = Claim.sharePath(item.name(), "of");
        return amount(node, item.path() + ".of").map(figure -> {
            byPath.put(path, figure);
            return path;
        });
    }

    private void sameKind(NamedItems.Item item, YamlNode whole) {
        StatedFigure part = byPath.get(Claim.sharePath(item.name(), "value"));
        Optional<StatedFigure> of = shares.stream()
                .filter(share -> share.name().equals(item.name()))
                .flatMap(share -> share.of().stream())
                .findFirst()
                .map(byPath::get);
        if (part != null && of.isPresent() && part.unit() != of.get().unit()) {
            problems.add(
                    whole.place(),
                    "%s (%s) is not of the kind of what it should be part of (%s)."
                            .formatted(item.path(), part.text(), of.get().text()));
        }
    }

    private Optional<StatedFigure> amount(YamlNode node, String path) {
        List<YamlNode> texts = new ArrayList<>();
        switch (node) {
            case YamlNode.Mapping mapping ->
                List.of("value", "low", "high").forEach(key -> mapping.find(key).ifPresent(texts::add));
            case YamlNode.Scalar scalar -> texts.add(scalar);
            case YamlNode.Sequence list -> {}
        }
        Dimension dimension = texts.stream()
                .filter(YamlNode.Scalar.class::isInstance)
                .findFirst()
                .map(text -> dimension(((YamlNode.Scalar) text).text()))
                .orElse(Dimension.AMOUNT);
        return figures.read(node, path, dimension);
    }

    private static Dimension dimension(String text) {
        for (Dimension dimension : ANY) {
            try {
                QuantityText.exact(text, dimension);
                return dimension;
            } catch (QuantityException notThis) {
                // Tried in turn; if none fits, the plain number's message says what is wrong.
            }
        }
        return Dimension.AMOUNT;
    }
}
