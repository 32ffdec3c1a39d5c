package me.wingu.boma.harness.profile;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.HarnessException.Kind;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * One host as it is rehearsed: what {@code profiles/<host>/} says.
 *
 * @param host the host's name: that of its directory, and of its entry in the inventory
 * @param hostName the name that the guest calls itself; the host's unless the profile says otherwise
 * @param directory the profile's directory, absolute
 * @param overlay the file with every variable that differs from the real inventory, absolute
 * @param image the name of the golden image
 * @param sizing how big the machine is
 * @param site what configures it
 * @param vantages source addresses that probes come from, by name; each lies in a range that is nobody's, or is that of
 *     a peer in a mesh
 * @param secrets the variables whose values come from elsewhere
 * @param neverReach addresses and networks of real machines, IPv4 or IPv6, that the guest is kept away from; private
 *     ranges need no mention
 * @param knownFaults what the health check shall not hold against the host
 * @param scenarios the host's scenarios by name
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record HostProfile(
        String host,
        String hostName,
        Path directory,
        Path overlay,
        String image,
        Sizing sizing,
        Site site,
        Map<String, VantageAddress> vantages,
        List<Secret> secrets,
        List<String> neverReach,
        List<KnownFault> knownFaults,
        Map<String, Scenario> scenarios) {

    /**
     * The vantages of a profile that names none: somebody on the internet, and the administrator's address, which is the
     * control host's own on the rehearsal network. Their order is the same in every process: it is in the digest that a
     * checkpoint is found by.
     */
    public static final Map<String, VantageAddress> DEFAULT_VANTAGES = Collections.unmodifiableMap(new TreeMap<>(
            Map.of("stranger", VantageAddress.of("198.51.100.66"), "admin", VantageAddress.of("198.51.100.1"))));

    /** What the name of everything that the harness makes begins with. */
    public static final String PREFIX = "boma-it-";

    /** Copies the collections, keeping their order. */
    public HostProfile {
        vantages = Collections.unmodifiableMap(new LinkedHashMap<>(vantages));
        secrets = List.copyOf(secrets);
        neverReach = List.copyOf(neverReach);
        knownFaults = List.copyOf(knownFaults);
        scenarios = Collections.unmodifiableMap(new LinkedHashMap<>(scenarios));
    }

    /** Returns this profile with other vantages. */
    public HostProfile withVantages(Map<String, VantageAddress> others) {
        return new HostProfile(
                host, hostName, directory, overlay, image, sizing, site, others, secrets, neverReach, knownFaults, scenarios);
    }

    /** Returns this profile with other real machines that the guest is kept away from. */
    public HostProfile withNeverReach(List<String> others) {
        return new HostProfile(
                host, hostName, directory, overlay, image, sizing, site, vantages, secrets, others, knownFaults, scenarios);
    }

    /** Returns this profile with another site. */
    public HostProfile withSite(Site other) {
        return new HostProfile(
                host, hostName, directory, overlay, image, sizing, other, vantages, secrets, neverReach, knownFaults,
                scenarios);
    }

    /** Returns the name of the host's domain: {@code boma-it-<host>}. */
    public String domainName() {
        return PREFIX + host;
    }

    /** Returns the source addresses, by name, of the vantages that are on the rehearsal network's bridge. */
    public Map<String, String> bridgeVantages() {
        Map<String, String> addresses = new LinkedHashMap<>();
        vantages.forEach((name, at) -> {
            if (at.meshInterface().isEmpty()) {
                addresses.put(name, at.address());
            }
        });
        return addresses;
    }

    /**
     * Returns the source address of a vantage, without the interface of a mesh; empty when the profile has none of that
     * name.
     */
    public Optional<String> vantage(String name) {
        return Optional.ofNullable(vantages.get(name)).map(VantageAddress::address);
    }

    /**
     * Returns the scenario of that name.
     *
     * @throws HarnessException when the host has none of that name; the message lists its scenarios
     */
    public Scenario scenario(String name) {
        Scenario scenario = scenarios.get(name);
        if (scenario == null) {
            throw new HarnessException(
                    Kind.USAGE,
                    "Host " + host + " has no scenario \"" + name + "\".",
                    directory.resolve("scenarios") + " has no " + name + ".yml",
                    Suggestion.among(name, scenarios.keySet()));
        }
        return scenario;
    }
}
