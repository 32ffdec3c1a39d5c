package me.wingu.boma.harness.rehearsal;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import me.wingu.boma.harness.checkpoint.Checkpoint;
import me.wingu.boma.harness.checkpoint.CheckpointStore;
import me.wingu.boma.harness.hypervisor.Domain;
import me.wingu.boma.harness.hypervisor.Hypervisor;
import me.wingu.boma.harness.hypervisor.VolumeStore;
import me.wingu.boma.harness.profile.HostProfile;
import me.wingu.boma.harness.profile.RehearsalPlan;
import me.wingu.boma.harness.waiting.Together;

/** Lets a saved guest go on: a new disk on top of the frozen one, the saved memory, and what it missed. */
final class RestoreStep {

    private final UpStep upStep;
    private final Guard guard;
    private final CheckpointStore store;
    private final Hypervisor hypervisor;
    private final Path keys;

    RestoreStep(UpStep upStep, Guard guard, CheckpointStore store, Hypervisor hypervisor, Path keys) {
        this.upStep = upStep;
        this.guard = guard;
        this.store = store;
        this.hypervisor = hypervisor;
        this.keys = keys;
    }

    /**
     * Takes over the guest of a host that stands by with a checkpoint, and lets it go on behind the wall that it is to have now.
     *
     * @param run the run directory of this run
     * @param claimed is told of the guest as soon as it is this process's
     * @return the guest; empty when none stands by
     */
    Optional<GuestMachine> takeOver(RehearsalPlan plan, Checkpoint checkpoint, Path run, Consumer<GuestMachine> claimed) {
        GuestNames names = new GuestNames(plan.profile().domainName());
        VmNote note = note(checkpoint, run, names, VmNote.Hold.NONE);
        try (WakeUpService.Call call = WakeUpService.Call.to(keys(names))) {
            return guard.takeOver(
                            plan.profile(),
                            there -> there.checkpoint().equals(note.checkpoint())
                                    && there.privateKey().equals(note.privateKey()),
                            note)
                    .map(domain -> resumed(plan, checkpoint, upStep.machine(domain).thatStoodBy(), claimed, call));
        }
    }

    private GuestMachine resumed(
            RehearsalPlan plan,
            Checkpoint checkpoint,
            GuestMachine guest,
            Consumer<GuestMachine> claimed,
            WakeUpService.Call call) {
        claimed.accept(guest);
        Together.run(() -> upStep.surround(plan), () -> guest.prepareAt(checkpoint.guest().address()));
        Instant started = Instant.now();
        guest.domain().resume();
        AtomicBoolean awake = new AtomicBoolean();
        Together.run(
                () -> guest.awaitLogin("going on from where it stood by", started), () -> awake.set(call.wakesUp()));
        if (!awake.get()) {
            wake(guest, checkpoint);
        }
        return guest;
    }

    /**
     * Has a guest stand by for the run that takes it over, which may have it woken up.
     *
     * @param awake is told when that was done
     */
    StandingGuest standBy(GuestMachine guest, Checkpoint checkpoint, Runnable awake) {
        return StandingGuest.of(guest, checkpoint, WakeUpService.listen(keys(guest.names()), () -> {
            wake(guest, checkpoint);
            guest.close();
            awake.run();
        }));
    }

    private Path keys(GuestNames names) {
        return keys.resolve(names.domain());
    }

    /**
     * Restores a guest, in the place of the one that is there or in a place of its own.
     *
     * @param run the run directory of this run
     * @param hold why the guest may be there
     * @param old the guest that is there
     * @param claimed is told of the guest as soon as there is one
     */
    GuestMachine restore(
            RehearsalPlan plan,
            Checkpoint checkpoint,
            Path run,
            VmNote.Hold hold,
            Optional<GuestMachine> old,
            Consumer<GuestMachine> claimed) {
        HostProfile profile = plan.profile();
        GuestNames names = new GuestNames(profile.domainName());
        String disk = upStep.newDisk(names);
        VmNote note = note(checkpoint, run, names, hold);
        old.ifPresent(GuestMachine::close);
        Optional<String> oldDisk = old.map(guest -> guest.domain().disk());
        Domain domain = old.map(guest -> upStep.replace(
                        guest.domain(), profile, checkpoint.guest().uuid(), disk, () -> note))
                .orElseGet(() -> upStep.claim(profile, checkpoint.guest().uuid(), disk, () -> note));
        GuestMachine guest = upStep.machine(domain);
        claimed.accept(guest);
        oldDisk.filter(names::owns).ifPresent(hypervisor.volumes()::delete);
        Together.run(() -> prepare(profile, checkpoint, names, disk), () -> upStep.surround(plan));
        Instant started = Instant.now();
        Together.run(() -> domain.restore(checkpoint.memory().name()), () -> guest.prepareAt(checkpoint.guest().address()));
        guest.awaitLogin("going on from a checkpoint", started);
        wake(guest, checkpoint);
        return guest;
    }

    private void wake(GuestMachine guest, Checkpoint checkpoint) {
        new WakeUp(new Timing(hypervisor.accelerator())).wake(guest, checkpoint, text(checkpoint, Checkpoints.CONTAINERS));
    }

    private VmNote note(Checkpoint checkpoint, Path run, GuestNames names, VmNote.Hold hold) {
        return new VmNote(
                checkpoint.subject().host(),
                checkpoint.subject().certs(),
                checkpoint.subject().scenario(),
                run.toString(),
                checkpoint.guest().user(),
                keys(names).resolve("id_ed25519").toString(),
                checkpoint.guest().hostKey(),
                hold,
                Optional.of(Owner.self()),
                Optional.of(checkpoint.id()));
    }

    private void prepare(HostProfile profile, Checkpoint checkpoint, GuestNames names, String disk) {
        store.unpack(checkpoint, Checkpoints::isSecret, keys(names));
        VolumeStore volumes = hypervisor.volumes();
        volumes.delete(names.console());
        volumes.createText(names.console(), store.file(checkpoint, Checkpoints.CONSOLE));
        volumes.delete(names.seed());
        volumes.createText(names.seed(), store.file(checkpoint, "seed.iso"));
        volumes.createOverlay(disk, checkpoint.disks().get(0).name(), profile.sizing().diskGiB() * UpStep.GIB);
    }

    private String text(Checkpoint checkpoint, String file) {
        return new String(store.file(checkpoint, file), StandardCharsets.UTF_8);
    }
}
