package me.wingu.boma.harness.probe;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.security.auth.x500.X500Principal;
import org.apache.hc.client5.http.ssl.DefaultHostnameVerifier;
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
        try {
            return Optional.ofNullable(certificate().getSubjectAlternativeNames()).stream()
                    .flatMap(Collection::stream)
                    .flatMap(TlsSession::hostName)
                    .toList();
        } catch (CertificateParsingException unreadable) {
            return List.of();
        }
    }

    /** Returns whether the certificate names a host, itself or by a wildcard (RFC 9525, section 6.3). */
    public boolean isFor(String hostName) {
        try {
            new DefaultHostnameVerifier().verify(hostName, certificate());
            return true;
        } catch (SSLException mismatch) {
            return false;
        }
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

    private static Stream<String> hostName(List<?> entry) {
        Object kind = entry.get(0);
        return kind.equals(DNS_NAME) || kind.equals(IP_ADDRESS)
                ? Stream.of(String.valueOf(entry.get(1)))
                : Stream.empty();
    }
}
