package me.wingu.boma.harness.assertions;

import java.util.List;
import java.util.Set;
import me.wingu.boma.harness.state.Resolver;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Assertions on how a host finds addresses for names; ask the collector for names that are not in its hosts file.
 *
 * <pre>{@code
 * assertThat(vm.resolver()).resolves("netbird.askari.wingu.me", "77.42.120.136");   // passes with the pin
 * assertThat(vm.resolver()).hasNoHostsEntryFor("netbird.askari.wingu.me");          // fails with the pin
 * }</pre>
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public class ResolverAssert extends StateAssert<ResolverAssert, Resolver> {

    /** Creates the assertions. */
    public ResolverAssert(Resolver actual) {
        super(actual, ResolverAssert.class, Wording.title(actual.host(), "names"));
    }

    /** Verifies that a name has exactly these addresses. */
    public ResolverAssert resolves(String name, String... addresses) {
        Wording.requireSome(addresses, "address");
        List<String> answer = answer(name);
        return check(
                Set.copyOf(answer).equals(Set.of(addresses)),
                "Expecting " + name + " to have the addresses " + List.of(addresses) + ".",
                answer);
    }

    /** Verifies that a name has no address. */
    public ResolverAssert doesNotResolve(String name) {
        return check(answer(name).isEmpty(), "Expecting " + name + " to have no address.", answer(name));
    }

    /** Verifies that {@code /etc/hosts} has exactly one line for a name, with this address. */
    public ResolverAssert hasHostsEntry(String name, String address) {
        List<Resolver.HostsEntry> entries = entries(name);
        return check(
                entries.size() == 1 && entries.get(0).address().equals(address),
                "Expecting one line \"" + address + " " + name + "\" in /etc/hosts.",
                entries);
    }

    /** Verifies that {@code /etc/hosts} has no line for a name. */
    public ResolverAssert hasNoHostsEntryFor(String name) {
        Wording.requireText(name, "name");
        return check(entries(name).isEmpty(), "Expecting no line for " + name + " in /etc/hosts.", entries(name));
    }

    private List<Resolver.HostsEntry> entries(String name) {
        return actual.hosts().stream().filter(entry -> entry.names().contains(name)).toList();
    }

    private List<String> answer(String name) {
        List<String> answer = actual.answers().get(name);
        if (answer == null) {
            throw new IllegalArgumentException(
                    "Nobody asked the host for " + name + ": give the name to HostStateCollector.resolving().");
        }
        return answer;
    }
}
