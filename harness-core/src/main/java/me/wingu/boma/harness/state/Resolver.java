package me.wingu.boma.harness.state;

import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * How the host finds addresses for names.
 *
 * @param host what messages call the host and the moment: {@code askari after reboot 1}
 * @param nameservers the servers in {@code /etc/resolv.conf}; behind systemd-resolved, those that it asks by IPv4, too
 * @param search the domains that are tried behind a short name, in order
 * @param options the options in {@code /etc/resolv.conf}: {@code ndots:2}, {@code rotate}
 * @param hosts the lines of {@code /etc/hosts}
 * @param answers what the name service answers, by name: for the names in {@code /etc/hosts} and those asked for; an
 *     empty list when it knows none
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record Resolver(
        String host,
        List<String> nameservers,
        List<String> search,
        List<String> options,
        List<HostsEntry> hosts,
        Map<String, List<String>> answers) {

    /**
     * A line of {@code /etc/hosts}.
     *
     * @param address the address
     * @param names the names that it has, the canonical one first
     */
    public record HostsEntry(String address, List<String> names) {

        /** Copies the list. */
        public HostsEntry {
            names = List.copyOf(names);
        }

        @Override
        public String toString() {
            return address + " " + String.join(" ", names);
        }
    }

    /** Copies the collections. */
    public Resolver {
        nameservers = List.copyOf(nameservers);
        search = List.copyOf(search);
        options = List.copyOf(options);
        hosts = List.copyOf(hosts);
        answers = Map.copyOf(answers);
    }
}
