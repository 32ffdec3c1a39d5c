package me.wingu.boma.harness.rehearsal;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.hypervisor.Domain;
import me.wingu.boma.harness.hypervisor.DomainState;
import me.wingu.boma.harness.hypervisor.Hypervisor;
import me.wingu.boma.harness.profile.HostProfile;
import me.wingu.boma.harness.waiting.FileLock;
import me.wingu.boma.harness.waiting.Waiting;

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
        return whenNoneGetsReady(() -> {
            sweeper.removeOrphans();
            replaceKept(profile);
            dismissThoseStandingBy(profile);
            refuseBesideOthers(profile);
            refuseWithoutMemory(profile);
            refuseWithoutDisk(profile);
            return claim.get();
        });
    }

    /** Returns what the guest of a host carries that stands by, if there is one. */
    Optional<VmNote> noteOfTheOneStandingBy(HostProfile profile) {
        return hypervisor.find(profile.domainName()).flatMap(Guard::note).filter(VmNote::standsBy);
    }

    /**
     * Takes over the guest of a host that stands by, if it is as it is wanted.
     *
     * @param wanted whether it is, by its note
     * @param taken the note that makes it this process's
     */
    Optional<Domain> takeOver(HostProfile profile, Predicate<VmNote> wanted, VmNote taken) {
        return whenNoneGetsReady(() -> {
            Optional<Domain> ready = hypervisor
                    .find(profile.domainName())
                    .filter(d -> d.state() == DomainState.PAUSED)
                    .filter(d -> note(d).filter(VmNote::standsBy).filter(wanted).isPresent());
            ready.ifPresent(domain -> domain.note(taken.toJson()));
            return ready;
        });
    }

    /** A guest that another process makes ready to stand by takes seconds to be so, and then gives way. */
    private <T> T whenNoneGetsReady(Supplier<T> work) {
        Instant end = Instant.now().plus(PATIENCE);
        while (true) {
            Optional<T> done = FileLock.whileHeld(settings.lockFile(), PATIENCE, () ->
                    someGetsReady() && Instant.now().isBefore(end) ? Optional.empty() : Optional.of(work.get()));
            if (done.isPresent()) {
                return done.get();
            }
            awaitReadiness();
        }
    }

    private void awaitReadiness() {
        try {
            Waiting.upTo("a guest that gets ready to stand by", PATIENCE)
                    .until(() -> someGetsReady() ? Optional.empty() : Optional.of(true));
        } catch (Waiting.InVain e) { // then it is in the way like any other, which the refusal says
            System.getLogger(Guard.class.getName()).log(System.Logger.Level.DEBUG, "somebody else's guest", e);
        }
    }

    private boolean someGetsReady() {
        return hypervisor.domains().stream().anyMatch(d -> note(d).filter(VmNote::getsReady).isPresent());
    }

    /**
     * Returns whether a guest could be claimed without anybody's giving way.
     *
     * @param host whose guest
     */
    boolean hasPlaceFor(HostProfile host) {
        List<Domain> there = hypervisor.domains().stream()
                .filter(d -> note(d).filter(VmNote::orphaned).isEmpty())
                .toList();
        return there.size() < settings.maxVms()
                && there.stream().noneMatch(d -> d.name().equals(host.domainName()))
                && availableMiB() >= neededMiB(host);
    }

    /** Says why there is no place. */
    String whoIsThere(HostProfile host) {
        return Stream.concat(
                        hypervisor.domains().stream().map(Guard::describe),
                        Stream.of(availableMiB() + " MiB of memory available, " + neededMiB(host) + " needed"))
                .collect(Collectors.joining("; "));
    }

    /** Removes a guest that this process had stand by, unless another one has taken it over. */
    void dismiss(Domain domain) {
        if (isOfThis(domain, VmNote::standsBy)) {
            removeIf(domain, VmNote::standsBy);
        }
    }

    /** Removes a guest unless another process works on it by now; nobody takes its place before all of it is gone. */
    void removeOwn(Domain domain) {
        removeIf(domain, note -> true);
    }

    private void removeIf(Domain domain, Predicate<VmNote> still) {
        alone(() -> {
            if (isOfThis(domain, still)) {
                sweeper.remove(domain);
            }
        });
    }

    /** Returns whether a guest that this process had stand by still does so. */
    boolean standsByForThis(Domain domain) {
        return isOfThis(domain, VmNote::standsBy) && domain.state() == DomainState.PAUSED;
    }

    private boolean isOfThis(Domain domain, Predicate<VmNote> still) {
        return hypervisor.find(domain.name())
                .flatMap(Guard::note)
                .filter(still)
                .flatMap(VmNote::owner)
                .filter(Owner.self()::equals)
                .isPresent();
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
                .filter(d -> note(d).filter(VmNote::idleAndKept).isPresent())
                .ifPresent(sweeper::remove);
    }

    /** A guest that stands by is there to save time: it never keeps another one from being started. */
    private void dismissThoseStandingBy(HostProfile profile) {
        standingBy().filter(d -> d.name().equals(profile.domainName())).forEach(sweeper::remove);
        for (Domain other : standingBy().toList()) {
            if (hypervisor.domains().size() >= settings.maxVms() || availableMiB() < neededMiB(profile)) {
                sweeper.remove(other);
            }
        }
    }

    private Stream<Domain> standingBy() {
        return hypervisor.domains().stream().filter(d -> note(d).filter(VmNote::standsBy).isPresent());
    }

    private static Optional<VmNote> note(Domain domain) {
        return domain.note().flatMap(VmNote::parse);
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
        Optional<VmNote> note = note(domain);
        String why = note.map(n -> switch (n.hold()) {
                    case KEPT -> "kept for inspection";
                    case BETWEEN_STEPS -> "left by an earlier step";
                    case GETTING_READY, STANDING_BY -> "kept ready by " + process(n);
                    case NONE -> process(n) + " works on it";
                })
                .orElse("not made by this harness");
        return domain.name() + ": " + domain.state() + ", " + why
                + note.map(n -> ", run " + n.run()).orElse("");
    }

    private static String process(VmNote note) {
        return "process " + note.owner().map(o -> "" + o.pid()).orElse("?");
    }

    private long neededMiB(HostProfile profile) {
        return profile.sizing().memoryMiB() + (long) settings.reserveMiB();
    }

    private long promisedMiB() {
        return hypervisor.domains().stream().mapToLong(Domain::untouchedMemoryBytes).sum() / MIB;
    }

    private long availableMiB() {
        return hypervisor.availableMemoryBytes() / MIB - promisedMiB();
    }

    private void refuseWithoutMemory(HostProfile profile) {
        long needed = neededMiB(profile);
        long promised = promisedMiB();
        long available = availableMiB();
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
