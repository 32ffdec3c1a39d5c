package me.wingu.boma.harness.assertions;

import me.wingu.boma.harness.state.Link;
import java.util.function.Predicate;
import me.wingu.boma.harness.state.Link;
import me.wingu.boma.harness.state.Network;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Assertions on interfaces, addresses and routes.
 *
 * <pre>{@code
 * assertThat(vm.network()).hasInterfaceUp("wt0").hasAddress("wt0", "100.99.0.1/16");   // passes when the mesh is up
 * assertThat(vm.network()).hasRoute("192.0.2.0/24", "10.0.2.2");                       // fails when it was lost
 * }</pre>
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public class NetworkAssert extends StateAssert<NetworkAssert, Network> {

    /** Creates the assertions. */
    public NetworkAssert(Network actual) {
        super(actual, NetworkAssert.class, Wording.title(actual.host(), "network"));
    }

    /** Verifies that there is an interface of that name and it is up. */
    public NetworkAssert hasInterfaceUp(String name) {
        return check(
                actual.link(name).filter(Link::up).isPresent(),
                "Expecting the interface " + name + " to be up.",
                actual.links());
    }

    /** Verifies that there is no interface of that name. */
    public NetworkAssert hasNoInterface(String name) {
        Wording.requireText(name, "name");
        return check(
                actual.link(name).isEmpty(), "Expecting no interface " + name + ".", actual.link(name).stream().toList());
    }

    /** Verifies that an interface is of this kind, in iproute2's word: {@code bridge}, {@code bond}, {@code vlan}, … */
    public NetworkAssert hasKind(String device, String kind) {
        Wording.requireText(kind, "kind");
        return that(device, "to be a " + kind, link -> link.kind().equals(kind));
    }

    /** Verifies the largest packet that an interface sends, in bytes. */
    public NetworkAssert hasMtu(String device, int bytes) {
        return that(device, "to have an MTU of " + bytes, link -> link.mtu() == bytes);
    }

    /** Verifies that an interface is a port of a bridge or part of a bond. */
    public NetworkAssert isPartOf(String device, String master) {
        return that(device, "to be part of " + master, link -> link.master().filter(master::equals).isPresent());
    }

    private NetworkAssert that(String device, String expectation, Predicate<Link> holds) {
        return check(
                actual.link(device).filter(holds).isPresent(),
                "Expecting " + device + " " + expectation + ".",
                actual.link(device).stream()
                        .map(link -> link + ", MTU " + link.mtu() + link.master().map(m -> ", part of " + m).orElse(""))
                        .toList());
    }

    /** Verifies that an interface has an address, written with its prefix length. */
    public NetworkAssert hasAddress(String device, String address) {
        return check(
                actual.link(device).stream()
                        .flatMap(link -> link.addresses().stream())
                        .anyMatch(a -> a.toString().equals(address)),
                "Expecting " + device + " to have the address " + address + ".",
                actual.link(device).stream().toList());
    }

    /** Verifies that the main table has a route to a destination by a gateway. */
    public NetworkAssert hasRoute(String destination, String gateway) {
        return check(
                actual.routesTo(destination).anyMatch(route -> route.gateway().filter(gateway::equals).isPresent()),
                "Expecting a route to " + destination + " via " + gateway + ".",
                actual.routes().stream().filter(route -> route.table().equals("main")).toList());
    }

    /** Verifies that packets to everywhere else leave by an interface. */
    public NetworkAssert hasDefaultRouteBy(String device) {
        return check(
                actual.routesTo("default").anyMatch(route -> route.device().filter(device::equals).isPresent()),
                "Expecting the default route to leave by " + device + ".",
                actual.routesTo("default").toList());
    }
}
