package me.wingu.boma.harness.state.access;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import me.wingu.boma.harness.state.HostState;
import me.wingu.boma.harness.state.Mount;
import me.wingu.boma.harness.state.Unit;

/** Whether a file that lies under a mount is there again after a reboot, and what else may lie over it then. */
final class FilesAtBoot {

    private static final String AUTOMATIC = "autofs";
    private static final Pattern ESCAPED = Pattern.compile("[^A-Za-z0-9:_./]");

    private final HostState state;

    FilesAtBoot(HostState state) {
        this.state = state;
    }

    /** Says why a file is not what it is now after a reboot, or may not be; empty for one that surely is. */
    Optional<String> loss(String file) {
        Optional<Mount> mount = state.mounts().holding(file);
        if (mount.filter(Mount::isInMemory).isPresent()) {
            return Optional.of(file + " lies in memory and is gone after a reboot");
        }
        String at = mount.map(Mount::target).orElse("/");
        if (mount.isPresent() && !at.equals("/") && !isMountedAtBoot(mount.get())) {
            return Optional.of(file + " lies in what is mounted by hand, as it seems: neither /etc/fstab nor an enabled unit has "
                    + mount.get());
        }
        return state.mounts().fstab().stream()
                .filter(directory -> file.startsWith(directory + "/") && directory.length() > at.length())
                .findFirst()
                .map(directory -> "/etc/fstab mounts " + directory + " at boot, which is not mounted now: what it has in the place of "
                        + file + " is not known");
    }

    private boolean isMountedAtBoot(Mount mount) {
        boolean onTop = state.mounts().all().stream()
                        .filter(other -> other.target().equals(mount.target()) && !other.fsType().equals(AUTOMATIC))
                        .count()
                > 1;
        return !onTop && (state.mounts().fstab().contains(mount.target()) || byUnit(mount) || onDemand(mount) || byZfs(mount));
    }

    /** What systemd-fstab-generator wrote stands for a line of {@code /etc/fstab} that may be gone since. */
    private boolean byUnit(Mount mount) {
        return Stream.of(".mount", ".automount")
                .flatMap(kind -> state.units().named(unitName(mount.target()) + kind).stream())
                .filter(Unit::startsAtBoot)
                .anyMatch(unit -> unit.file().filter(file -> file.startsWith("/run/systemd/generator/")).isEmpty());
    }

    /** The automounter's maps name what it mounts; it is taken to have the same ones after the reboot. */
    private boolean onDemand(Mount mount) {
        boolean below = state.mounts().all().stream()
                .filter(other -> other.fsType().equals(AUTOMATIC))
                .anyMatch(other -> (mount.target() + "/").startsWith(other.target() + "/"));
        return below && starts("autofs.service");
    }

    /** A data set has its directory as a property. */
    private boolean byZfs(Mount mount) {
        return mount.fsType().equals("zfs") && starts("zfs-mount.service");
    }

    private boolean starts(String unit) {
        return state.units().named(unit).filter(Unit::startsAtBoot).isPresent();
    }

    /** As {@code systemd-escape --path} has it (systemd.unit(5), "String Escaping for Inclusion in Unit Names"). */
    private static String unitName(String path) {
        String bytes = new String(path.substring(1).getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        return ESCAPED.matcher(bytes)
                .replaceAll(match -> "\\\\x" + HexFormat.of().toHexDigits((byte) match.group().charAt(0)))
                .replace('/', '-');
    }
}
