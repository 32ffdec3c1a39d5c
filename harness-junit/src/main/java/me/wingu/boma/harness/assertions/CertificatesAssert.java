package me.wingu.boma.harness.assertions;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import me.wingu.boma.harness.state.CertificateFile;
import me.wingu.boma.harness.state.Certificates;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Assertions on certificates in files of a host.
 *
 * <pre>{@code
 * assertThat(vm.certificates()).hasOneFor("askari.wingu.me");                        // passes when a file holds it
 * assertThat(vm.certificates()).areValidFor("askari.wingu.me", Duration.ofDays(20)); // fails shortly before expiry
 * }</pre>
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public class CertificatesAssert extends StateAssert<CertificatesAssert, Certificates> {

    /** Creates the assertions. */
    public CertificatesAssert(Certificates actual) {
        super(actual, CertificatesAssert.class, Wording.title(actual.host(), "certificates"));
    }

    /** Verifies that a file holds a certificate for a name, wildcards included. */
    public CertificatesAssert hasOneFor(String name) {
        Wording.requireText(name, "name");
        return check(
                actual.forName(name).findAny().isPresent(), "Expecting a certificate for " + name + ".", actual.all());
    }

    /** Verifies that there are certificates for a name, and all stay valid for this time from now. */
    public CertificatesAssert areValidFor(String name, Duration time) {
        hasOneFor(name);
        Instant until = Instant.now().plus(time);
        List<CertificateFile> early = actual.forName(name)
                .filter(one -> one.notAfter().isBefore(until) || one.notBefore().isAfter(Instant.now()))
                .toList();
        return check(
                early.isEmpty(), "Expecting the certificates for " + name + " to be valid until " + until + ".", early);
    }
}
