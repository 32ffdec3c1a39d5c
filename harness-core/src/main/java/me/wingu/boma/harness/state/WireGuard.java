package me.wingu.boma.harness.state;

import java.util.List;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * WireGuard's interfaces and peers; no private or shared key leaves the host.
 *
 * @param host what messages call the host and the moment: {@code askari after reboot 1}
 * @param devices the interfaces
 * @param peers the peers of all of them
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record WireGuard(String host, List<Device> devices, List<WireGuardPeer> peers) {

    /**
     * A WireGuard interface.
     *
     * @param name its name
     * @param publicKey its public key
     * @param listenPort the UDP port on which it waits, 1 to 65535; 0 while it has none
     * @param ephemeralPort whether its configuration names no port, so that the kernel chooses one at each start
     * @param firewallMark the mark of the packets that it sends, as {@code wg} prints it: {@code 0xca6c}, or {@code off}
     */
    public record Device(String name, String publicKey, int listenPort, boolean ephemeralPort, String firewallMark) {}

    /** Copies the lists. */
    public WireGuard {
        devices = List.copyOf(devices);
        peers = List.copyOf(peers);
    }
}
