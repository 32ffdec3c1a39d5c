package me.wingu.boma.harness.state;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * A route.
 *
 * @param family IPv4 or IPv6
 * @param destination {@code default}, or an address with a prefix length
 * @param type {@code unicast}, {@code local}, {@code broadcast}, {@code blackhole}, …
 * @param gateway the next hop
 * @param device the interface
 * @param source the address that it prefers for packets of the host itself
 * @param table {@code main}, {@code local}, or another name or number
 * @param protocol who made it: {@code kernel}, {@code dhcp}, {@code boot} (ip route by hand), {@code static},
 *     {@code ra}
 * @param metric lower wins
 * @param options what else it says of its packets, as {@code ip route} has it: {@code mtu 1400}, {@code weight 2}, {@code onlink}
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record Route(
        Socket.Family family,
        String destination,
        String type,
        Optional<String> gateway,
        Optional<String> device,
        Optional<String> source,
        String table,
        String protocol,
        long metric,
        List<String> options) {

    /** Copies the list. */
    public Route {
        options = List.copyOf(options);
    }

    /** Returns the route as {@code ip route} has it. */
    @Override
    public String toString() {
        return (type.equals("unicast") ? "" : type + " ")
                + destination
                + gateway.map(via -> " via " + via).orElse("")
                + device.map(dev -> " dev " + dev).orElse("")
                + source.map(src -> " src " + src).orElse("")
                + (table.equals("main") ? "" : " table " + table)
                + (metric == 0 ? "" : " metric " + metric)
                + options.stream().map(option -> " " + option).collect(Collectors.joining());
    }
}
