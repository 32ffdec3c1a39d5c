package me.wingu.boma.harness.state;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * The SSH daemon's effective configuration, as {@code sshd -T} prints it: defaults and included files resolved.
 *
 * @param host what messages call the host and the moment: {@code askari after reboot 1}
 * @param settings each keyword in lower case with its values, in order
 * @param matchBlocks the {@code Match} blocks, in order; what they change is not in the settings
 * @param keys the public keys that let accounts in
 * @param hostKeys the keys by which clients know this host, as far as their public parts lie beside them
 * @param starts lines by which it is started otherwise than Debian's package does, with the file before them: {@code ExecStart} of a
 *     unit of the operator's own, {@code SSHD_OPTS}; and {@code /etc/ssh/sshd_not_to_be_run:} where that file keeps it from starting
 * @param hostsRules the rules of TCP wrappers, in the order in which they are asked; none for an sshd that does not ask them
 * @param pam what decides when sshd asks PAM whether an account may come in
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record SshdConfig(
        String host,
        Map<String, List<String>> settings,
        List<MatchBlock> matchBlocks,
        List<AuthorizedKey> keys,
        List<HostKey> hostKeys,
        List<String> starts,
        List<HostsRule> hostsRules,
        Pam pam) {

    /**
     * A key by which clients know the host.
     *
     * @param file where its secret part lies
     * @param type its algorithm: {@code ssh-ed25519}
     * @param fingerprint its SHA-256 fingerprint as {@code ssh-keygen -l} prints it
     */
    public record HostKey(String file, String type, String fingerprint) {}

    /**
     * A rule of TCP wrappers, which Debian's sshd asks before anything else (hosts_access(5)).
     *
     * @param file where it stands: {@code /etc/hosts.allow} or {@code /etc/hosts.deny}
     * @param text the rule, on one line: {@code sshd: 198.51.100.0/24}
     */
    public record HostsRule(String file, String text) {

        /** Returns whether its file lets in; options of the rule may say otherwise. */
        public boolean allows() {
            return file.endsWith(".allow");
        }

        @Override
        public String toString() {
            return file + ": " + text;
        }
    }

    /**
     * What decides when PAM is asked whether an account may come in: pam_nologin(8), pam_access(8).
     *
     * @param lines the lines of its stack for sshd that name a module with rules about who comes, included files resolved:
     *     {@code account required pam_nologin.so}
     * @param nologin the files that keep everybody but root out: {@code /etc/nologin}, {@code /run/nologin}; empty when none is there
     * @param access the rules of {@code /etc/security/access.conf} and what goes with it, in the order in which they are asked
     */
    public record Pam(List<String> lines, List<String> nologin, List<String> access) {

        /** Copies the lists. */
        public Pam {
            lines = List.copyOf(lines);
            nologin = List.copyOf(nologin);
            access = List.copyOf(access);
        }
    }

    /**
     * A public key that lets an account in.
     *
     * @param user the account
     * @param file where it stands
     * @param options its restrictions, such as {@code from="198.51.100.7"}; empty for none
     * @param type its algorithm: {@code ssh-ed25519}
     * @param fingerprint its SHA-256 fingerprint as {@code ssh-keygen -l} prints it
     * @param comment its comment
     * @param exposed what others than the account may change, so that sshd with {@code StrictModes} takes no key of this file: the
     *     file, or a directory that it lies in, with its mode and owner
     * @param unread why the account cannot read the file, so that sshd, which opens it with the account's rights, takes no key of it:
     *     {@code Permission denied}
     */
    public record AuthorizedKey(
            String user,
            String file,
            String options,
            String type,
            String fingerprint,
            String comment,
            Optional<String> exposed,
            Optional<String> unread) {}

    /**
     * A {@code Match} block: settings for some connections only. Of several that apply, the first one that has a keyword
     * decides it; {@code AllowUsers} and its kin are added up (sshd_config(5)).
     *
     * @param conditions what follows {@code Match}: {@code User claude Address 10.0.0.0/8}
     * @param settings each keyword in lower case with its arguments
     */
    public record MatchBlock(String conditions, Map<String, List<String>> settings) {

        /** Copies the settings. */
        public MatchBlock {
            settings = Map.copyOf(settings);
        }

        /** Returns the arguments of a keyword; none for one that the block does not have. */
        public List<String> values(String keyword) {
            return settings.getOrDefault(keyword.toLowerCase(Locale.ROOT), List.of());
        }

        @Override
        public String toString() {
            return "Match " + conditions + ": "
                    + settings.entrySet().stream()
                            .sorted(Map.Entry.comparingByKey())
                            .map(setting -> setting.getKey() + " " + String.join(" ", setting.getValue()))
                            .collect(Collectors.joining(", "));
        }
    }

    /** Copies the collections. */
    public SshdConfig {
        settings = Map.copyOf(settings);
        matchBlocks = List.copyOf(matchBlocks);
        keys = List.copyOf(keys);
        hostKeys = List.copyOf(hostKeys);
        starts = List.copyOf(starts);
        hostsRules = List.copyOf(hostsRules);
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
