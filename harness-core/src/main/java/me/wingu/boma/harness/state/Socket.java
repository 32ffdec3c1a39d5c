package me.wingu.boma.harness.state;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * A TCP or UDP socket of a host.
 *
 * <p>What {@code ::} means is never left to the reader: {@link #families()} says which addresses it receives from.
 *
 * @param protocol TCP or UDP
 * @param state the state as {@code ss} names it: {@code LISTEN}, {@code UNCONN}, {@code ESTAB}, …
 * @param local where it is bound
 * @param peer the other side; any address and any port for a socket that waits
 * @param v6only whether an IPv6 socket takes IPv6 only ({@code IPV6_V6ONLY}); false for IPv4 sockets
 * @param processes who holds it; empty for sockets of the kernel itself, such as WireGuard's
 * @param unit the systemd unit whose control group made it
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record Socket(
        Protocol protocol,
        String state,
        Endpoint local,
        Endpoint peer,
        boolean v6only,
        List<SocketProcess> processes,
        Optional<String> unit) {

    /** The transport protocol of a socket. */
    public enum Protocol {
        /** TCP. */
        TCP,
        /** UDP. */
        UDP
    }

    /** The address family of a client. */
    public enum Family {
        /** IPv4. */
        IPV4,
        /** IPv6. */
        IPV6
    }

    /** Copies the list. */
    public Socket {
        processes = List.copyOf(processes);
    }

    /** Returns whether the socket waits for anyone: a listening TCP socket, or an unconnected UDP one. */
    public boolean isListening() {
        return state.equals("LISTEN") || (protocol == Protocol.UDP && state.equals("UNCONN"));
    }

    /**
     * Returns the families that reach this socket: both for {@code ::} without {@code IPV6_V6ONLY}, IPv4 alone for
     * an IPv4-mapped address such as {@code ::ffff:127.0.0.1}.
     */
    public Set<Family> families() {
        String address = local.address();
        if (address.indexOf(':') < 0 || address.startsWith("::ffff:")) {
            return EnumSet.of(Family.IPV4);
        }
        return address.equals("::") && !v6only ? EnumSet.allOf(Family.class) : EnumSet.of(Family.IPV6);
    }

    /** Returns whether a process of this name holds the socket. */
    public boolean isHeldBy(String process) {
        return processes.stream().anyMatch(p -> p.name().equals(process));
    }

    /** Returns the socket as a failure shows it: {@code tcp LISTEN [::]:443 (IPv4+IPv6) caddy, docker.service}. */
    @Override
    public String toString() {
        String holders = processes.stream().map(SocketProcess::name).distinct().collect(Collectors.joining(", "));
        String reach = families().size() == 2 ? " (IPv4+IPv6)" : "";
        String to = isListening() ? "" : " -> " + peer;
        return protocol.name().toLowerCase(Locale.ROOT) + " " + state + " " + local + reach + to + " "
                + (holders.isEmpty() ? "(kernel)" : holders)
                + unit.map(u -> ", " + u).orElse("");
    }
}
