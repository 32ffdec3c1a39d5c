package me.wingu.boma.harness.nftables.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import me.wingu.boma.harness.nftables.IpAddress;
import me.wingu.boma.harness.nftables.IpPrefix;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * The packets that a question is about: where they come from, and what connection tracking takes them for.
 *
 * <pre>{@code
 * from("wan").newConnections()
 * from("eth0", "203.0.113.0/24").newConnections()
 * }</pre>
 *
 * <p>Several interfaces, or several addresses, are alternatives; an interface and an address must both hold. The word
 * {@code wan} means the interfaces that hold a default route, unless an interface has that very name.
 *
 * @param interfaces the interfaces that the packets come in through; empty for any but the loopback
 * @param sources the addresses that they come from; empty for any that can send
 * @param state what connection tracking takes them for
 * @param destination where they are addressed to
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record Arrivals(List<String> interfaces, List<IpPrefix> sources, State state, Destination destination) {

    /** Where the packets are addressed to, before any translation. */
    public enum Destination {
        /** Anywhere. */
        ANYWHERE,
        /** The host itself: its own addresses, broadcast and multicast. Published ports of containers belong here. */
        THIS_HOST,
        /** Any address that is not the host's own, so that it could only forward the packet. */
        ELSEWHERE
    }

    /** What connection tracking takes a packet for. */
    public enum State {
        /** The first packet of a connection. */
        NEW(8),
        /** A later packet of a connection that was let through. */
        ESTABLISHED(2),
        /** The first packet of a connection, or a message, that another connection caused. */
        RELATED(4),
        /** A packet that belongs to no connection and can start none. */
        INVALID(1),
        /**
         * A message that connection tracking leaves alone: neighbour and router discovery, multicast listeners
         * ({@code nf_conntrack_icmpv6_error}). What a rule does not track is none of these: it arrives as something else.
         */
        UNTRACKED(64);

        private final int bit;

        State(int bit) {
            this.bit = bit;
        }

        /** Returns the kernel's bit for it, as in {@code CT_STATE}. */
        public int bit() {
            return bit;
        }

        /** Returns the name in nft's words. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Takes copies. */
    public Arrivals {
        interfaces = List.copyOf(interfaces);
        sources = List.copyOf(sources);
    }

    /**
     * Starts the description of where packets come from; unless said otherwise, each would start a connection.
     *
     * @param networks interfaces, addresses and prefixes
     */
    public static Arrivals from(String... networks) {
        List<String> interfaces = new ArrayList<>();
        List<IpPrefix> sources = new ArrayList<>();
        for (String network : networks) {
            if (IpAddress.parse(network.replaceFirst("/\\d+$", "")).isPresent()) {
                sources.add(IpPrefix.of(network));
            } else {
                interfaces.add(network);
            }
        }
        return new Arrivals(interfaces, sources, State.NEW, Destination.ANYWHERE);
    }

    /** Starts the description of packets that may come from anywhere outside. */
    public static Arrivals fromAnywhere() {
        return new Arrivals(List.of(), List.of(), State.NEW, Destination.ANYWHERE);
    }

    /**
     * Returns the same packets, each the first one of a connection. Messages that belong to none, of neighbour discovery and the
     * like, count only where a question names them.
     */
    public Arrivals newConnections() {
        return in(State.NEW);
    }

    /** Returns the same packets, taken for this by connection tracking. */
    public Arrivals in(State other) {
        return new Arrivals(interfaces, sources, other, destination);
    }

    /** Returns those of the packets that are addressed to the host itself, before any translation. */
    public Arrivals toThisHost() {
        return new Arrivals(interfaces, sources, state, Destination.THIS_HOST);
    }

    /** Returns those of the packets that the host could only forward: addressed, before any translation, to others. */
    public Arrivals toOthers() {
        return new Arrivals(interfaces, sources, state, Destination.ELSEWHERE);
    }

    /** Returns them in words, such as {@code new connections from wan}. */
    @Override
    public String toString() {
        List<String> from = new ArrayList<>(interfaces);
        sources.forEach(source -> from.add(Traffic.text(source)));
        String what = state == State.NEW ? "new connections" : state + " packets";
        String to = switch (destination) {
            case ANYWHERE -> "";
            case THIS_HOST -> " to this host";
            case ELSEWHERE -> " to others than this host";
        };
        return what + " from " + (from.isEmpty() ? "anywhere" : String.join(", ", from)) + to;
    }
}
