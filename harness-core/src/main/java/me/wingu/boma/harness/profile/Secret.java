package me.wingu.boma.harness.profile;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * A variable of the site whose value no file of the profile may hold: where to get it from, when a run needs it.
 *
 * @param variable the variable's name; dots lead into dictionaries, as in {@code vault.gandi.pat}
 * @param source what kind of place the value is in
 * @param place the file, the environment variable, or the command with its arguments
 * @param certs the cert tiers that need the value; runs with another one never ask for it
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record Secret(String variable, Source source, List<String> place, Set<CertTier> certs) {

    /** Copies the collections. */
    public Secret {
        place = List.copyOf(place);
        certs = Set.copyOf(certs.isEmpty() ? EnumSet.allOf(CertTier.class) : certs);
    }

    /** What kind of place a secret is in. */
    public enum Source {
        /** A file's whole text, without blanks and line ends around it. */
        FILE,
        /** A variable of the harness's own environment. */
        ENVIRONMENT,
        /** What a command prints, without blanks and line ends around it. */
        COMMAND
    }
}
