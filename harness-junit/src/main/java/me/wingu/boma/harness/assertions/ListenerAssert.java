package me.wingu.boma.harness.assertions;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import me.wingu.boma.harness.state.Socket;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Assertions on the sockets that wait on one port.
 *
 * <pre>{@code
 * assertThat(vm.sockets()).listener(tcp(22)).isHeldBy("sshd");        // passes when sshd holds it
 * assertThat(vm.sockets()).listener(tcp(5432)).isOnLoopbackOnly();    // fails when it is bound to 0.0.0.0
 * }</pre>
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public class ListenerAssert extends SoughtAssert<ListenerAssert, List<Socket>> {

    /** Creates the assertions. */
    public ListenerAssert(Sought<List<Socket>> actual) {
        super(actual, ListenerAssert.class);
    }

    /** Verifies that a process of this name holds it; at most 15 characters, as the kernel cuts names. */
    public ListenerAssert isHeldBy(String process) {
        return verify("to be held by " + process, sockets -> sockets.stream().anyMatch(s -> s.isHeldBy(process)));
    }

    /** Verifies that it waits on every address of the host, IPv4 and IPv6. */
    public ListenerAssert isOnEveryAddress() {
        return verify("to be on every address, IPv4 and IPv6", sockets -> families(sockets, true).size() == 2);
    }

    /** Verifies that it waits on every IPv4 address of the host. */
    public ListenerAssert isOnEveryIpv4Address() {
        return verify("to be on every IPv4 address", sockets -> families(sockets, true).contains(Socket.Family.IPV4));
    }

    /** Verifies that only the host itself can reach it. */
    public ListenerAssert isOnLoopbackOnly() {
        return verify("to be on the loopback only", all -> all.stream().allMatch(s -> s.local().isLoopback()));
    }

    /** Verifies that it waits on this address and no other. */
    public ListenerAssert isOnlyOn(String address) {
        return verify(
                "to be on " + address + " only", all -> all.stream().allMatch(s -> s.local().address().equals(address)));
    }

    /** Verifies that clients of this family reach it on some address. */
    public ListenerAssert accepts(Socket.Family family) {
        return verify("to accept " + family, sockets -> families(sockets, false).contains(family));
    }

    private static Set<Socket.Family> families(List<Socket> sockets, boolean everyAddress) {
        return sockets.stream()
                .filter(socket -> !everyAddress || socket.local().isWildcard())
                .flatMap(socket -> socket.families().stream())
                .collect(Collectors.toSet());
    }
}
