package me.wingu.boma.harness.rehearsal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.checkpoint.Checkpoint;
import me.wingu.boma.harness.checkpoint.CheckpointStore;
import me.wingu.boma.harness.checkpoint.Inputs;
import me.wingu.boma.harness.checkpoint.Stage;
import me.wingu.boma.harness.diagnostics.Reboot;
import me.wingu.boma.harness.guest.CommandResult;
import me.wingu.boma.harness.hypervisor.Hypervisor;
import me.wingu.boma.harness.hypervisor.VolumeStore;
import me.wingu.boma.harness.profile.HostProfile;
import me.wingu.boma.harness.profile.Profiles;
import me.wingu.boma.harness.profile.RehearsalPlan;
import me.wingu.boma.harness.profile.Scenario;

/** What a lab saves of its guests, and finds again by what led to it. */
final class Checkpoints {

    /** What the guest's containers were, one line each. */
    static final String CONTAINERS = "containers.txt";
    /** What the guest had written to its console. */
    static final String CONSOLE = "console.log";

    private static final String FOR_ONE_RUN = "for one run alone";
    private static final String PURPOSE = "purpose";

    private static final Set<String> APART = Set.of(CONTAINERS, CONSOLE);

    private final CheckpointStore store;
    private final Hypervisor hypervisor;
    private final SiteApplier site;
    private final LabSettings settings;
    private final Path code;
    /** The checkpoints that this very process made. */
    private final Set<String> own = ConcurrentHashMap.newKeySet();

    /**
     * Creates the checkpoints of a lab.
     *
     * @param code where the harness's own classes are: another way of making a guest makes another guest
     */
    Checkpoints(CheckpointStore store, LabParts parts, LabSettings settings, Path code) {
        this.store = store;
        this.code = code;
        this.hypervisor = parts.hypervisor();
        this.site = parts.site();
        this.settings = settings;
    }

    CheckpointStore store() {
        return store;
    }

    /** Returns all that leads to a guest that has booted. */
    Inputs leadingUp(RehearsalPlan plan, ImageSource.Image image) {
        HostProfile profile = plan.profile();
        return Inputs.none()
                .with("host", profile.host() + " " + profile.hostName() + " " + UpStep.USER)
                .with("golden image", image.name() + " " + image.sha512())
                .with("vm in the profile", profile.sizing().toString())
                .with("known faults in the profile", profile.knownFaults().toString())
                .with("egress", String.valueOf(plan.egress()))
                .with("processor", hypervisor.accelerator().label() + " " + hypervisor.processor())
                .with("libvirt and QEMU", hypervisor.version())
                .withWhole("the harness", code);
    }

    /** Returns all that leads to a guest that was configured, beside what led to its boot. */
    Inputs leadingToApplied(RehearsalPlan plan) {
        HostProfile profile = plan.profile();
        Path playbook = profile.site().directory().relativize(profile.site().playbook());
        return site.inputs(plan, store.secret())
                .withFile("overlay.yml", profile.overlay())
                .with("roles, groups and playbook in the profile", profile.site().roles() + " " + profile.site().groups()
                        + " " + playbook)
                .with("vantages in the profile", profile.vantages().toString())
                .with("cert tier", plan.certs().word())
                .with("scenario", plan.scenario().map(Scenario::name).orElse("none"))
                .with(plan.scenario()
                        .map(s -> Inputs.none().withFile("scenarios/" + s.name() + ".yml", s.file()))
                        .orElse(Inputs.none()));
    }

    /** Finds the checkpoint of a stage; a fresh run takes only one that this process made itself. */
    Optional<Checkpoint> find(Stage stage, Inputs inputs, Reuse reuse) {
        return store.find(stage, inputs).filter(c -> reuse == Reuse.FAST || own.contains(c.id()));
    }

    /**
     * Finds the checkpoint that a fast run was last of use for, among those that one could go on from now.
     *
     * @param stage the stage that it must be of; else it is any but the first boot
     */
    Optional<Checkpoint> lastUsed(RehearsalPlan plan, ImageSource.Image image, Optional<Stage> stage) {
        Inputs up = leadingUp(plan, image);
        Inputs applied = up.with(leadingToApplied(plan));
        return store.entries().stream()
                .map(CheckpointStore.Entry::checkpoint)
                .filter(c -> c.subject().host().equals(plan.profile().host()))
                .map(Checkpoint::stage)
                .distinct()
                .filter(s -> stage.map(s::equals).orElse(s.applied()))
                .flatMap(s -> store.find(s, s.applied() ? applied : up).stream())
                .findFirst();
    }

    /** Returns what is there, and for each whether a run could still go on from it. */
    List<SavedGuest> list(Profiles profiles, ImageSource images) {
        return store.entries().stream()
                .map(entry -> {
                    Checkpoint c = entry.checkpoint();
                    return new SavedGuest(
                            c.id(), c.subject().host(), c.subject().certs(), c.subject().scenario(), c.stage().word(),
                            c.takenAt(), entry.usedAt(), c.memory().bytes(), c.disks().get(0).bytes(), c.run(),
                            c.reboots(), outdated(c, profiles, images));
                })
                .toList();
    }

    private List<String> outdated(Checkpoint checkpoint, Profiles profiles, ImageSource images) {
        Optional<String> damage = store.damage(checkpoint);
        if (damage.isPresent()) {
            return List.of(damage.get());
        }
        if (isForOneRun(checkpoint)) {
            return List.of("kept for its own run alone");
        }
        try {
            Checkpoint.Subject subject = checkpoint.subject();
            RehearsalPlan plan = RehearsalPlan.of(
                    profiles.load(subject.host()), Optional.of(subject.certs()), subject.scenario(), true);
            Optional<ImageSource.Image> image = images.find(plan.profile().image());
            if (image.isEmpty()) {
                return List.of("golden image is gone");
            }
            Inputs now = leadingUp(plan, image.get());
            return checkpoint.inputs()
                    .differences(checkpoint.stage().applied() ? now.with(leadingToApplied(plan)) : now);
        } catch (HarnessException e) {
            return List.of(String.valueOf(e.getMessage()).lines().findFirst().orElse("its host cannot be read"));
        }
    }

    /** Returns whether looking for one is worth the while. */
    boolean mayFind(Reuse reuse) {
        return reuse == Reuse.FAST || !own.isEmpty();
    }

    /** What a stage is saved with. */
    record Draft(
            RehearsalPlan plan,
            Stage stage,
            Inputs inputs,
            String run,
            List<Reboot> reboots,
            Map<String, byte[]> files) {}

    /** Saves a guest as it is now. */
    Checkpoint save(GuestMachine guest, Draft draft) {
        HostProfile profile = draft.plan().profile();
        refuseWithoutSpace(profile);
        Sleeper sleeper = Sleeper.of(guest);
        VolumeStore volumes = hypervisor.volumes();
        String frozen = guest.domain().disk();
        String memory = store.newVolume(guest.names().memory(), ".save");
        Map<String, byte[]> files = new HashMap<>(draft.files());
        files.put(CONTAINERS, sleeper.containers().getBytes(StandardCharsets.UTF_8));
        files.putAll(secrets(guest));
        guest.shell().disconnect(); // a session that lasts would be in the memory, and nobody at its other end
        guest.domain().save(memory, store.newVolume(guest.names().disk(), ".qcow2"));
        guest.runOfTheMoment(WakeUp::setClock); // it stood still while its guest did
        files.put(CONSOLE, guest.console().getBytes(StandardCharsets.UTF_8));
        volumes.names(); // has the pool look for what the hypervisor has just made in it
        List<Checkpoint.Volume> disks = Stream.iterate(
                        Optional.of(frozen), Optional::isPresent, disk -> disk.flatMap(volumes::backing))
                .map(disk -> volume(disk.orElseThrow()))
                .toList();
        Checkpoint checkpoint = new Checkpoint(
                store.newId(),
                new Checkpoint.Subject(
                        profile.host(), draft.plan().certs().word(), draft.plan().scenario().map(Scenario::name)),
                draft.stage(),
                draft.inputs(),
                Instant.now(),
                draft.run(),
                new Checkpoint.Guest(
                        guest.domain().uuid(), guest.shell().endpoint().address(), guest.note().user(),
                        guest.note().hostKey(), sleeper.bootId()),
                volume(memory),
                disks,
                draft.reboots());
        store.add(checkpoint, files);
        if (!isForOneRun(checkpoint)) {
            own.add(checkpoint.id());
        }
        return checkpoint;
    }

    private void refuseWithoutSpace(HostProfile profile) {
        long available = hypervisor.volumes().availableBytes() >> 20;
        long needed = profile.sizing().memoryMiB() + 4096L;
        if (available < needed) {
            throw new HarnessException(
                    HarnessException.Kind.MACHINE,
                    "Saving " + profile.domainName() + " is refused: too little disk space in the pool.",
                    available + " MiB available; " + needed + " MiB needed",
                    "free some space; ./boma-it checkpoint prune --all removes all saved guests");
        }
    }

    private Checkpoint.Volume volume(String name) {
        return new Checkpoint.Volume(name, hypervisor.volumes().length(name).orElse(-1));
    }

    /** The keys and the seed: a guest that goes on is the one that they were made for. */
    private static Map<String, byte[]> secrets(GuestMachine guest) {
        Path keys = Path.of(guest.note().privateKey()).getParent();
        try (Stream<Path> files = Files.list(keys)) {
            Map<String, byte[]> contents = new HashMap<>();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
            return contents;
        } catch (IOException e) {
            throw new HarnessException(
                    HarnessException.Kind.MACHINE,
                    "Reading the keys in " + keys + ", to save them with their guest, failed.",
                    e.toString(),
                    "check the owner and the mode of what is there",
                    e);
        }
    }

    /** Returns whether a file of a checkpoint goes into the directory of the guest's keys. */
    static boolean isSecret(String file) {
        return !APART.contains(file) && !file.endsWith(".json");
    }

    /** Returns inputs that no other run has, nor this one for another purpose. */
    static Inputs forOneRun(Inputs inputs, Path run, String purpose) {
        return inputs.with(FOR_ONE_RUN, run.toString()).with(PURPOSE, purpose);
    }

    /** Returns whether these led to what a run keeps for itself; who was given the guest meanwhile, nobody knows. */
    static boolean areForOneRun(Inputs inputs) {
        return inputs.digests().containsKey(FOR_ONE_RUN);
    }

    private static boolean isForOneRun(Checkpoint checkpoint) {
        return areForOneRun(checkpoint.inputs());
    }

    /** Removes what a run kept for itself, when it ends. */
    void forget(Path run) {
        forget(run.toString()::equals);
    }

    /**
     * Removes what runs kept for themselves that are over.
     *
     * @param running the directories of the runs that are not
     * @return what was removed, one line each
     */
    List<String> forgetAllBut(Set<String> running) {
        return forget(run -> !running.contains(run)).stream()
                .map(c -> "checkpoint of " + c.subject() + " " + c.stage() + ": kept for a run that is over")
                .toList();
    }

    private List<Checkpoint> forget(Predicate<String> run) {
        List<Checkpoint> over = store.entries().stream()
                .map(CheckpointStore.Entry::checkpoint)
                .filter(c -> isForOneRun(c) && run.test(c.inputs().digests().get(FOR_ONE_RUN)))
                .toList();
        over.forEach(store::remove);
        return over;
    }

    /** Removes what shall not outlive this process. */
    void close() {
        if (!settings.checkpoints().keep()) {
            own.stream().flatMap(id -> store.find(id).stream()).forEach(store::remove);
        }
    }

    /** What a guest says of itself before it is saved. */
    private record Sleeper(String bootId, String containers) {

        static Sleeper of(GuestMachine guest) {
            CommandResult said = guest.run("cat /proc/sys/kernel/random/boot_id\n" + ContainerStates.QUESTION);
            ContainerStates containers = ContainerStates.in(said.stdout());
            if (!containers.told()) {
                throw new HarnessException(
                        HarnessException.Kind.STEP,
                        "Saving " + guest.domain().name() + " is refused: its Docker tells no containers, so nobody could prove"
                                + " that they are there again.",
                        containers.text(),
                        "look at the guest: ./boma-it ssh " + guest.note().host() + " -- journalctl -u docker");
            }
            return new Sleeper(said.stdout().lines().findFirst().orElse("").strip(), containers.text());
        }
    }
}
