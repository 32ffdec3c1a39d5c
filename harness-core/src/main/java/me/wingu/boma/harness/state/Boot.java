package me.wingu.boma.harness.state;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * The boot that a host is in.
 *
 * @param host what messages call the host and the moment: {@code askari after reboot 1}
 * @param id the kernel's random identity of this boot
 * @param kernel the kernel's release: {@code 6.12.57+deb13-cloud-amd64}
 * @param commandLine the kernel's command line
 * @param uptime the time since the kernel started
 * @param startedAt when the kernel started, by the host's clock, to the second
 * @param hostname the name that the kernel has
 * @param hostnameFile the name in {@code /etc/hostname}
 * @param timeZone the time zone, {@code Etc/UTC}; empty when {@code /etc/localtime} is no link
 * @param os the keys of {@code /etc/os-release}: {@code VERSION_CODENAME} is {@code trixie}
 * @param taint why the kernel is tainted, as a bit mask; 0 for none
 * @param systemState systemd's own verdict: {@code running}, {@code degraded}, {@code starting}, …; empty without
 *     systemd
 * @param userspaceAt when systemd started, since the kernel did
 * @param finishedAt when systemd had started everything, since the kernel did; empty while it has not
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record Boot(
        String host,
        String id,
        String kernel,
        String commandLine,
        Duration uptime,
        Instant startedAt,
        String hostname,
        Optional<String> hostnameFile,
        Optional<String> timeZone,
        Map<String, String> os,
        long taint,
        Optional<String> systemState,
        Optional<Duration> userspaceAt,
        Optional<Duration> finishedAt) {

    /** Copies the map. */
    public Boot {
        os = Map.copyOf(os);
    }

    /** Returns the words of the kernel's command line. */
    public List<String> parameters() {
        return List.of(commandLine.strip().split("\\s+", -1));
    }
}
