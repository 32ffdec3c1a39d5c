package me.wingu.boma.harness.state;

import java.util.List;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * The processes of a host, without the kernel's own threads.
 *
 * @param host what messages call the host and the moment: {@code askari after reboot 1}
 * @param all the processes, by id
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record Processes(String host, List<HostProcess> all) {

    /** Copies the list. */
    public Processes {
        all = List.copyOf(all);
    }

    /** Returns the processes of that name. */
    public Stream<HostProcess> named(String name) {
        return all.stream().filter(process -> process.name().equals(name));
    }
}
