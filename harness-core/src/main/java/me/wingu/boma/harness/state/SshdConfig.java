package me.wingu.boma.harness.state;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * The SSH daemon's effective configuration, as {@code sshd -T} prints it: defaults and included files resolved.
 *
 * @param host what messages call the host and the moment: {@code askari after reboot 1}
 * @param settings each keyword in lower case with its values, in order
 * @param matchBlocks the conditions of {@code Match} blocks; what they change is not in the settings
 * @param keys the public keys that let accounts in
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record SshdConfig(
        String host, Map<String, List<String>> settings, List<String> matchBlocks, List<AuthorizedKey> keys) {

    /**
     * A public key that lets an account in.
     *
     * @param user the account
     * @param file where it stands
     * @param options its restrictions, such as {@code from="198.51.100.7"}; empty for none
     * @param type its algorithm: {@code ssh-ed25519}
     * @param fingerprint its SHA-256 fingerprint as {@code ssh-keygen -l} prints it
     * @param comment its comment
     */
    public record AuthorizedKey(
            String user, String file, String options, String type, String fingerprint, String comment) {}

    /** Copies the collections. */
    public SshdConfig {
        settings = Map.copyOf(settings);
        matchBlocks = List.copyOf(matchBlocks);
        keys = List.copyOf(keys);
    }

    /** Returns the values of a keyword; none for one that sshd does not print. */
    public List<String> values(String keyword) {
        return settings.getOrDefault(keyword.toLowerCase(Locale.ROOT), List.of());
    }

    /** Returns the first value of a keyword. */
    public Optional<String> value(String keyword) {
        return values(keyword).stream().findFirst();
    }

    /** Returns the addresses with ports on which sshd listens, by its configuration: {@code 0.0.0.0:22}. */
    public List<String> listenAddresses() {
        return values("listenaddress");
    }

    /** Returns the keys of an account. */
    public List<AuthorizedKey> keysOf(String user) {
        return keys.stream().filter(key -> key.user().equals(user)).toList();
    }
}
