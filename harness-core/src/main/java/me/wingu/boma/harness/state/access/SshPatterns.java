package me.wingu.boma.harness.state.access;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import me.wingu.boma.harness.nftables.IpAddress;
import me.wingu.boma.harness.nftables.IpPrefix;

/** Patterns as ssh_config(5) defines them under PATTERNS, and lists of addresses as sshd_config(5) does under Match. */
final class SshPatterns {

    private SshPatterns() {}

    /** Returns whether a pattern, with {@code *} and {@code ?}, is the whole of a text. */
    static boolean matches(String pattern, String text) {
        String expression = Pattern.quote(pattern).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
        return Pattern.compile(expression).matcher(text).matches();
    }

    /** Returns whether a list of patterns, with commas between, has one for any of the texts, and no negated one for any. */
    static boolean listMatches(String patterns, Set<String> texts) {
        return decided(patterns, pattern -> matchesAny(pattern, texts));
    }

    /** Returns whether a pattern is the whole of any of the texts. */
    static boolean matchesAny(String pattern, Set<String> texts) {
        return texts.stream().anyMatch(text -> matches(pattern, text));
    }

    /** Returns whether a list of addresses, networks in CIDR notation and patterns has an address, and does not negate it. */
    static boolean listHas(String addresses, String address) {
        return decided(addresses, pattern -> holds(pattern, address));
    }

    private static boolean holds(String pattern, String address) {
        Optional<IpAddress> wanted = IpAddress.parse(address);
        try {
            return wanted.filter(IpPrefix.of(pattern)::contains).isPresent();
        } catch (IllegalArgumentException e) {
            return matches(pattern, address); // not an address or a network, but a pattern, or a name
        }
    }

    private static boolean decided(String list, Predicate<String> matches) {
        List<String> patterns = Arrays.stream(list.split(",", -1)).map(String::strip).toList();
        boolean negated = patterns.stream()
                .filter(pattern -> pattern.startsWith("!"))
                .anyMatch(pattern -> matches.test(pattern.substring(1)));
        return !negated && patterns.stream().filter(pattern -> !pattern.startsWith("!")).anyMatch(matches);
    }
}
