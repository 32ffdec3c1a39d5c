package me.wingu.boma.harness.state;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Interfaces with their addresses, routes of every table, and the rules that choose a table.
 *
 * @param host what messages call the host and the moment: {@code askari after reboot 1}
 * @param links the interfaces, in the kernel's order
 * @param routes the routes, IPv4 first
 * @param rules the rules, IPv4 first
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record Network(String host, List<Link> links, List<Route> routes, List<RoutingRule> rules) {

    /** Copies the lists. */
    public Network {
        links = List.copyOf(links);
        routes = List.copyOf(routes);
        rules = List.copyOf(rules);
    }

    /** Returns the interface of that name. */
    public Optional<Link> link(String name) {
        return links.stream().filter(link -> link.name().equals(name)).findFirst();
    }

    /** Returns the routes of the table {@code main} for that destination. */
    public Stream<Route> routesTo(String destination) {
        return routes.stream()
                .filter(route -> route.table().equals("main"))
                .filter(route -> route.destination().equals(destination));
    }
}
