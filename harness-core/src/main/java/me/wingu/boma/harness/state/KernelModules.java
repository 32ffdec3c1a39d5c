package me.wingu.boma.harness.state;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * The kernel modules that are loaded.
 *
 * @param host what messages call the host and the moment: {@code askari after reboot 1}
 * @param names their names, with underscores
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record KernelModules(String host, Set<String> names) {

    /** Copies the set. */
    public KernelModules {
        names = Set.copyOf(names);
    }

    static KernelModules read(String host, Map<String, String> text) {
        return new KernelModules(host, text.getOrDefault("modules", "")
                .lines()
                .map(line -> line.split(" ", 2)[0])
                .collect(Collectors.toSet()));
    }
}
