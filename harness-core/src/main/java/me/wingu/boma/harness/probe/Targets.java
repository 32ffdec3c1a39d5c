package me.wingu.boma.harness.probe;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Comparator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Writes addresses for people. */
final class Targets {

    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|.*:.*");

    private static final Pattern ZEROS = Pattern.compile("(?:^|:)0(?::0)+(?::|$)");

    private Targets() {}

    /** Writes {@code 198.51.100.20:443} or {@code [2001:db8::1]:443}. */
    static String text(InetSocketAddress target) {
        return text(target.getAddress(), target.getPort());
    }

    /** Writes {@code 198.51.100.20:443} or {@code [2001:db8::1]:443}. */
    static String text(InetAddress address, int port) {
        return (address instanceof Inet6Address ? "[" + text(address) + "]" : text(address)) + ":" + port;
    }

    /** Writes {@code 198.51.100.20:443, SNI test.example.org}, or {@code no SNI} for an empty one. */
    static String text(InetAddress address, int port, String sni) {
        return text(address, port) + (sni.isEmpty() ? ", no SNI" : ", SNI " + sni);
    }

    /** Writes {@code 198.51.100.20} or {@code 2001:db8::1}, the longest run of zeros left out (RFC 5952). */
    static String text(InetAddress address) {
        String text = address.getHostAddress();
        return address instanceof Inet6Address ? compact(text) : text;
    }

    private static String compact(String eightGroups) {
        String longest = ZEROS.matcher(eightGroups).results()
                .map(MatchResult::group)
                .max(Comparator.comparingInt(String::length))
                .orElse("");
        if (longest.isEmpty()) {
            return eightGroups;
        }
        int start = eightGroups.indexOf(longest);
        return eightGroups.substring(0, start) + "::" + eightGroups.substring(start + longest.length());
    }

    /** Writes an address literal, or whatever else it is, as {@link #text(InetAddress)} writes addresses. */
    static String canonical(String literal) {
        if (!isLiteral(literal)) {
            return literal;
        }
        try {
            return text(InetAddress.getByName(literal));
        } catch (UnknownHostException noAddress) {
            return literal;
        }
    }

    /** Returns what SNI carries of a server's name: nothing of an address literal (RFC 6066, section 3). */
    static String sni(String serverName) {
        return isLiteral(serverName) ? "" : serverName;
    }

    /** Returns whether a name is an address literal. */
    static boolean isLiteral(String name) {
        return LITERAL.matcher(name).matches();
    }
}
