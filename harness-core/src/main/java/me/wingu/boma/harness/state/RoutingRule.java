package me.wingu.boma.harness.state;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * A rule that chooses a routing table.
 *
 * @param family IPv4 or IPv6
 * @param priority lower is asked first
 * @param selector what it asks of a packet, as {@code ip rule} has it: {@code from all fwmark 0x1}
 * @param table the table that it chooses
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record RoutingRule(Socket.Family family, int priority, String selector, String table) {

    @Override
    public String toString() {
        return priority + ": " + selector + " lookup " + table;
    }
}
