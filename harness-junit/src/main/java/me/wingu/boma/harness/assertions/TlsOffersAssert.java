package me.wingu.boma.harness.assertions;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import me.wingu.boma.harness.probe.TlsOffers;
import me.wingu.boma.harness.probe.TlsVersion;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions on the TLS versions and cipher suites that a server agrees to. Each needs a server that agreed to something,
 * also those on what is not offered.
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public class TlsOffersAssert extends AbstractAssert<TlsOffersAssert, TlsOffers> {

    /** Creates the assertions on the offers of one server. */
    public TlsOffersAssert(TlsOffers actual) {
        super(actual, TlsOffersAssert.class);
    }

    /**
     * Verifies that each of these versions is offered, and no other.
     *
     * <pre>{@code
     * assertThat(vm.tlsOffers("test.example.org").from("stranger")).offersOnly(TLS_1_2, TLS_1_3);   // passes for Caddy
     * assertThat(vm.tlsOffers("test.example.org").from("stranger")).offersOnly(TLS_1_3);            // fails for it
     * }</pre>
     *
     * @throws IllegalArgumentException when no version is named
     */
    public TlsOffersAssert offersOnly(TlsVersion... versions) {
        Wording.requireSome(versions, "TLS version");
        Set<TlsVersion> expected = new TreeSet<>(Arrays.asList(versions));
        if (!offered().keySet().equals(expected)) {
            fail("only " + expected + " to be offered");
        }
        return this;
    }

    /**
     * Verifies that each of these versions is offered.
     *
     * <pre>{@code
     * assertThat(offers).offers(TLS_1_3);   // passes for an up-to-date server
     * assertThat(offers).offers(TLS_1_1);   // fails for it
     * }</pre>
     *
     * @throws IllegalArgumentException when no version is named
     */
    public TlsOffersAssert offers(TlsVersion... versions) {
        Wording.requireSome(versions, "TLS version");
        for (TlsVersion version : versions) {
            if (!offered().containsKey(version)) {
                fail(version + " to be offered");
            }
        }
        return this;
    }

    /**
     * Verifies that none of these versions is offered.
     *
     * <pre>{@code
     * assertThat(offers).offersNo(TLS_1_0, TLS_1_1);   // passes for an up-to-date server
     * assertThat(offers).offersNo(TLS_1_2);            // fails for it
     * }</pre>
     *
     * @throws IllegalArgumentException when no version is named
     */
    public TlsOffersAssert offersNo(TlsVersion... versions) {
        Wording.requireSome(versions, "TLS version");
        for (TlsVersion version : versions) {
            if (offered().containsKey(version)) {
                fail(version + " not to be offered");
            }
        }
        return this;
    }

    /**
     * Verifies that the pattern occurs in no name of a cipher suite, whatever the version, and whatever the case of its letters.
     *
     * <pre>{@code
     * assertThat(offers).offersNoSuiteMatching("RC4|3DES|NULL|anon");   // passes for an up-to-date server
     * assertThat(offers).offersNoSuiteMatching("CBC");                  // fails with the suites that it offers for TLS 1.2
     * }</pre>
     *
     * @param regex a pattern for a part of an IANA name such as {@code TLS_RSA_WITH_AES_128_CBC_SHA}
     * @throws IllegalArgumentException when the pattern is blank or is none
     */
    public TlsOffersAssert offersNoSuiteMatching(String regex) {
        Wording.requireText(regex, "pattern");
        Pattern pattern = Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
        Set<String> matching = offered().values().stream()
                .flatMap(List::stream)
                .filter(suite -> pattern.matcher(suite).find())
                .collect(Collectors.toCollection(TreeSet::new));
        if (!matching.isEmpty()) {
            fail("no cipher suite to match " + regex + " but " + matching + (matching.size() == 1 ? " does" : " do"));
        }
        return this;
    }

    private Map<TlsVersion, List<String>> offered() {
        isNotNull();
        if (actual.offered().isEmpty()) {
            failWithMessage("%s", Tried.failure("Expecting a server that offers TLS but there was none", actual.trial()));
        }
        return actual.offered();
    }

    private void fail(String expectation) {
        String offered = actual.offered().entrySet().stream()
                .map(each -> each.getKey() + ": " + String.join("\n         ", each.getValue()))
                .collect(Collectors.joining("\n"));
        failWithMessage(
                "%s", Tried.failure("Expecting " + expectation, actual.trial()) + Tried.block("offer", offered));
    }
}
