package me.wingu.boma.harness.probe;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.regex.Pattern;

/** Writes addresses for people. */
final class Targets {

    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|.*:.*");

    private Targets() {}

    /** Writes {@code 198.51.100.20:443} or {@code [2001:db8::1]:443}. */
    static String text(InetSocketAddress target) {
        return text(target.getAddress()) + ":" + target.getPort();
    }

    private static String text(InetAddress address) {
        return address instanceof Inet6Address ? "[" + address.getHostAddress() + "]" : address.getHostAddress();
    }

    /** Returns whether a name is an address literal, which SNI may not carry (RFC 6066, section 3). */
    static boolean isLiteral(String name) {
        return LITERAL.matcher(name).matches();
    }
}
