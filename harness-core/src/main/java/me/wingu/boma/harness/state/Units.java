package me.wingu.boma.harness.state;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * The systemd units of a host: those that systemd has loaded, and those of which only a file exists.
 *
 * @param host what messages call the host and the moment: {@code askari after reboot 1}
 * @param all the units, by name
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record Units(String host, List<Unit> all) {

    /** The units of Debian's packages that load a firewall at boot. */
    public static final List<String> FIREWALLS = List.of(
            "nftables.service",
            "netfilter-persistent.service",
            "ufw.service",
            "firewalld.service",
            "ferm.service",
            "shorewall.service",
            "shorewall6.service");

    private static final Set<String> KINDS = Set.of(
            "service", "socket", "timer", "path", "mount", "automount", "target", "slice", "scope", "swap", "device");

    /** Copies the list. */
    public Units {
        all = List.copyOf(all);
    }

    /**
     * Returns the unit of that name.
     *
     * @param name the name; {@code .service} may be left out, as with {@code systemctl}
     */
    public Optional<Unit> named(String name) {
        String full = hasSuffix(name) ? name : name + ".service";
        return all.stream().filter(unit -> unit.name().equals(full)).findFirst();
    }

    /** Returns the units that failed. */
    public Stream<Unit> failed() {
        return all.stream().filter(Unit::isFailed);
    }

    /** Returns the units that are neither up nor down yet: a host with one of them is still starting. */
    public Stream<Unit> changing() {
        return all.stream().filter(unit -> unit.active().endsWith("activating"));
    }

    private static boolean hasSuffix(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0 && KINDS.contains(name.substring(dot + 1));
    }
}
