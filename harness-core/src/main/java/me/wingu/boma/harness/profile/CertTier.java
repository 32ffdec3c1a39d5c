package me.wingu.boma.harness.profile;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.HarnessException.Kind;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** Where a rehearsed host gets its certificates from. */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public enum CertTier {

    /** The host's own certification authority: no dependency, instant; for firewall, sshd and boot work. */
    INTERNAL("internal", false),

    /** The real ACME DNS-01 path against the staging authority: real files, untrusted root. */
    LE_STAGING("le-staging", true),

    /** A really trusted wildcard certificate; accepted risk R6, to be acknowledged for each run. */
    LE_PROD_WILDCARD("le-prod-wildcard", true);

    private final String word;
    private final boolean acme;

    CertTier(String word, boolean acme) {
        this.word = word;
        this.acme = acme;
    }

    /** Returns the tier's name in options, overlays and reports, such as {@code le-staging}. */
    public String word() {
        return word;
    }

    /** Returns whether the tier asks an ACME authority, and thus needs egress and the DNS provider's token. */
    public boolean acme() {
        return acme;
    }

    /**
     * Returns the tier of that name.
     *
     * @param word a tier's {@link #word()}, exactly
     * @throws HarnessException when no tier has that name; the message lists the tiers
     */
    public static CertTier of(String word) {
        for (CertTier tier : values()) {
            if (tier.word.equals(word)) {
                return tier;
            }
        }
        List<String> known = Arrays.stream(values()).map(CertTier::word).collect(Collectors.toList());
        throw new HarnessException(
                Kind.USAGE, "There is no cert tier \"" + word + "\".", "", Suggestion.among(word, known));
    }

    @Override
    public String toString() {
        return word;
    }
}
