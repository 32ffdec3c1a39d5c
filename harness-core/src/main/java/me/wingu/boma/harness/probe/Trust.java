package me.wingu.boma.harness.probe;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import me.wingu.boma.harness.HarnessException;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.jspecify.annotations.Nullable;

/** The roots that a certificate chain is judged by. */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class Trust {

    private final X509TrustManager manager;

    private Trust(@Nullable KeyStore roots) {
        this.manager = manager(roots);
    }

    /** Returns the trust in the roots that this JDK ships. */
    public static Trust ofThePublic() {
        return new Trust(null);
    }

    /**
     * Returns the trust in given roots and nothing else.
     *
     * @param pem one or more certificates in PEM form
     * @throws HarnessException when the text holds no certificate
     */
    public static Trust in(String pem) {
        try {
            Collection<X509Certificate> roots = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))
                    .stream()
                    .map(X509Certificate.class::cast)
                    .toList();
            if (roots.isEmpty()) {
                throw unreadable(null);
            }
            return in(roots);
        } catch (CertificateException failed) {
            throw unreadable(failed);
        }
    }

    /** Returns the trust in given roots, at least one, and nothing else. */
    public static Trust in(Collection<X509Certificate> roots) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (X509Certificate root : roots) {
                store.setCertificateEntry("root-" + number++, root);
            }
            return new Trust(store);
        } catch (GeneralSecurityException | IOException failed) {
            throw unreadable(failed);
        }
    }

    /** Returns whether a chain, the server's certificate first, leads to one of the roots and is valid now. */
    public boolean accepts(List<X509Certificate> chain) {
        return objection(chain).isEmpty();
    }

    /** Returns whether a chain, the server's certificate first, leads to one of the roots, whether it is valid now or not. */
    public boolean leadsFrom(List<X509Certificate> chain) {
        Set<TrustAnchor> roots = Stream.of(manager.getAcceptedIssuers())
                .map(root -> new TrustAnchor(root, null))
                .collect(Collectors.toSet());
        X509CertSelector leaf = new X509CertSelector();
        leaf.setCertificate(chain.get(0));
        try {
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(roots, leaf);
            parameters.setRevocationEnabled(false);
            parameters.setDate(chain.get(0).getNotBefore());
            parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(chain)));
            CertPathBuilder.getInstance("PKIX").build(parameters);
            return true;
        } catch (CertPathBuilderException none) {
            return false;
        } catch (GeneralSecurityException failed) {
            throw unreadable(failed);
        }
    }

    /** Returns why a chain is not trusted, in the words of the JDK's PKIX validation; empty when it is trusted. */
    public Optional<String> objection(List<X509Certificate> chain) {
        try {
            manager.checkServerTrusted(chain.toArray(X509Certificate[]::new), "UNKNOWN");
            return Optional.empty();
        } catch (CertificateException refused) {
            return Optional.of(reason(refused));
        }
    }

    /** The last words of the outer message, which repeats class names, and what the innermost cause adds to them. */
    private static String reason(CertificateException refused) {
        Throwable innermost = refused;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        String outer = String.valueOf(refused.getMessage()).replaceFirst("^.*Exception: ", "");
        String inner = String.valueOf(innermost.getMessage());
        return outer.contains(inner) ? outer : outer + " (" + inner + ")";
    }

    private static X509TrustManager manager(@Nullable KeyStore roots) {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(roots);
            return Stream.of(factory.getTrustManagers())
                    .filter(X509TrustManager.class::isInstance)
                    .map(X509TrustManager.class::cast)
                    .findFirst()
                    .orElseThrow();
        } catch (GeneralSecurityException failed) {
            throw unreadable(failed);
        }
    }

    private static HarnessException unreadable(@Nullable Exception cause) {
        return new HarnessException(
                HarnessException.Kind.USAGE,
                "The trusted roots could not be read.",
                cause == null ? "no certificate in the text" : String.valueOf(cause.getMessage()),
                "give certificates in PEM form",
                cause);
    }
}
