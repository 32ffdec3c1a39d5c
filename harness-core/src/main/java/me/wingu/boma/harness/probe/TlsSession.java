package me.wingu.boma.harness.probe;

import java.net.IDN;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * What a server presented in a TLS handshake.
 *
 * @param protocol the version, such as {@code TLSv1.3}
 * @param cipherSuite the cipher suite, by its IANA name
 * @param chain the certificates as sent, the server's own first; never empty
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record TlsSession(String protocol, String cipherSuite, List<X509Certificate> chain) {

    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    /** Creates a session; keeps a copy of the chain. */
    public TlsSession {
        chain = List.copyOf(chain);
    }

    /** Returns the server's own certificate. */
    public X509Certificate certificate() {
        return chain.get(0);
    }

    /** Returns who signed the server's certificate, as RFC 2253 writes it. */
    public String issuer() {
        return certificate().getIssuerX500Principal().getName(X500Principal.RFC2253);
    }

    /** Returns the DNS names and addresses that the certificate is for (subjectAltName), in its order. */
    public List<String> names() {
        return names(DNS_NAME, IP_ADDRESS).toList();
    }

    private Stream<String> names(Integer... kinds) {
        try {
            return Optional.ofNullable(certificate().getSubjectAlternativeNames()).stream()
                    .flatMap(Collection::stream)
                    .filter(entry -> List.of(kinds).contains(entry.get(0)))
                    .map(entry -> String.valueOf(entry.get(1)));
        } catch (CertificateParsingException unreadable) {
            return Stream.empty();
        }
    }

    /**
     * Returns whether the certificate is for a host: its subjectAltName has the address, or the name, itself or by a wildcard that
     * is the whole left-most label. Its subject's common name does not count (RFC 9525, section 6).
     *
     * @param hostName a name or an address
     */
    public boolean isFor(String hostName) {
        if (Targets.isLiteral(hostName)) {
            return names(IP_ADDRESS).map(Targets::canonical).anyMatch(Targets.canonical(hostName)::equals);
        }
        String asked = IDN.toASCII(hostName).toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
        return names(DNS_NAME).map(name -> name.toLowerCase(Locale.ROOT)).anyMatch(name -> covers(name, asked));
    }

    private static boolean covers(String name, String asked) {
        int dot = asked.indexOf('.');
        return name.equals(asked) || (name.startsWith("*.") && dot > 0 && name.substring(1).equals(asked.substring(dot)));
    }

    /** Returns the last moment at which the certificate is valid. */
    public Instant expires() {
        return certificate().getNotAfter().toInstant();
    }

    /** Returns whether the certificate is valid at a moment, both ends included. */
    public boolean isValidAt(Instant moment) {
        return !moment.isBefore(certificate().getNotBefore().toInstant()) && !moment.isAfter(expires());
    }

    /** Returns by what kind of authority the certificate was issued. */
    public Issuance issuance() {
        return Issuance.of(chain);
    }
}
