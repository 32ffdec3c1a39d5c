package me.wingu.boma.harness.state;

import java.util.List;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * The certificates in files under {@code /etc}, {@code /srv}, {@code /opt}, {@code /var/lib} and Docker's volumes;
 * without Debian's bundle of public authorities, and of certbot's those in force. Of a file with a chain, each certificate.
 *
 * @param host what messages call the host and the moment: {@code askari after reboot 1}
 * @param all the certificates, by path
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record Certificates(String host, List<CertificateFile> all) {

    /** Copies the list. */
    public Certificates {
        all = List.copyOf(all);
    }

    /** Returns the certificates that are for that name, wildcards included. */
    public Stream<CertificateFile> forName(String name) {
        String wildcard = "*" + name.substring(Math.max(0, name.indexOf('.')));
        return all.stream().filter(c -> c.names().contains(name) || c.names().contains(wildcard));
    }
}
