package me.wingu.boma.harness.hypervisor;

import static me.wingu.boma.harness.hypervisor.LibvirtCalls.ask;
import static me.wingu.boma.harness.hypervisor.LibvirtCalls.lookUp;
import static me.wingu.boma.harness.hypervisor.LibvirtCalls.order;
import static me.wingu.boma.harness.hypervisor.LibvirtCalls.orderIfThere;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import me.wingu.boma.harness.HarnessException;
import org.libvirt.Connect;
import org.libvirt.LibvirtException;
import org.libvirt.Network;
import org.libvirt.NetworkFilter;

/** The harness's networks and filters in libvirt. */
final class LibvirtNetworks {

    private final Connect connection;

    LibvirtNetworks(Connect connection) {
        this.connection = connection;
    }

    /** Makes sure that a network runs and has all its vantages. */
    void ensure(IsolatedNetwork wanted, Set<String> usedNetworks) {
        Optional<String> present = description(wanted.name());
        if (present.isPresent() && !offers(present.get(), wanted)) {
            if (usedNetworks.contains(wanted.name())) {
                throw new HarnessException(
                        HarnessException.Kind.MACHINE,
                        "Preparing the network " + wanted.name()
                                + " failed: it lacks a vantage of this host, and a guest is on it.",
                        "wanted: " + new TreeSet<>(wanted.vantages()) + "; there: "
                                + new TreeSet<>(addresses(present.get())),
                        "take the other guest down first: ./boma-it list; or begin with boma.maxvms above 1, and the network has the"
                                + " vantages of all hosts from the start");
            }
            remove(wanted.name());
            present = Optional.empty();
        }
        if (present.isEmpty()) {
            order("Defining the network " + wanted.name(), () -> connection
                    .networkDefineXML(NetworkXml.network(wanted))
                    .free());
        }
        start(wanted);
    }

    private void start(IsolatedNetwork wanted) {
        order("Starting the network " + wanted.name(), () -> {
            Network network = connection.networkLookupByName(wanted.name());
            try {
                if (network.isActive() == 0) {
                    network.create();
                }
            } finally {
                network.free();
            }
        });
    }

    /** Defines a filter, or replaces the one of that name. */
    void ensure(GuestFilter wanted) {
        Optional<String> uuid = lookUp("Looking for the filter " + wanted.name(), () -> {
            NetworkFilter there = connection.networkFilterLookupByName(wanted.name());
            try {
                return there.getUUIDString();
            } finally {
                there.free();
            }
        });
        order("Defining the filter " + wanted.name(), () -> connection
                .networkFilterDefineXML(FilterXml.of(wanted, uuid))
                .free());
    }

    private Optional<String> description(String name) {
        return lookUp("Looking for the network " + name, () -> {
            Network network = connection.networkLookupByName(name);
            try {
                return network.getXMLDesc(0);
            } finally {
                network.free();
            }
        });
    }

    private static boolean offers(String xml, IsolatedNetwork wanted) {
        Set<String> there = addresses(xml);
        return there.containsAll(wanted.vantages()) && there.contains(wanted.gateway());
    }

    private static Set<String> addresses(String xml) {
        return new HashSet<>(Xml.select(xml, "/network/ip/@address"));
    }

    /** Removes the networks and filters of the harness that are not in use; returns the networks' names. */
    List<String> removeIdle(Set<String> used) {
        List<String> removed = new ArrayList<>();
        for (String name : ours(() -> concat(connection.listNetworks(), connection.listDefinedNetworks()))) {
            if (!used.contains(name)) {
                remove(name);
                removed.add(name);
            }
        }
        for (String name : ours(connection::listNetworkFilters)) {
            if (!used.contains(name)) {
                lookUp("Looking for the filter " + name, () -> connection.networkFilterLookupByName(name))
                        .ifPresent(f -> orderIfThere("Removing the filter " + name, () -> {
                            try {
                                f.undefine();
                            } finally {
                                f.free();
                            }
                        }));
            }
        }
        return removed;
    }

    private static String[] concat(String[] a, String[] b) {
        return Stream.concat(Arrays.stream(a), Arrays.stream(b)).distinct().toArray(String[]::new);
    }

    private static List<String> ours(LibvirtCalls.Question<String[]> list) {
        return Arrays.stream(ask("Listing the networks and filters", list))
                .filter(name -> name.equals(Hypervisor.PREFIX) || name.startsWith(Hypervisor.PREFIX + "-"))
                .toList();
    }

    private void remove(String name) {
        Optional<Network> found = lookUp("Looking for the network " + name, () -> connection.networkLookupByName(name));
        if (found.isEmpty()) {
            return;
        }
        Network network = found.get();
        try {
            orderIfThere("Stopping the network " + name, network::destroy);
            orderIfThere("Removing the network " + name, network::undefine);
        } finally {
            free(network);
        }
    }

    private static void free(Network network) {
        try {
            network.free();
        } catch (LibvirtException e) {
            throw LibvirtCalls.refused("Releasing a network", e);
        }
    }
}
