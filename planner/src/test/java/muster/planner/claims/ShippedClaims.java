package muster.planner.claims;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import muster.planner.domain.Claim;
import muster.planner.domain.ClaimAnswer;
import muster.planner.domain.ClaimAnswer.Check;
import muster.planner.domain.Interval;
import muster.planner.profile.Catalogue;
import muster.planner.profile.ClaimReader;
import muster.planner.profile.ProfileException;
import muster.planner.profile.Setting;
import muster.planner.profile.YardstickReader;

/** The catalogue's claims, checked by its yardsticks. */
final class ShippedClaims {
    static final Catalogue CATALOGUE =
            Catalogue.open(Path.of(System.getProperty("muster.home", ".."), "cluster-profiles"), Optional.empty());

    private ShippedClaims() {}

    static ClaimAnswer checked(String name, String... settings) {
        return checked(ClaimReader.find(CATALOGUE, name).orElseThrow(), settings);
    }

    static ClaimAnswer checked(Path file, String... settings) {
        try {
            List<Setting> parsed = Stream.of(settings).map(Setting::parse).toList();
            Claim claim = ClaimReader.read(file, parsed, CATALOGUE);
            return ClaimChecker.check(claim, YardstickReader.read(CATALOGUE));
        } catch (ProfileException e) {
            throw new AssertionError(e.problems().toString(), e);
        }
    }

    static Check check(ClaimAnswer answer, String name) {
        return answer.checks().stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no check %s among %s"
                        .formatted(
                                name, answer.checks().stream().map(Check::name).toList())));
    }

    static Interval derived(ClaimAnswer answer, String key) {
        Interval value = answer.derived().get(key);
        if (value == null) {
            throw new AssertionError("no %s in %s".formatted(key, answer.derived()));
        }
        return value;
    }
}
