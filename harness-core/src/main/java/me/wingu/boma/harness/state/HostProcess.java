package me.wingu.boma.harness.state;

import java.time.Duration;
import java.util.Optional;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * A process.
 *
 * @param pid its id
 * @param parent its parent's id
 * @param user whom it runs as
 * @param state the kernel's letter first: {@code S} sleeping, {@code R} running, {@code D} waiting for a disk,
 *     {@code Z} ended, but not waited for
 * @param residentKiB the memory that it holds, in KiB
 * @param age how long it has run
 * @param unit the systemd unit that it belongs to
 * @param name the kernel's name of it, at most 15 characters
 * @param commandLine its command line; what looks like a secret is masked
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record HostProcess(
        int pid,
        int parent,
        String user,
        String state,
        long residentKiB,
        Duration age,
        Optional<String> unit,
        String name,
        String commandLine) {

    @Override
    public String toString() {
        return pid + " " + user + " " + name + unit.map(u -> " (" + u + ")").orElse("") + ": " + commandLine;
    }
}
