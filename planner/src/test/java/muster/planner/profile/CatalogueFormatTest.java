package muster.planner.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import muster.planner.domain.Confidence;
import muster.planner.domain.Figure;
import muster.planner.domain.Gpu;
import muster.planner.domain.Market;
import muster.planner.domain.Node;
import muster.planner.domain.Quote;
import muster.planner.domain.Site;
import muster.planner.profile.Catalogue.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The parts of the files that say more than one number: disagreements, histories, prices, names. */
class CatalogueFormatTest {
    private static final String SOURCES = "sources: {me: {title: Me, date: 2026-03, confidence: medium}}\n";

    @TempDir
    private Path overlay;

    @Test
    void otherValuesAreKeptBesideTheChosenOne() throws ProfileException {
        write("gpus/mine.yaml", """
                extends: h100
                linkBandwidth:
                  value: 900 GB/s
                  direction: both
                  source: me
                  note: as printed
                  also: [{value: 400 GB/s, direction: one, source: me, confidence: low}]
                  because: the sheet prints it
                """ + SOURCES);
        Figure link = gpu("mine").linkBytesPerSecond();
        assertThat(link.value()).isEqualTo(450e9);
        assertThat(link.note()).isEqualTo("as printed");
        assertThat(link.disagreement().orElseThrow().reason()).isEqualTo("the sheet prints it");
        Figure other = link.disagreement().orElseThrow().others().getFirst();
        assertThat(other.value()).isEqualTo(400e9);
        assertThat(other.origin().confidence()).isEqualTo(Confidence.LOW);
    }

    @Test
    void aDisagreementNeedsAReason() {
        write("gpus/mine.yaml", """
                extends: h100
                boardPower: {value: 700 W, source: me, also: [{value: 650 W, source: me}]}
                memory: {value: 80 GB, source: me, because: no other}
                memoryBandwidth: {value: 3 TB/s, source: me, also: [], because: x}
                multiprocessors: {value: 132, source: me, also: [{value: 131}], because: counted}
                """ + SOURCES);
        assertThat(messageOf(Kind.GPU, "mine"))
                .contains(":2:46: boardPower.also stands alone")
                .contains(":3:45: memory.because stands alone")
                .contains(":4:52: memoryBandwidth.also must be a list of other values.")
                .contains(":5:58: multiprocessors.also has no source.");
    }

    @Test
    void historiesAndOtherNamesAreRead() throws ProfileException {
        write("gpus/mine.yaml", """
                extends: h100
                aliases: [My-GPU 80GB]
                form: {value: "card, two slots", source: me}
                exportControls:
                  - {when: 2024-05, what: allowed, source: me}
                """ + SOURCES);
        Gpu gpu = gpu("mine");
        assertThat(gpu.aliases()).containsExactly("My-GPU 80GB");
        assertThat(gpu.traits().get("form").words()).containsExactly("card, two slots");
        assertThat(gpu.events()).hasSize(1);
        assertThat(gpu.events().getFirst().date()).isEqualTo("2024-05");
        assertThat(catalogue().nameOf(Kind.GPU, "my gpu-80gb")).contains("mine");
        assertThat(catalogue().named("MY-GPU-80GB").found()).hasSize(1);
    }

    /** Whoever extends an entry is another one; whoever replaces it takes its names over. */
    @Test
    void otherNamesAreNotInheritedButByAReplacement() throws ProfileException {
        write("gpus/mine.yaml", "extends: h100\n");
        write("gpus/h800.yaml", "extends: h800\n");
        assertThat(gpu("mine").aliases()).isEmpty();
        assertThat(gpu("h800").aliases()).contains("H800-80GB");
        assertThat(catalogue().check().problems()).isEmpty();
    }

    @Test
    void oneNameForTwoEntriesIsAProblem() {
        write("gpus/mine.yaml", "extends: h100\naliases: [H800 80gb]\n");
        assertThat(catalogue().check().problems())
                .extracting(Problem::message)
                .containsExactly("(h80080gb) is a name of gpu (h800) too.");
    }

    @Test
    void nodesSayTheirDomainHostAndPrices() throws ProfileException {
        write("nodes/mine.yaml", """
                extends: hgx-h100
                linkDomain: {value: 32, source: me}
                processor: {value: a fast one, source: me}
                prices:
                  - {price: $200 k, place: Oslo, date: 2026-02-03, source: me}
                  - {low: $150 k, high: $160 k, date: 2026, source: me, confidence: low, url: "https://x.org/p"}
                """ + SOURCES);
        Node node = (Node) catalogue().find(Kind.NODE, "mine");
        assertThat(node.linkDomainGpus()).isEqualTo(32);
        Quote first = node.quotes().getFirst();
        assertThat(first.low().value()).isEqualTo(200_000);
        assertThat(first.place()).isEqualTo("Oslo");
        assertThat(first.low().origin().date()).isEqualTo("2026-02-03");
        assertThat(first.low().origin().confidence()).isEqualTo(Confidence.MEDIUM);
        Quote band = node.quotes().getLast();
        assertThat(band.isBand()).isTrue();
        assertThat(band.low().origin().source()).isEqualTo("Me, https://x.org/p");
    }

    @Test
    void nodesThatCannotBeAreRefused() {
        write("nodes/mine.yaml", """
                extends: hgx-h100
                linkDomain: {value: 12, source: me}
                trainingPower: {value: 11 kW, source: me}
                prices:
                  - {price: $200 k, source: me}
                  - {low: $3 k, high: $2 k, date: 2026, source: me}
                  - {price: 200000, date: 2026-13-01, source: me}
                """ + SOURCES);
        assertThat(messageOf(Kind.NODE, "mine"))
                .contains(":2:13: linkDomain (12 GPUs) is no whole number of nodes of 8 GPUs.")
                .contains(":3:16: trainingPower is above the nameplate")
                .contains(":5:5: prices.date is missing.")
                .contains(":6:11: prices.low is above high.")
                .contains(":7:13: prices.price (200000)")
                .contains(":7:27: prices.date (2026-13-01) is not a date.");
    }

    @Test
    void aMarketIsAPriceList() throws ProfileException {
        write("markets/mine.yaml", """
                label: Our broker
                class: neocloud
                region: Nordics
                quotes:
                  - {gpu: h100, term: on-demand, price: $2.10 /GPU/h, date: 2026-03-01, source: me, seller: Broker}
                  - {gpu: h200, term: reserved-1y, low: $2.50 /GPU/h, high: $2.80 /GPU/h, date: 2026-03, source: me, place: Oslo, class: index}
                """ + SOURCES);
        Market market = (Market) catalogue().find(Kind.MARKET, "mine");
        assertThat(market.quotes()).extracting(Quote::place).containsExactly("Nordics", "Oslo");
        assertThat(market.quotes()).extracting(Quote::market).containsExactly("neocloud", "index");
        assertThat(market.quotes().getFirst().low().value()).isEqualTo(2.10);
    }

    @Test
    void everySlipOfAMarketIsLocated() {
        write("markets/mine.yaml", """
                quotes:
                  - {gpu: h1000, term: on-demand, price: $2 /GPU/h, date: 2026, source: me, class: neocloud}
                  - {gpu: h100, term: weekly, price: $2 /GPU/h, date: 2026, source: me, class: neocloud}
                  - {gpu: h100, term: spot, price: $2 /GPU/h, date: 2026, source: me}
                  - {gpu: h100, term: spot, price: $2, date: 2026, source: me, class: neocloud}
                  - {gpu: h100, term: spot, low: $2 /GPU/h, date: 2026, source: you, class: neocloud}
                """ + SOURCES);
        assertThat(messageOf(Kind.MARKET, "mine"))
                .contains(":2:11: quotes.gpu (h1000) is no GPU of the catalogue.")
                .contains(":3:23: quotes.term (weekly) is not known.")
                .contains(":4:5: quotes.class is missing")
                .contains(":5:36: quotes.price ($2)")
                .contains(":6:5: quotes.high is missing.")
                .contains("quotes.source (you) is not listed under sources");
    }

    @Test
    void everyKindCanBeExtended() throws ProfileException {
        write("sites/here.yaml", "extends: us\nenergyPrice: {value: $0.05 /kWh, source: me}\n" + SOURCES);
        write("markets/neoclouds.yaml", "extends: neoclouds\nlabel: Ours and theirs\n");
        Site here = (Site) catalogue().find(Kind.SITE, "here");
        assertThat(here.usdPerKwh().orElseThrow().value()).isEqualTo(0.05);
        assertThat(here.kgPerKwh()).isPresent();
        assertThat(catalogue().find(Kind.MARKET, "neoclouds").label()).isEqualTo("Ours and theirs");
        assertThat(catalogue().find(Kind.MARKET, "neoclouds").quotes()).isNotEmpty();
    }

    @Test
    void aBrokenReplacementLeavesTheShippedEntryInTheList() {
        write("gpus/h800.yaml", "extends: h800\nmemory: much\n");
        write("gpus/bad.yaml", "memory: [\n");
        CatalogueListing listing = catalogue().list(List.of(Kind.GPU, Kind.NODE));
        CatalogueListing.Found h800 = listing.found().stream()
                .filter(found -> found.entry().name().equals("h800"))
                .findFirst()
                .orElseThrow();
        assertThat(h800.insteadOf()).contains(overlay.resolve("gpus/h800.yaml"));
        assertThat(listing.found()).anyMatch(found -> found.entry().name().equals("hgx-h800"));
        assertThat(listing.found()).noneMatch(found -> found.entry().name().equals("bad"));
        assertThat(listing.problems()).extracting(Problem::line).contains(2);
        // A plan must not go on with values that its author meant to replace.
        assertThat(messageOf(Kind.NODE, "hgx-h800")).contains("h800.yaml:2:9: memory");
    }

    private Gpu gpu(String name) throws ProfileException {
        return (Gpu) catalogue().find(Kind.GPU, name);
    }

    private Catalogue catalogue() {
        return ShippedFiles.catalogueUnder(overlay);
    }

    private void write(String name, String text) {
        ShippedFiles.write(overlay, name, text);
    }

    private String messageOf(Kind kind, String name) {
        return Optional.ofNullable(catchThrowableOfType(
                        ProfileException.class, () -> catalogue().find(kind, name)))
                .orElseThrow()
                .getMessage();
    }
}
