package me.wingu.boma.harness.rehearsal;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;

/**
 * The names of everything that belongs to one guest.
 *
 * @param domain the domain's name, from which all others follow
 */
record GuestNames(String domain) {

    String disk() {
        return domain + ".qcow2";
    }

    String seed() {
        return domain + "-seed.iso";
    }

    String console() {
        return domain + "-console.log";
    }

    /** Every volume that goes when the guest goes. */
    List<String> volumes() {
        return List.of(disk(), seed(), console());
    }

    /** Returns whether a volume is this guest's, also one that virtlogd rotated away (…-console.log.0). */
    boolean owns(String volume) {
        return volumes().contains(volume) || volume.startsWith(console() + ".");
    }

    /** A hardware address in QEMU's range, the same for the same name, so that neighbours' caches stay right. */
    String mac() {
        CRC32 crc = new CRC32();
        crc.update(domain.getBytes(StandardCharsets.UTF_8));
        long v = crc.getValue();
        return "52:54:00:%02x:%02x:%02x".formatted(v >> 16 & 0xff, v >> 8 & 0xff, v & 0xff);
    }
}
