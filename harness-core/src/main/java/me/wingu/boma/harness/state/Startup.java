package me.wingu.boma.harness.state;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * How the units that run came up, and what became of those that ran.
 *
 * @param host what messages call the host and the moment: {@code askari after reboot 1}
 * @param all the units that are not inactive, by name
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record Startup(String host, List<UnitStart> all) {

    /** Copies the list. */
    public Startup {
        all = List.copyOf(all);
    }

    /**
     * Returns how that unit came up.
     *
     * @param name the unit's name; {@code .service} may be left out
     */
    public Optional<UnitStart> of(String name) {
        return all.stream()
                .filter(unit -> Unit.isMeant(unit.name(), name))
                .findFirst();
    }

    /**
     * Returns what a unit waited for, as {@code systemd-analyze critical-chain} tells it: the unit itself, then at
     * each step the unit before it that became active last.
     *
     * <p>The chain ends at a unit that had to wait for nothing that is known here.
     *
     * @param name the unit at the end; {@code multi-user.target} for the whole boot
     */
    public List<UnitStart> criticalChain(String name) {
        List<UnitStart> chain = new ArrayList<>();
        Optional<UnitStart> next = of(name);
        while (next.isPresent() && !chain.contains(next.get())) {
            UnitStart unit = next.get();
            chain.add(unit);
            next = unit.after().stream()
                    .map(this::of)
                    .flatMap(Optional::stream)
                    .filter(earlier -> earlier.activeAt().isPresent())
                    .filter(earlier -> earlier.activeAt().get().compareTo(unit.startedAt().orElse(Duration.ZERO)) <= 0)
                    .max(Comparator.comparing(earlier -> earlier.activeAt().get()));
        }
        return chain;
    }
}
