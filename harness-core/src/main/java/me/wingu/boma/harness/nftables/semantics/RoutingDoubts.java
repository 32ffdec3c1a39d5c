package me.wingu.boma.harness.nftables.semantics;

import java.math.BigInteger;
import me.wingu.boma.harness.nftables.Family;
import me.wingu.boma.harness.nftables.IpAddress;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** What is not known of the host's routing, for the evaluator and the prover alike. */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class RoutingDoubts {

    private static final RuleId ROUTING = new RuleId(Family.INET, "(routing)", "(route)", 0, 0);
    private static final String WITHOUT_ROUTES = "no routes of this version of IP are known: whether the packet ";

    /** Whether a packet is for this host, for want of routes. */
    public static final Condition.Unknown HERE = about(WITHOUT_ROUTES + "is for this host");

    /** Whether a packet for another host has no way, for want of routes. */
    public static final Condition.Unknown NOWHERE = about(WITHOUT_ROUTES + "leads nowhere");

    /** Whether routing rules choose a table that delivers a packet to this host. */
    public static final Condition.Unknown BY_POLICY =
            about("whether routing rules deliver the packet to this host, by a local route of another table");

    /** Whether a packet for 127.0.0.0/8 may come in from outside. */
    public static final Condition.Unknown LOOPBACK =
            about("whether net.ipv4.conf.*.route_localnet lets packets for 127.0.0.0/8 in");

    private RoutingDoubts() {}

    /** Whether the first address of a route's prefix is an anycast address, as that of a network without a router between is. */
    static Condition.Unknown anycast(BigInteger address) {
        return about("whether " + new IpAddress(true, address) + " is the anycast address of a network without a router between");
    }

    private static Condition.Unknown about(String reason) {
        return new Condition.Unknown(ROUTING, -1, reason);
    }
}
