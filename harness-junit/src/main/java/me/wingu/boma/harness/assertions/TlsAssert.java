package me.wingu.boma.harness.assertions;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import me.wingu.boma.harness.probe.Issuance;
import me.wingu.boma.harness.probe.TlsAnswer;
import me.wingu.boma.harness.probe.TlsSession;
import me.wingu.boma.harness.probe.Trust;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.assertj.core.api.AbstractAssert;

/** Assertions on what a server presented in a TLS handshake. Each needs a handshake that succeeded. */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public class TlsAssert extends AbstractAssert<TlsAssert, TlsAnswer> {

    /** Creates the assertions on one handshake. */
    public TlsAssert(TlsAnswer actual) {
        super(actual, TlsAssert.class);
    }

    /**
     * Verifies that the handshake succeeded, whatever certificate was presented.
     *
     * <pre>{@code
     * assertThat(vm.tls("test.example.org").from("stranger")).isEstablished();      // passes when Caddy serves the name
     * assertThat(vm.tls("nobody.example.org").from("stranger")).isEstablished();    // fails when it knows no such name
     * }</pre>
     */
    public TlsAssert isEstablished() {
        session();
        return this;
    }

    /**
     * Verifies that the chain leads to one of the given roots and is valid now, and that the certificate is for the
     * name that was asked for.
     *
     * <pre>{@code
     * assertThat(tls).isTrustedBy(Trust.in(pemOfOurOwnCa));    // passes for the tier "internal"
     * assertThat(tls).isTrustedBy(Trust.ofThePublic());        // fails for it
     * }</pre>
     */
    public TlsAssert isTrustedBy(Trust trust) {
        TlsSession session = session();
        trust.objection(session.chain()).ifPresent(objection -> fail("to be trusted", objection));
        return actual.serverName().isEmpty() ? this : isFor(actual.serverName());
    }

    /**
     * Verifies that the chain does not lead to one of the given roots; one that does and has expired fails, too.
     *
     * <pre>{@code
     * assertThat(tls).isNotTrustedBy(Trust.ofThePublic());    // passes for the tiers "internal" and "le-staging"
     * assertThat(tls).isNotTrustedBy(Trust.in(itsOwnRoot));   // fails
     * }</pre>
     */
    public TlsAssert isNotTrustedBy(Trust trust) {
        if (trust.leadsFrom(session().chain())) {
            fail("not to be trusted", "its chain leads to one of the given roots");
        }
        return this;
    }

    /**
     * Verifies what kind of authority issued the certificate.
     *
     * <pre>{@code
     * assertThat(tls).isIssuedBy(Issuance.PRIVATE);   // passes for the tier "internal"
     * assertThat(tls).isIssuedBy(Issuance.PUBLIC);    // fails for it
     * }</pre>
     */
    public TlsAssert isIssuedBy(Issuance expected) {
        Issuance issuance = session().issuance();
        if (issuance != expected) {
            fail("to be issued by " + expected, "it is issued by " + issuance);
        }
        return this;
    }

    /**
     * Verifies that the certificate names a host, itself or by a wildcard (RFC 9525, section 6.3).
     *
     * <pre>{@code
     * assertThat(tls).isFor("test.example.org");    // passes for a certificate of *.example.org
     * assertThat(tls).isFor("a.b.example.org");     // fails for it
     * }</pre>
     */
    public TlsAssert isFor(String hostName) {
        List<String> names = session().names();
        if (!session().isFor(hostName)) {
            fail("to be for " + hostName, "it is for " + names);
        }
        return this;
    }

    /**
     * Verifies that the certificate stays valid for at least a time from now.
     *
     * <pre>{@code
     * assertThat(tls).isValidFor(Duration.ofDays(14));    // passes for a fresh certificate of 90 days
     * assertThat(tls).isValidFor(Duration.ofDays(365));   // fails for it
     * }</pre>
     */
    public TlsAssert isValidFor(Duration time) {
        Instant now = Instant.now();
        if (!session().isValidAt(now) || !session().isValidAt(now.plus(time))) {
            fail(
                    "to be valid now and for another " + time,
                    "it is valid from " + session().certificate().getNotBefore().toInstant() + " to "
                            + session().expires());
        }
        return this;
    }

    private TlsSession session() {
        isNotNull();
        if (actual.session().isEmpty()) {
            failWithMessage("%s", Tried.failure("Expecting a TLS handshake but there was none", actual.trial()));
        }
        return actual.session().orElseThrow();
    }

    private void fail(String expectation, String objection) {
        TlsSession session = session();
        String presented = "issuer:  " + session.issuer() + "\nnames:   " + session.names() + "\nexpires: "
                + session.expires();
        failWithMessage(
                "%s",
                Tried.failure("Expecting the certificate " + expectation + " but " + objection, actual.trial())
                        + Tried.block("cert", presented));
    }
}
