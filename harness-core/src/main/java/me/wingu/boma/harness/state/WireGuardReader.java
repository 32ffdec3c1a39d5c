package me.wingu.boma.harness.state;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads {@code wg show all dump}, from which the script has cut private and shared keys. */
final class WireGuardReader {

    private WireGuardReader() {}

    static WireGuard read(String host, Map<String, String> text) {
        List<WireGuard.Device> devices = new ArrayList<>();
        List<WireGuardPeer> peers = new ArrayList<>();
        for (String line : text.getOrDefault("wireguard", "").lines().toList()) {
            String[] field = line.split(" ", -1);
            if (field[0].equals("device") && field.length == 6) {
                devices.add(new WireGuard.Device(
                        field[1], field[2], Integer.parseInt(field[3]), field[4].equals("ephemeral"), field[5]));
            } else if (field[0].equals("peer") && field.length == 10) {
                peers.add(peer(field));
            } else {
                throw new SectionReader.Unreadable("a device or peer", line);
            }
        }
        return new WireGuard(host, devices, peers);
    }

    private static WireGuardPeer peer(String[] field) {
        long handshake = Long.parseLong(field[5]);
        return new WireGuardPeer(
                field[1],
                field[2],
                field[3].equals("(none)") ? Optional.empty() : Optional.of(field[3]),
                field[4].equals("(none)") ? List.of() : List.of(field[4].split(",", -1)),
                field[8].equals("off") ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(field[8])),
                field[9].equals("set"),
                handshake == 0 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(handshake)),
                Long.parseLong(field[6]),
                Long.parseLong(field[7]));
    }
}
