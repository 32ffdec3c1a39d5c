package me.wingu.boma.harness.state.access;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import me.wingu.boma.harness.nftables.IpAddress;
import me.wingu.boma.harness.nftables.IpPrefix;
import me.wingu.boma.harness.state.SshdConfig.HostsRule;

/**
 * What TCP wrappers make of a connection to sshd, as hosts_access(5) and hosts_options(5) have it: the first rule that is
 * for it decides, those of {@code hosts.allow} before those of {@code hosts.deny}; without one it is let in.
 *
 * <p>Of the one who comes the address is known, not the name: what a rule asks of the name cannot be told.
 */
final class HostsAccess {

    private static final String DAEMON = "sshd";
    private static final String EXCEPT = "EXCEPT";
    private static final Pattern WORDS = Pattern.compile("[\\s,]+");
    /** A colon parts fields, unless it is escaped or of an IPv6 address in brackets. */
    private static final Pattern FIELDS = Pattern.compile("(?<!\\\\):(?![^\\[\\]]*\\])");
    /** Options that change nothing about the answer. */
    private static final Set<String> NEUTRAL = Set.of(
            "severity", "spawn", "keepalive", "linger", "rfc931", "banners", "nice", "setenv", "umask", "user");
    /** The host's names decide about these, and a host need not have any. */
    private static final Set<String> OF_NAMES = Set.of("KNOWN", "UNKNOWN", "LOCAL", "PARANOID");

    /** Whether a word, or a list of words, is for a connection. */
    enum Match {
        YES,
        NO,
        UNTOLD
    }

    private HostsAccess() {}

    /**
     * Says why a connection may be refused.
     *
     * @param rules the rules, in the order in which they are asked
     * @param source the address that it comes from
     * @return the rule that refuses it, or that cannot be told from here to let it in; empty when it is surely let in
     */
    static Optional<String> refusal(List<HostsRule> rules, String source) {
        for (HostsRule rule : rules) {
            List<String> fields = Arrays.stream(FIELDS.split(rule.text(), -1)).map(String::strip).toList();
            Match isFor = fields.size() < 2
                    ? Match.NO // libwrap tells its log, and goes on
                    : and(
                            list(words(fields.get(0)), HostsAccess::daemon),
                            list(words(fields.get(1)), word -> client(word, source)));
            boolean allows = allows(rule, fields);
            if (isFor != Match.NO && !allows) {
                return Optional.of((isFor == Match.YES ? "" : "it cannot be told whether this is for " + source + ": ") + rule);
            }
            if (isFor == Match.YES) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Whether a rule surely lets in what it is for: libwrap refuses on an option that it does not know. */
    private static boolean allows(HostsRule rule, List<String> fields) {
        for (String option : fields.subList(Math.min(2, fields.size()), fields.size())) {
            String keyword = option.split("[\\s=]", 2)[0].toLowerCase(Locale.ROOT);
            if (keyword.equals("allow")) {
                return true;
            } else if (!NEUTRAL.contains(keyword)) {
                return false;
            }
        }
        return rule.allows();
    }

    static List<String> words(String list) {
        return Arrays.stream(WORDS.split(list.strip())).filter(word -> !word.isEmpty()).toList();
    }

    /** {@code A B EXCEPT C EXCEPT D}: what comes after the word is taken away, and of that again what comes after the next. */
    static Match list(List<String> words, Function<String, Match> match) {
        int except = words.stream().map(word -> word.toUpperCase(Locale.ROOT)).toList().indexOf(EXCEPT);
        List<String> own = except < 0 ? words : words.subList(0, except);
        Match found = own.stream().map(match).reduce(Match.NO, HostsAccess::or);
        return except < 0 ? found : and(found, not(list(words.subList(except + 1, words.size()), match)));
    }

    private static Match daemon(String word) {
        int at = word.indexOf('@');
        Match named = equalOrPattern(at < 0 ? word : word.substring(0, at), DAEMON);
        boolean session = word.toLowerCase(Locale.ROOT).startsWith(DAEMON + "-"); // a program of sshd's has the connection
        return session || (named == Match.YES && at >= 0) ? Match.UNTOLD : named;
    }

    private static Match equalOrPattern(String word, String text) {
        String pattern = word.toLowerCase(Locale.ROOT);
        return told(pattern.equals("all") || SshPatterns.matches(pattern, text.toLowerCase(Locale.ROOT)));
    }

    private static Match client(String word, String source) {
        int at = word.indexOf('@');
        if (at >= 0) { // a netgroup, or a user by the client's own word
            return at > 0 && client(word.substring(at + 1), source) == Match.NO ? Match.NO : Match.UNTOLD;
        } else if (word.startsWith("/") || word.startsWith(".") || OF_NAMES.contains(word.toUpperCase(Locale.ROOT))) { // a file, a domain
            return Match.UNTOLD;
        } else if (word.endsWith(".")) {
            return told(source.startsWith(word));
        } else if (word.contains("/") || word.startsWith("[")) {
            return told(network(word, source));
        }
        Match equal = equalOrPattern(word, source);
        boolean address = word.matches("[0-9.*?]+") || IpAddress.parse(word).isPresent();
        return equal == Match.YES || address ? equal : Match.UNTOLD;
    }

    /** {@code 198.51.100.0/255.255.255.0}, {@code 198.51.100.0/24} or {@code [2001:db8::]/32}. */
    private static boolean network(String word, String source) {
        String[] parts = word.replace("[", "").replace("]", "").split("/", 2);
        Optional<IpAddress> network = IpAddress.parse(parts[0]);
        Optional<IpAddress> address = IpAddress.parse(source);
        if (network.isEmpty() || address.isEmpty() || network.get().v6() != address.get().v6()) {
            return false;
        }
        boolean v6 = network.get().v6();
        String mask = parts.length < 2 ? String.valueOf(network.get().bits()) : parts[1];
        if (!mask.matches("\\d{1,3}")) {
            return IpAddress.parse(mask)
                    .filter(bits -> bits.v6() == v6)
                    .filter(bits -> address.get().value().and(bits.value()).equals(network.get().value()))
                    .isPresent();
        }
        int length = Integer.parseInt(mask);
        if (length > network.get().bits()) {
            return false;
        }
        IpPrefix prefix = new IpPrefix(network.get(), length);
        boolean asWritten = prefix.first().equals(network.get()) && length > 0; // of IPv4, all others hold no address
        return prefix.contains(address.get()) && (v6 || asWritten);
    }

    static Match told(boolean matches) {
        return matches ? Match.YES : Match.NO;
    }

    static Match and(Match one, Match other) {
        if (one == Match.NO || other == Match.NO) {
            return Match.NO;
        }
        return one == Match.YES && other == Match.YES ? Match.YES : Match.UNTOLD;
    }

    private static Match or(Match one, Match other) {
        return not(and(not(one), not(other)));
    }

    private static Match not(Match match) {
        return switch (match) {
            case YES -> Match.NO;
            case NO -> Match.YES;
            case UNTOLD -> Match.UNTOLD;
        };
    }
}
