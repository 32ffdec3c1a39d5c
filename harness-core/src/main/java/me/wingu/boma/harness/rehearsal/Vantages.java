package me.wingu.boma.harness.rehearsal;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.probe.Vantage;
import me.wingu.boma.harness.profile.HostProfile;

/** Makes places to probe from of a profile's source addresses. */
final class Vantages {

    private Vantages() {}

    /** Returns a profile's vantages; {@code stranger6} is the IPv6 address of {@code stranger}. */
    static List<Vantage> of(HostProfile profile) {
        Map<String, List<InetAddress>> addresses = new LinkedHashMap<>();
        profile.vantages().forEach((name, address) -> {
            String base = name.endsWith("6") ? name.substring(0, name.length() - 1) : name;
            String vantage = profile.vantages().containsKey(base) ? base : name;
            addresses.computeIfAbsent(vantage, n -> new ArrayList<>()).add(address(address));
        });
        return addresses.entrySet().stream()
                .map(e -> Vantage.at(e.getKey(), e.getValue()))
                .toList();
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
