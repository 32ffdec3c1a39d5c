package me.wingu.boma.harness.state.drift;

import java.util.stream.Stream;
import me.wingu.boma.harness.state.HostState;
import me.wingu.boma.harness.state.Subject;
import me.wingu.boma.harness.state.WireGuard;

/** WireGuard interfaces and peers; where a peer was last heard from is left out, since it may roam. */
final class WireGuardWitness implements Witness<WireGuard> {

    @Override
    public String name() {
        return "WireGuard";
    }

    @Override
    public Subject<WireGuard> subject() {
        return Subject.WIREGUARD;
    }

    @Override
    public Stream<Fact> facts(WireGuard wireGuard, HostState state, HostState other) {
        Stream<Fact> devices = wireGuard.devices().stream().map(device -> Fact.of(device.name(), carrier(device.name()))
                .with("public key", device.publicKey())
                .with("port", device.ephemeralPort() ? "ephemeral" : String.valueOf(device.listenPort()))
                .with("firewall mark", device.firewallMark()));
        Stream<Fact> peers = wireGuard.peers().stream()
                .map(peer -> Fact.of("peer " + peer.publicKey() + " of " + peer.device(), carrier(peer.device()))
                        .with("allowed addresses", peer.allowedIps().stream().sorted().toList().toString())
                        .with("keepalive", peer.keepalive().isPresent() ? peer.keepalive().getAsInt() + " s" : "off")
                        .with("shared key", peer.sharedKey() ? "set" : "none"));
        return Stream.concat(devices, peers);
    }

    private static String carrier(String device) {
        return "/etc/wireguard/" + device + ".conf, or the mesh agent";
    }
}
