package me.wingu.boma.harness.probe;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** The kind of authority that stands behind a certificate. */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public enum Issuance {
    /** The certificate signed itself. */
    SELF_SIGNED("self-signed"),
    /** An authority that the public does not know, such as the host's own; or the chain does not say which. */
    PRIVATE("a private authority"),
    /** Let's Encrypt's staging environment, whose names all begin with {@code (STAGING)}. */
    LETS_ENCRYPT_STAGING("Let's Encrypt staging"),
    /** An authority among the roots that this JDK ships: browsers trust it as long as it is valid. */
    PUBLIC("a publicly trusted authority");

    private final String text;

    Issuance(String text) {
        this.text = text;
    }

    static Issuance of(List<X509Certificate> chain) {
        X509Certificate leaf = chain.get(0);
        if (leaf.getSubjectX500Principal().equals(leaf.getIssuerX500Principal())) {
            return SELF_SIGNED;
        }
        if (chain.stream().anyMatch(Issuance::isStaging)) {
            return LETS_ENCRYPT_STAGING;
        }
        return Trust.ofThePublic().leadsFrom(chain) ? PUBLIC : PRIVATE;
    }

    private static boolean isStaging(X509Certificate certificate) {
        return certificate.getIssuerX500Principal().getName().toUpperCase(Locale.ROOT).contains("(STAGING)");
    }

    /** Returns the kind as a person writes it. */
    @Override
    public String toString() {
        return text;
    }
}
