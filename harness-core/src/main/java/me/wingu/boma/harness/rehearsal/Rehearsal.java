package me.wingu.boma.harness.rehearsal;

import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.checkpoint.Checkpoint;
import me.wingu.boma.harness.checkpoint.Inputs;
import me.wingu.boma.harness.checkpoint.Stage;
import me.wingu.boma.harness.diagnostics.Reboot;
import me.wingu.boma.harness.diagnostics.RunDirectory;
import me.wingu.boma.harness.diagnostics.RunRecord;
import me.wingu.boma.harness.fault.Faults;
import me.wingu.boma.harness.hypervisor.Accelerator;
import me.wingu.boma.harness.probe.IpVersion;
import me.wingu.boma.harness.probe.Outside;
import me.wingu.boma.harness.probe.Patience;
import me.wingu.boma.harness.probe.WatchedBoot;
import me.wingu.boma.harness.profile.RehearsalPlan;
import me.wingu.boma.harness.state.HostState;
import me.wingu.boma.harness.state.HostStateCollector;
import me.wingu.boma.harness.state.Subject;
import me.wingu.boma.harness.state.drift.Drift;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * One host's rehearsal, step by step. Each step is timed and recorded in {@code run.json}; when one fails, what can be
 * learned of the guest is collected into the run directory first, and the failure is thrown on.
 *
 * <p>For use by one thread at a time.
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class Rehearsal implements AutoCloseable {

    private static final String STOOD_BY = ", which stood by";

    private final RehearsalPlan plan;
    private final Lab lab;
    private final RunDirectory directory;
    private final Timing timing;
    private final HealthStep healthStep;
    private final Witness witness;
    private final Faults faults = new Faults(new FaultyGuest(this));
    private final SavedStages savedStages;
    private final VmNote.Hold hold;
    private final Timeline timeline = new Timeline();
    private Optional<GuestMachine> guest;
    private Optional<ImageSource.Image> image = Optional.empty();
    private Optional<Interruption> interruption = Optional.empty();
    private volatile boolean interrupted;
    private boolean takesOver = true;
    private LastReboot lastReboot = LastReboot.none();
    private int bootConsoleMark;
    private final Knowledge known = new Knowledge();

    Rehearsal(
            RehearsalPlan plan,
            Lab lab,
            RunDirectory directory,
            Optional<GuestMachine> guest,
            Reuse reuse,
            VmNote.Hold hold) {
        this.plan = plan;
        this.hold = hold;
        this.lab = lab;
        this.directory = directory;
        this.timing = new Timing(lab.hypervisor().accelerator());
        this.savedStages = new SavedStages(plan, lab.checkpoints(), reuse, this::image);
        this.healthStep = new HealthStep(plan.profile(), timing);
        this.witness = new Witness(directory);
        this.guest = guest;
    }

    /** Returns what is rehearsed. */
    public RehearsalPlan plan() {
        return plan;
    }

    /** Returns where everything about this run is kept. */
    public RunDirectory directory() {
        return directory;
    }

    /**
     * Makes the guest and boots it, then checks the boot's health. In this boot there is nothing of the host's yet: where on an
     * emulated processor the kernel panics or hangs in it, or SSH never answers, which emulation brings about once in some hundred
     * boots, the guest is made once more. One that could not be started is not left.
     *
     * @throws HarnessException when the machine is not free for another guest, or the guest does not come up
     */
    public void up() {
        lab.parts().site().check(plan);
        ImageSource.Image golden = image();
        try {
            firstBoot(golden);
        } catch (HarnessException e) {
            if (!interrupted && guest.filter(g -> !g.hasRun()).isPresent()) {
                down();
                throw e;
            }
            Optional<String> fault = guest.flatMap(GuestMachine::emulationsFault);
            if (interrupted || lab.hypervisor().accelerator() != Accelerator.TCG || fault.isEmpty()) {
                throw e;
            }
            lab.progress().said("Its first boot failed in emulation, before anything was done to it (" + fault.get() + "): once more");
            directory.write("failure-of-first-boot.txt", e.getMessage() + "\n");
            directory.write("console-first-boot.log", machine().console());
            down();
            firstBoot(golden);
        }
        bootConsoleMark = 0;
        health();
        timeline.begins(savedStages.leadingUp());
        lastReboot = LastReboot.none();
        save();
    }

    private void firstBoot(ImageSource.Image golden) {
        step(
                "up",
                () -> {
                    guest = Optional.empty();
                    return lab.upStep().up(plan, golden, directory.path(), this::claimed);
                },
                g -> g.shell().endpoint().toString());
    }

    private ImageSource.Image image() {
        if (image.isEmpty()) {
            String name = plan.profile().image();
            image = Optional.of(step(
                    "image", () -> lab.parts().images().provide(name, lab.progress()), i -> i.name() + " "
                            + i.sha512().substring(0, 12)));
            directory.image(new RunRecord.Image(image.get().name(), image.get().sha512()));
        }
        return image.get();
    }

    /**
     * Brings the guest as far as a stage: by going on from what it is, or from the latest checkpoint on the way there that
     * fits, and by doing the rest. A fresh rehearsal goes on only from what this process saved itself.
     *
     * @param stage how far
     * @throws HarnessException as the steps do that are needed
     */
    public void reach(Stage stage) {
        Optional<Stage> on = Optional.of(stage);
        while (on.isPresent() && !isAt(on.get()) && !goneOnFrom(on.get())) {
            on = on.get().before();
        }
        if (on.isEmpty()) {
            guest.ifPresent(g -> down());
            up();
        }
        if (stage.applied() && !timeline.stage().applied()) {
            apply(false);
        }
        List<String> made = timeline.stage().reboots();
        stage.reboots().stream().skip(made.size()).forEach(kind -> reboot(RebootKind.of(kind)));
    }

    /** Returns whether the guest is at a stage already, and nobody was given it since. */
    private boolean isAt(Stage stage) {
        return hasGuest() && timeline.isPure() && timeline.stage().equals(stage);
    }

    /**
     * Goes on from a checkpoint of that very stage.
     *
     * @throws HarnessException when there is none that one can go on from
     */
    void goOnFrom(Stage stage) {
        if (!goneOnFrom(stage)) {
            throw new HarnessException(
                    HarnessException.Kind.STEP,
                    "Restoring " + plan.profile().domainName() + " " + stage + " failed: no checkpoint of it can be gone on from.",
                    "",
                    "./boma-it checkpoint list says what is there");
        }
    }

    private boolean goneOnFrom(Stage stage) {
        return savedStages.at(stage).filter(this::restored).isPresent();
    }

    /**
     * Returns the first of some stages that there is a checkpoint of which this rehearsal may go on from.
     *
     * @param stages the stages, the most welcome first
     */
    public Optional<Stage> firstSaved(List<Stage> stages) {
        return stages.stream().filter(stage -> savedStages.at(stage).isPresent()).findFirst();
    }

    /** Goes on with a guest that an earlier process left. */
    Rehearsal takenUp() {
        timeline.takenUp(directory.record());
        return this;
    }

    /**
     * Returns whether a recorded step took over a guest that stood by.
     *
     * @param step a step of a run's record
     */
    public static boolean stoodBy(RunRecord.Step step) {
        return step.detail().endsWith(STOOD_BY);
    }

    /** Returns how far the guest has come. */
    public Stage stage() {
        return timeline.stage();
    }

    /** Goes on from a checkpoint; one that cannot be gone on from is discarded, and the run does without. */
    private boolean restored(Checkpoint checkpoint) {
        Optional<GuestMachine> old = guest;
        try {
            restore(checkpoint);
        } catch (HarnessException | UncheckedIOException e) {
            if (interrupted || guest.equals(old)) {
                throw e; // somebody ended it, the place is taken, or memory short: no fault of the checkpoint's
            }
            if (guest.filter(GuestMachine::stoodBy).isPresent()) { // what befell it since is no fault of the checkpoint's, either
                lab.progress().said("Restoring anew: the guest that stood by is of no use: " + e.getMessage());
                takesOver = false;
                down();
                return restored(checkpoint);
            }
            lab.checkpoints().store().discard(checkpoint, String.valueOf(e.getMessage()));
            guest.ifPresent(g -> down());
            return false;
        }
        directory.restored(new RunRecord.Restored(
                checkpoint.stage().word(),
                checkpoint.key(),
                checkpoint.takenAt(),
                checkpoint.run(),
                checkpoint.reboots()));
        return true;
    }

    private Optional<GuestMachine> takenOver(Checkpoint checkpoint, Optional<GuestMachine> old) {
        return old.isEmpty() && takesOver && hold == VmNote.Hold.NONE
                ? lab.restoreStep().takeOver(plan, checkpoint, directory.path(), this::claimed)
                : Optional.empty();
    }

    private void restore(Checkpoint checkpoint) {
        Optional<GuestMachine> old = guest;
        step(
                "restore",
                () -> takenOver(checkpoint, old)
                        .orElseGet(() -> lab.restoreStep()
                                .restore(plan, checkpoint, directory.path(), hold, old, this::claimed)),
                g -> checkpoint.stage() + ", from a checkpoint of " + Ago.of(checkpoint.takenAt()) + " (run "
                        + checkpoint.run() + ")" + (g.stoodBy() ? STOOD_BY : ""));
        if (hold.outlivesItsProcess()) {
            uninterruptible(); // it is an earlier step's guest again, and stays when this process is ended
        }
        lab.checkpoints().store().used(checkpoint);
        timeline.goesOnFrom(checkpoint);
        faults.lapse(); // the guest of the checkpoint has none, nor has its new surrounding
        lastReboot = LastReboot.of(lab.checkpoints().store(), checkpoint);
        lastReboot.before().ifPresent(before -> directory.write(Visit.recordBefore(0), before));
    }

    /** Saves the guest at the stage it has come to, if nobody has touched it on the way. */
    private void save() {
        machine().canReturnTo(Optional.empty()); // that was the stage before
        if (timeline.isPure()) {
            try {
                save(timeline.inputs());
            } catch (HarnessException e) {
                lab.progress().said("Not saved: " + e.getMessage());
            }
        }
    }

    private Checkpoint save(Inputs inputs) {
        Checkpoint checkpoint = step(
                "save",
                () -> lab.checkpoints().save(machine(), new Checkpoints.Draft(
                        plan,
                        timeline.stage(),
                        inputs,
                        directory.path().toString(),
                        timeline.reboots(),
                        lastReboot.files())),
                c -> c.stage() + ", " + (c.memory().bytes() >> 20) + " MiB of memory, " + (c.disks().get(0).bytes() >> 20)
                        + " MiB of disk");
        machine().canReturnTo(Optional.of(checkpoint.id()));
        return checkpoint;
    }

    private void claimed(GuestMachine machine) {
        uninterruptible(); // of a guest that this one takes the place of
        guest = Optional.of(machine);
        interruption = Optional.of(Interruption.tidiedBy(() -> interrupted(machine)));
    }

    private void interrupted(GuestMachine machine) {
        interrupted = true;
        lab.progress().said("Interrupted; removing " + machine.domain().name());
        try {
            witness.console(Optional.of(machine));
            judged("error", false);
        } finally {
            lab.guard().removeOwn(machine.domain());
        }
    }

    /**
     * Has the guest, as it was saved, stand still for the run that goes on from there. Its state is read once before: an
     * emulated processor has then translated what a test asks first.
     *
     * @return the guest
     * @throws HarnessException when it was not saved at this stage, or cannot be read
     */
    StandingGuest standBy() {
        GuestMachine machine = machine();
        Checkpoint checkpoint = lastSaved().flatMap(lab.checkpoints().store()::find).orElseThrow(() -> new HarnessException(
                HarnessException.Kind.STEP,
                "The guest " + machine.domain().name() + " cannot stand by: it was not saved.",
                "",
                "see what was said of saving it"));
        readState();
        return lab.restoreStep()
                .standBy(machine, checkpoint, () -> lab.progress().said(plan.profile().host() + " goes on for the run that took it over"));
    }

    /** Lets go of a guest that stood by, which is another run's now, or gone. */
    void handedOver() {
        uninterruptible();
        guest = Optional.empty();
    }

    private void uninterruptible() {
        interruption.ifPresent(Interruption::close);
        interruption = Optional.empty();
    }

    private void health() {
        step("health", () -> healthStep.check(machine(), bootConsoleMark), state -> state);
    }

    /**
     * Applies the host's site to the guest.
     *
     * @param converge whether to apply a second time, which must change nothing
     * @throws HarnessException when the playbook fails, is refused, or does not converge; the message has the failed
     *     task and the last lines
     */
    public void apply(boolean converge) {
        Inputs before = lab.checkpoints().leadingToApplied(plan);
        step(
                "apply",
                () -> lab.parts()
                        .site()
                        .apply(
                                plan,
                                machine().shell().endpoint(),
                                converge,
                                timing.apply(),
                                directory.file("ansible.log"),
                                lab.progress()::said),
                recap -> recap);
        timeline.applied(before, lab.checkpoints().leadingToApplied(plan));
        save();
    }

    /**
     * Reboots the guest, proves it, and checks the boot's health.
     *
     * @param kind how the guest goes down
     * @return the proof
     * @throws HarnessException when the guest does not come up again, or the proof is incomplete
     */
    public Reboot reboot(RebootKind kind) {
        healthStep.settle(machine()); // a container that is just starting would be one that the reboot changed
        HostState before = step("state", this::readState, Rehearsal::summary);
        String recorded = before.toJson();
        directory.write(Visit.recordBefore(directory.record().reboots().size() + 1), recorded + "\n");
        int mark = machine().consoleLength();
        Optional<WatchedBoot> watched;
        SecondLook.Seen after;
        try (BootLookout lookout = BootLookout.prepare(outside(), Doors.of(before))) {
            directory.reboot(step(
                    "reboot", () -> new RebootStep(timing).reboot(machine(), kind, lookout::begin), r -> kind.label() + ": "
                            + r.evidence().get(0)));
            bootConsoleMark = mark;
            health();
            healthStep.settle(machine());
            SecondLook look = new SecondLook(this::readState, timing.late(), lab.progress()::said);
            after = step("state", () -> look.after(before), seen -> summary(seen.state()));
            watched = lookout.report(machine(), directory);
        }
        lastReboot = new LastReboot(Optional.of(recorded), Optional.of(after.drift()), watched);
        List<Reboot> reboots = directory.record().reboots();
        directory.write("drift-" + reboots.size() + ".txt", after.drift() + "\n");
        Reboot reboot = reboots.get(reboots.size() - 1); // with what was seen of its boot
        timeline.rebooted(reboot);
        save();
        known.state(after::state); // for the tests: nothing was done to the guest since
        return reboot;
    }

    private static String summary(HostState state) {
        return state.timings().size() + " collectors in " + state.took().toMillis() + " ms";
    }

    /** Reads the guest's state; messages call it after the host and its last reboot. */
    HostState readState() {
        return readState(Subject.all());
    }

    /** Reads some subjects of the guest's state. */
    HostState readState(Collection<Subject<?>> subjects) {
        return new HostStateCollector(machine().shell(), timing.state()).collect(stateName(), subjects);
    }

    /** Returns what is known of the guest; every step makes it forgotten. */
    Knowledge known() {
        return known;
    }

    /** Returns what messages call the host and the moment: {@code askari after reboot 1}. */
    String stateName() {
        int reboots = Math.max(directory.record().reboots().size(), timeline.reboots().size());
        return plan.profile().host() + (reboots == 0 ? " before any reboot" : " after reboot " + reboots);
    }

    /**
     * Returns what the last reboot changed.
     *
     * @throws HarnessException when this run made no reboot
     */
    Drift drift() {
        return lastReboot.drift().or(this::driftSinceTheLastReboot).orElseThrow(() -> new HarnessException(
                HarnessException.Kind.USAGE,
                "There is no drift of " + plan.profile().host() + ": this run made no reboot.",
                "reboots of this run: " + directory.record().reboots().size(),
                "ask in an @AfterReboot test of a cycle"));
    }

    /** For a guest that an earlier process rebooted: what the run recorded then, compared with what is now. */
    private Optional<Drift> driftSinceTheLastReboot() {
        return beforeTheLastReboot().map(before -> Drift.between(before, known.state(this::readState)));
    }

    /** Returns the state before the last reboot, as this run recorded it; empty when it made none. */
    Optional<HostState> beforeTheLastReboot() {
        Path file = directory.file(Visit.recordBefore(directory.record().reboots().size()));
        return Optional.of(file).filter(Files::isRegularFile).map(HostState::read);
    }

    /**
     * Returns what all vantages saw of the last boot.
     *
     * @throws HarnessException when no reboot was made in this process, or there was nothing to watch
     */
    WatchedBoot watchedBoot() {
        return lastReboot.watchedBoot().orElseThrow(() -> new HarnessException(
                HarnessException.Kind.USAGE,
                "No boot of " + plan.profile().host() + " was watched by this process.",
                "reboots of this run: " + directory.record().reboots().size() + ", vantages: "
                        + plan.profile().vantages(),
                "ask in an @AfterReboot test of a cycle, of a host with vantages that listens on something"));
    }

    /** Returns the guest as it is seen from the profile's vantages; its IPv6 address is asked for when it is needed. */
    Outside outside() {
        GuestMachine machine = machine();
        InetAddress address = Vantages.address(machine.shell().endpoint().address());
        return new Outside(
                version -> version == IpVersion.IPV4
                        ? Optional.of(address)
                        : machine.address6(Lab.network().prefix6()).map(Vantages::address),
                Vantages.of(plan.profile(), machine),
                Patience.DEFAULT);
    }

    /**
     * Keeps the guest as it is now, memory and disk, until it is taken down; no other run goes on from it.
     *
     * @param purpose what for: an earlier one of the same purpose and stage is given up
     * @return what {@link #returnTo} takes, also of a later process
     */
    public String checkpoint(String purpose) {
        return save(Checkpoints.forOneRun(timeline.inputs(), directory.path(), purpose)).id();
    }

    /** Returns what {@link #returnTo} takes to make the guest what it was when it came to its present stage, if it was saved. */
    public Optional<String> lastSaved() {
        return machine().note().checkpoint();
    }

    /**
     * Returns whether anybody may have changed the guest since it was made or last went on from a checkpoint; one that an earlier
     * process left, everybody may.
     */
    public boolean isTouched() {
        return timeline.isTouched();
    }

    /**
     * Makes the guest again what it was when it was saved. That is no reboot: its kernel goes on.
     *
     * @param checkpoint what {@link #checkpoint} or {@link #lastSaved()} returned
     * @throws HarnessException when there is no such checkpoint any more, or the guest does not answer
     */
    public void returnTo(String checkpoint) {
        restore(lab.checkpoints().store().find(checkpoint).orElseThrow(() -> new HarnessException(
                HarnessException.Kind.USAGE,
                "There is no checkpoint to return " + plan.profile().host() + " to.",
                "the guest was not saved when it came to this stage, or its checkpoint was removed",
                "see what was said of saving it; ./boma-it checkpoint list shows what is there")));
    }

    /** Returns the faults of the guest; they are taken back when it is left, and end with it when it goes down. */
    public Faults faults() {
        return faults;
    }

    /** Takes the guest down and removes everything that belongs to it. */
    public void down() {
        step(
                "down",
                () -> {
                    witness.console(guest);
                    guest.ifPresent(g -> {
                        g.close();
                        lab.guard().alone(() -> lab.sweeper().remove(g.domain()));
                    });
                    guest = Optional.empty();
                    faults.lapse();
                    uninterruptible();
                    lab.checkpoints().forget(directory.path());
                    return "";
                },
                d -> d);
    }

    /** Returns whether there is a guest, in whatever state. */
    public boolean hasGuest() {
        return guest.isPresent();
    }

    /** Leaves the guest for a later process that does the next step. */
    public void leave() {
        faults.undoAll();
        uninterruptible();
        guest.ifPresent(g -> g.domain().note(g.note().left(VmNote.Hold.BETWEEN_STEPS).toJson()));
    }

    /** Leaves the guest for inspection. Returns what to paste to look at it. */
    public String keep() {
        try {
            faults.undoAll();
        } catch (HarnessException e) {
            lab.progress().said("It is left with " + faults.inForce() + ": " + e.getMessage());
        }
        uninterruptible();
        guest.ifPresent(g -> g.domain().note(g.note().left(VmNote.Hold.KEPT).toJson()));
        return guest.map(this::commands).orElse("");
    }

    private String commands(GuestMachine g) {
        List<String> commands = new ArrayList<>();
        commands.add("virsh -c " + lab.hypervisor().uri() + " console " + g.domain().name());
        g.domain().lease().ifPresent(address -> commands.add(
                "ssh -i %s -o UserKnownHostsFile=/dev/null -o StrictHostKeyChecking=no %s@%s"
                        .formatted(g.note().privateKey(), g.note().user(), address.getHostAddress())));
        commands.add("./boma-it down " + plan.profile().host());
        return String.join("\n", commands);
    }

    /**
     * Notes how the run was judged.
     *
     * @param outcome {@code passed}, {@code failed} or {@code error}
     * @param kept whether the guest is left
     */
    public void judged(String outcome, boolean kept) {
        directory.outcome(outcome, kept);
    }

    /** Returns a text with every secret of the run struck out. */
    public String withoutSecrets(String text) {
        return lab.parts().redaction().apply(text);
    }

    /** Collects everything that can be learned of the guest into the run directory. */
    public void collectDiagnostics() {
        witness.testify(guest);
    }

    /**
     * Returns the guest as a test sees it.
     *
     * @throws HarnessException when there is none yet
     */
    public Vm vm() {
        machine();
        timeline.touched();
        return new Vm(this);
    }

    GuestMachine machine() {
        return guest.orElseThrow(() -> new HarnessException(
                HarnessException.Kind.USAGE,
                "There is no guest of " + plan.profile().host() + " yet.",
                "",
                "./boma-it up " + plan.profile().host()));
    }

    /** Returns the deadline that suits this machine where hardware virtualization would need the given one. */
    Duration patience(Duration withKvm) {
        return timing.scale(withKvm);
    }

    /**
     * Returns what is left of a deadline that began when something was last done to the guest, and at least a tenth of it.
     *
     * @param withKvm the whole deadline, where hardware virtualization runs the guest
     */
    Duration settling(Duration withKvm) {
        Duration whole = patience(withKvm);
        Duration left = whole.minus(Duration.between(known.lastAct(), Instant.now()));
        Duration least = whole.dividedBy(10);
        return left.compareTo(least) < 0 ? least : left;
    }

    Lab lab() {
        return lab;
    }

    /** Does something that the timeline of the run shows. */
    <T> T step(String name, Supplier<T> work, Function<T, String> detail) {
        String host = plan.profile().host();
        Instant started = Instant.now();
        lab.progress().stepStarted(host, name);
        known.forget();
        savedStages.forget();
        try {
            T result = work.get();
            ended(name, started, true, detail.apply(result));
            return result;
        } catch (RuntimeException | Error e) {
            ended(name, started, false, String.valueOf(e.getMessage()));
            if (!name.equals("down")) {
                witness.testify(guest);
            }
            throw e;
        } finally {
            known.acted();
        }
    }

    private void ended(String name, Instant started, boolean passed, String detail) {
        Duration took = Duration.between(started, Instant.now());
        directory.step(new RunRecord.Step(name, started, took.toMillis(), passed ? "passed" : "failed", detail));
        lab.progress().stepEnded(plan.profile().host(), name, took, passed, detail);
    }

    /** Lets go of the guest's connection; the guest itself stays as it is. */
    @Override
    public void close() {
        guest.ifPresent(GuestMachine::close);
    }
}
