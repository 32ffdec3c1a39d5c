package me.wingu.boma.harness.state;

import java.time.Instant;
import java.util.List;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * A certificate in a file of the host.
 *
 * @param path the file
 * @param subject whom it is about: {@code CN=askari.example}
 * @param issuer who signed it
 * @param names the DNS names and addresses that it is for
 * @param notBefore when it begins to be valid
 * @param notAfter when it ends to be valid
 * @param authority whether it may sign others
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record CertificateFile(
        String path,
        String subject,
        String issuer,
        List<String> names,
        Instant notBefore,
        Instant notAfter,
        boolean authority) {

    /** Copies the list. */
    public CertificateFile {
        names = List.copyOf(names);
    }

    @Override
    public String toString() {
        return path + ": " + subject + " " + names + ", issued by " + issuer + ", valid until " + notAfter;
    }
}
