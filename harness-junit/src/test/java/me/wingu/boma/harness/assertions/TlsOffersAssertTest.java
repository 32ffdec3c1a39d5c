package me.wingu.boma.harness.assertions;

import static me.wingu.boma.harness.assertions.BomaAssertions.assertThat;
import static me.wingu.boma.harness.assertions.BomaAssertions.assertThatThrownBy;
import static me.wingu.boma.harness.probe.TlsVersion.TLS_1_0;
import static me.wingu.boma.harness.probe.TlsVersion.TLS_1_1;
import static me.wingu.boma.harness.probe.TlsVersion.TLS_1_2;
import static me.wingu.boma.harness.probe.TlsVersion.TLS_1_3;

import java.util.List;
import java.util.Map;
import me.wingu.boma.harness.probe.TlsOffers;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class TlsOffersAssertTest {

    private final TlsOffers offers = new TlsOffers(
            "test.example.org",
            Map.of(
                    TLS_1_3, List.of("TLS_AES_128_GCM_SHA256"),
                    TLS_1_2, List.of("TLS_RSA_WITH_AES_128_GCM_SHA256", "TLS_RSA_WITH_AES_128_CBC_SHA")),
            Findings.trial("TLS handshakes with 198.51.100.20:443, SNI test.example.org", "TLS 1.2, TLS 1.3"));

    @Test
    void should_pass_for_what_is_offered() {
        assertThat(offers)
                .offersOnly(TLS_1_3, TLS_1_2)
                .offers(TLS_1_2)
                .offersNo(TLS_1_0, TLS_1_1)
                .offersNoSuiteMatching("RC4|3DES|NULL|anon");
    }

    @Test
    void should_fail_with_what_is_offered_in_each_version() {
        assertThatThrownBy(() -> assertThat(offers).offersOnly(TLS_1_3))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("Expecting only [TLS 1.3] to be offered\n  tried: TLS handshakes")
                .hasMessageEndingWith("""
                          seen:  TLS 1.2, TLS 1.3
                          offer: TLS 1.2: TLS_RSA_WITH_AES_128_GCM_SHA256
                                          TLS_RSA_WITH_AES_128_CBC_SHA
                                 TLS 1.3: TLS_AES_128_GCM_SHA256""".indent(2).stripTrailing());
    }

    @Test
    void should_fail_for_everything_that_is_not_offered() {
        assertFails(() -> assertThat(offers).offersOnly(TLS_1_1, TLS_1_2, TLS_1_3), "Expecting only [TLS 1.1, TLS 1.2, ");
        assertFails(() -> assertThat(offers).offers(TLS_1_2, TLS_1_1), "Expecting TLS 1.1 to be offered");
        assertFails(() -> assertThat(offers).offersNo(TLS_1_1, TLS_1_2), "Expecting TLS 1.2 not to be offered");
        assertFails(
                () -> assertThat(offers).offersNoSuiteMatching("cbc"),
                "no cipher suite to match cbc but [TLS_RSA_WITH_AES_128_CBC_SHA] does");
    }

    @Test
    void should_fail_without_an_offer_even_where_none_is_expected() {
        TlsOffers none = new TlsOffers("x", Map.of(), Findings.trial("TLS handshakes", "no answer"));

        assertFails(() -> assertThat(none).offersNo(TLS_1_0), "Expecting a server that offers TLS but there was none");
        assertFails(() -> assertThat(none).offersNoSuiteMatching("RC4"), "seen:  no answer");
        assertFails(() -> assertThat(none).offersOnly(TLS_1_3), "seen:  no answer");
        assertFails(() -> assertThat(none).offers(TLS_1_3), "seen:  no answer");
    }

    @Test
    void should_refuse_to_assert_nothing() {
        assertRefused(() -> assertThat(offers).offersOnly(), "Name at least one TLS version");
        assertRefused(() -> assertThat(offers).offers(), "Name at least one TLS version");
        assertRefused(() -> assertThat(offers).offersNo(), "Name at least one TLS version");
        assertRefused(() -> assertThat(offers).offersNoSuiteMatching(" "), "Give a pattern");
    }

    private static void assertFails(ThrowingCallable assertion, String message) {
        assertThatThrownBy(assertion).isInstanceOf(AssertionError.class).hasMessageContaining(message);
    }

    private static void assertRefused(ThrowingCallable assertion, String message) {
        assertThatThrownBy(assertion).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(message);
    }
}
