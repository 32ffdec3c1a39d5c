package me.wingu.boma.harness.state;

import java.util.List;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * The ruleset as nft lists it for people, without handles and counters; rules that iptables wrote are translated.
 *
 * @param host what messages call the host and the moment: {@code askari after reboot 1}
 * @param chains the chains, in nft's order
 * @param sets the named sets and maps
 * @param objects the other things with names: limits, quotas, counters, flowtables, helpers of connection tracking
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record FirewallListing(String host, List<ListedChain> chains, List<ListedSet> sets, List<ListedObject> objects) {

    /**
     * A chain.
     *
     * @param table family and name of its table: {@code inet filter}
     * @param name its name
     * @param hook how it hangs on its hook, with its policy, and whether its table is dormant; empty for a chain that others
     *     jump to
     * @param rules its rules, in order
     */
    public record ListedChain(String table, String name, String hook, List<String> rules) {

        /** Copies the list. */
        public ListedChain {
            rules = List.copyOf(rules);
        }
    }

    /**
     * A named set or map.
     *
     * @param table family and name of its table
     * @param name its name
     * @param dynamic whether packets or time change any of its elements
     * @param definition its type, flags, timeout and size, as listed
     * @param elements its elements as listed
     */
    public record ListedSet(String table, String name, boolean dynamic, String definition, List<String> elements) {

        /** Copies the list. */
        public ListedSet {
            elements = List.copyOf(elements);
        }
    }

    /**
     * Something else that rules name.
     *
     * @param table family and name of its table
     * @param name what it is, and its name: {@code flowtable fast}, {@code limit logging}
     * @param definition what it says, as listed
     */
    public record ListedObject(String table, String name, String definition) {}

    /** Copies the lists. */
    public FirewallListing {
        objects = List.copyOf(objects);
        chains = List.copyOf(chains);
        sets = List.copyOf(sets);
    }
}
