package me.wingu.boma.harness.rehearsal;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.hypervisor.Domain;
import me.wingu.boma.harness.hypervisor.Hypervisor;
import me.wingu.boma.harness.profile.HostProfile;
import me.wingu.boma.harness.waiting.FileLock;

/**
 * Decides whether another guest may start: not beside more guests than allowed, and not when memory or disk would run
 * short. The decision and the claim that follows it are one, also for two processes that start at the same moment.
 */
final class Guard {

    /** How long another start may keep the lock: it defines a domain, and sweeps first. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final long MIB = 1024L * 1024;
    /** What a thin overlay may well take during a rehearsal, beside the image itself. */
    private static final long DISK_MIB = 4096;

    private final Hypervisor hypervisor;
    private final LabSettings settings;
    private final Sweeper sweeper;

    Guard(Hypervisor hypervisor, LabSettings settings, Sweeper sweeper) {
        this.hypervisor = hypervisor;
        this.settings = settings;
        this.sweeper = sweeper;
    }

    /**
     * Claims the place for a guest.
     *
     * @param claim makes the claim visible to other processes: defines the domain
     */
    Domain claim(HostProfile profile, Supplier<Domain> claim) {
        return FileLock.whileHeld(settings.lockFile(), PATIENCE, () -> {
            sweeper.removeOrphans();
            replaceKept(profile);
            refuseBesideOthers(profile);
            refuseWithoutMemory(profile);
            refuseWithoutDisk(profile);
            return claim.get();
        });
    }

    /**
     * Gives the place of a guest to another one of its name; in between nobody else can take it.
     *
     * @param old the guest whose place it is
     * @param claim makes the claim visible again
     */
    Domain replace(Domain old, Supplier<Domain> claim) {
        return FileLock.whileHeld(settings.lockFile(), PATIENCE, () -> {
            old.remove();
            return claim.get();
        });
    }

    /** Does, before or after the others, what two starts at once would spoil for each other. */
    void alone(Runnable work) {
        FileLock.whileHeld(settings.lockFile(), PATIENCE, () -> {
            work.run();
            return true;
        });
    }

    /** A guest that was kept for inspection gives way to the next rehearsal of its own host, and to no other. */
    private void replaceKept(HostProfile profile) {
        hypervisor
                .find(profile.domainName())
                .filter(d -> d.note().flatMap(VmNote::parse).filter(VmNote::idleAndKept).isPresent())
                .ifPresent(sweeper::remove);
    }

    private void refuseBesideOthers(HostProfile profile) {
        List<Domain> others = hypervisor.domains();
        Optional<Domain> same = others.stream()
                .filter(d -> d.name().equals(profile.domainName()))
                .findFirst();
        if (same.isEmpty() && others.size() < settings.maxVms()) {
            return;
        }
        Domain inTheWay = same.orElseGet(() -> others.get(0));
        throw new HarnessException(
                HarnessException.Kind.MACHINE,
                "Starting " + profile.domainName() + " is refused: "
                        + (same.isPresent() ? "it is there already." : atATime() + " at a time."),
                others.stream().map(Guard::describe).collect(Collectors.joining("\n")),
                "./boma-it down " + inTheWay.name().substring(HostProfile.PREFIX.length())
                        + (same.isPresent() ? "" : ", or allow more with boma.maxvms (BOMA_MAXVMS)"));
    }

    private String atATime() {
        return settings.maxVms() == 1 ? "one rehearsal" : settings.maxVms() + " rehearsals";
    }

    private static String describe(Domain domain) {
        Optional<VmNote> note = domain.note().flatMap(VmNote::parse);
        String why = note.map(n -> switch (n.hold()) {
                    case KEPT -> "kept for inspection";
                    case BETWEEN_STEPS -> "left by an earlier step";
                    case NONE -> "process " + n.owner().map(o -> "" + o.pid()).orElse("?") + " works on it";
                })
                .orElse("not made by this harness");
        return domain.name() + ": " + domain.state() + ", " + why
                + note.map(n -> ", run " + n.run()).orElse("");
    }

    private void refuseWithoutMemory(HostProfile profile) {
        long needed = profile.sizing().memoryMiB() + (long) settings.reserveMiB();
        long promised = hypervisor.domains().stream().mapToLong(Domain::untouchedMemoryBytes).sum() / MIB;
        long available = hypervisor.availableMemoryBytes() / MIB - promised;
        if (available < needed) {
            throw new HarnessException(
                    HarnessException.Kind.MACHINE,
                    "Starting " + profile.domainName() + " is refused: too little free memory.",
                    available + " MiB available" + (promised > 0 ? ", without " + promised + " that other guests may take" : "")
                            + "; " + needed + " MiB needed (" + profile.sizing().memoryMiB() + " for the guest, "
                            + settings.reserveMiB() + " in reserve)",
                    "end another program, lower \"memoryMiB\" in " + profileFile(profile)
                            + ", or lower boma.reserve (BOMA_RESERVE)");
        }
    }

    private void refuseWithoutDisk(HostProfile profile) {
        long available = hypervisor.volumes().availableBytes() / MIB;
        if (available < DISK_MIB) {
            throw new HarnessException(
                    HarnessException.Kind.MACHINE,
                    "Starting " + profile.domainName() + " is refused: too little disk space in the pool.",
                    available + " MiB available; " + DISK_MIB + " MiB needed",
                    "free some space; ./boma-it prune removes what rehearsals left");
        }
    }

    private static Path profileFile(HostProfile profile) {
        return profile.directory().resolve("profile.json");
    }

}
