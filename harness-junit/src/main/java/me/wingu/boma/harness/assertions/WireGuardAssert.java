package me.wingu.boma.harness.assertions;

import java.util.List;
import me.wingu.boma.harness.state.WireGuard;
import me.wingu.boma.harness.state.WireGuardPeer;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Assertions on WireGuard.
 *
 * <pre>{@code
 * assertThat(vm.wireGuard()).hasDevice("wt0").hasPeers("wt0", 1);    // passes when the mesh has its peer
 * assertThat(vm.wireGuard()).hasShakenHands("wt0");                  // fails when no peer was ever reached
 * }</pre>
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public class WireGuardAssert extends StateAssert<WireGuardAssert, WireGuard> {

    /** Creates the assertions. */
    public WireGuardAssert(WireGuard actual) {
        super(actual, WireGuardAssert.class, Wording.title(actual.host(), "WireGuard"));
    }

    /** Verifies that there is a WireGuard interface of that name. */
    public WireGuardAssert hasDevice(String name) {
        return check(
                actual.devices().stream().anyMatch(device -> device.name().equals(name)),
                "Expecting the WireGuard interface " + name + ".",
                actual.devices());
    }

    /** Verifies how many peers an interface has. */
    public WireGuardAssert hasPeers(String device, int count) {
        return check(peers(device).size() == count, "Expecting " + count + " peers of " + device + ".", peers(device));
    }

    /** Verifies that at least one peer of an interface has proved its key since the boot. */
    public WireGuardAssert hasShakenHands(String device) {
        return check(
                peers(device).stream().anyMatch(peer -> peer.lastHandshake().isPresent()),
                "Expecting a handshake with a peer of " + device + ".",
                peers(device));
    }

    private List<WireGuardPeer> peers(String device) {
        return actual.peers().stream().filter(peer -> peer.device().equals(device)).toList();
    }
}
