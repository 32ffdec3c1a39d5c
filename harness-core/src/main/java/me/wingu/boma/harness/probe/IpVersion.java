package me.wingu.boma.harness.probe;

import java.net.Inet6Address;
import java.net.InetAddress;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** The version of IP that a probe travels over. */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public enum IpVersion {
    /** IPv4. */
    IPV4("IPv4"),
    /** IPv6. */
    IPV6("IPv6");

    private final String text;

    IpVersion(String text) {
        this.text = text;
    }

    /** Returns the version of an address. */
    public static IpVersion of(InetAddress address) {
        return address instanceof Inet6Address ? IPV6 : IPV4;
    }

    /** Returns {@code IPv4} or {@code IPv6}. */
    @Override
    public String toString() {
        return text;
    }
}
