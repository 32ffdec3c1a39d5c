package me.wingu.boma.harness.rehearsal;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The names of everything that belongs to one guest.
 *
 * @param domain the domain's name, from which all others follow
 */
record GuestNames(String domain) {

    /** What the names of its disks begin with: one is frozen when the guest is saved, and the next one goes on. */
    String disk() {
        return domain + "-disk";
    }

    /** What the names of its saved memory begin with. */
    String memory() {
        return domain + "-memory";
    }

    String seed() {
        return domain + "-seed.iso";
    }

    String console() {
        return domain + "-console.log";
    }

    /** Returns whether a volume is this guest's, also one that virtlogd rotated away (…-console.log.0). */
    boolean owns(String volume) {
        return volume.equals(seed())
                || volume.equals(console())
                || volume.startsWith(console() + ".")
                || volume.matches(Pattern.quote(domain) + "-(disk|memory)-[0-9a-f]{8}-[0-9a-f]{12}\\.(qcow2|save)");
    }

    /** A hardware address in QEMU's range, the same for the same name, so that neighbours' caches stay right. */
    String mac() {
        CRC32 crc = new CRC32();
        crc.update(domain.getBytes(StandardCharsets.UTF_8));
        long v = crc.getValue();
        return "52:54:00:%02x:%02x:%02x".formatted(v >> 16 & 0xff, v >> 8 & 0xff, v & 0xff);
    }
}
