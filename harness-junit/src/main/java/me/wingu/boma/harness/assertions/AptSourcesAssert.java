package me.wingu.boma.harness.assertions;

import me.wingu.boma.harness.state.AptSource;
import me.wingu.boma.harness.state.AptSources;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Assertions on where APT takes packages from.
 *
 * <pre>{@code
 * assertThat(vm.state().aptSources()).haveRelease("trixie-security");                  // passes when security updates come
 * assertThat(vm.state().aptSources()).allComeFrom("https?://deb\\.debian\\.org/.*");   // fails when somebody added another
 * }</pre>
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public class AptSourcesAssert extends StateAssert<AptSourcesAssert, AptSources> {

    /** Creates the assertions. */
    public AptSourcesAssert(AptSources actual) {
        super(actual, AptSourcesAssert.class, Wording.title(actual.host(), "APT sources"));
    }

    /** Verifies that packages of this release are offered: {@code trixie-security}. */
    public AptSourcesAssert haveRelease(String release) {
        Wording.requireText(release, "release");
        return check(
                actual.of(release).findAny().isPresent(), "Expecting a source of the release " + release + ".", actual.all());
    }

    /** Verifies that there are sources, and that the URI of each matches as a whole. */
    public AptSourcesAssert allComeFrom(String regex) {
        Wording.requireText(regex, "pattern");
        return check(
                !actual.all().isEmpty() && actual.all().stream().map(AptSource::uri).allMatch(uri -> uri.matches(regex)),
                "Expecting sources that all come from " + regex + ".",
                actual.all());
    }
}
