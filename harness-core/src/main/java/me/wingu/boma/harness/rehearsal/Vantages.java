package me.wingu.boma.harness.rehearsal;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.probe.Vantage;
import me.wingu.boma.harness.profile.HostProfile;
import me.wingu.boma.harness.profile.VantageAddress;

/** Makes places to probe from of a profile's source addresses. */
final class Vantages {

    private Vantages() {}

    /**
     * Returns a profile's vantages, those in a mesh last; {@code stranger6} is the IPv6 address of {@code stranger}.
     */
    static List<Vantage> of(HostProfile profile, GuestMachine guest) {
        Map<String, List<InetAddress>> addresses = new LinkedHashMap<>();
        profile.bridgeVantages().forEach((name, address) -> {
            String base = name.endsWith("6") ? name.substring(0, name.length() - 1) : name;
            String vantage = profile.vantages().containsKey(base) ? base : name;
            addresses.computeIfAbsent(vantage, n -> new ArrayList<>()).add(address(address));
        });
        return Stream.concat(
                        addresses.entrySet().stream().map(e -> Vantage.at(e.getKey(), e.getValue())),
                        profile.vantages().entrySet().stream().flatMap(e -> beyond(e.getKey(), e.getValue(), guest)))
                .toList();
    }

    private static Stream<Vantage> beyond(String name, VantageAddress at, GuestMachine guest) {
        return at.meshInterface().stream().map(device -> new MeshVantage(name, address(at.address()), device, guest));
    }

    /** Reads an address that was checked before. */
    static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new HarnessException(
                    HarnessException.Kind.USAGE,
                    "Reading the address \"" + literal + "\" failed.",
                    "",
                    "write an IPv4 or IPv6 address, not a name",
                    e);
        }
    }
}
