package me.wingu.boma.harness.rehearsal;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.Secrets;
import me.wingu.boma.harness.apply.TaskRunner;
import me.wingu.boma.harness.checkpoint.CheckpointStore;
import me.wingu.boma.harness.diagnostics.RunDirectory;
import me.wingu.boma.harness.diagnostics.RunRecord;
import me.wingu.boma.harness.guest.SshEndpoint;
import me.wingu.boma.harness.guest.SshShell;
import me.wingu.boma.harness.hypervisor.Accelerator;
import me.wingu.boma.harness.hypervisor.Domain;
import me.wingu.boma.harness.hypervisor.Hypervisor;
import me.wingu.boma.harness.hypervisor.IsolatedNetwork;
import me.wingu.boma.harness.hypervisor.LibvirtHypervisor;
import me.wingu.boma.harness.profile.HostProfile;
import me.wingu.boma.harness.profile.Profiles;
import me.wingu.boma.harness.profile.RehearsalPlan;
import me.wingu.boma.harness.waiting.FileLock;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** What the rehearsals of one process share: the hypervisor, the network, the images and the guard. */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class Lab implements AutoCloseable {

    /** The harness's own network; the addresses are for documentation (RFC 5737, RFC 4193), so they are nobody's. */
    private static final IsolatedNetwork NETWORK =
            new IsolatedNetwork("boma-it", "boma-it0", "198.51.100", "fd00:b03a:17::", new TreeSet<>());

    private final LabSettings settings;
    private final Hypervisor hypervisor;
    private final LabParts parts;
    private final Progress progress;
    private final Sweeper sweeper;
    private final Guard guard;
    private final UpStep upStep;
    private final Checkpoints checkpoints;
    private final RestoreStep restoreStep;

    /**
     * Creates a lab from its parts.
     *
     * @param settings how rehearsals run here
     * @param parts what it works with
     * @param progress told of every step
     */
    public Lab(LabSettings settings, LabParts parts, Progress progress) {
        this.settings = settings;
        this.hypervisor = parts.hypervisor();
        this.parts = parts;
        this.progress = progress;
        CheckpointStore store = new CheckpointStore(
                settings.checkpoints().directory(),
                hypervisor::volumes,
                settings.checkpoints().bounds(),
                this::belongsToGuest,
                progress::said);
        this.sweeper = new Sweeper(hypervisor, settings.keys(), store::needed);
        this.guard = new Guard(hypervisor, settings, sweeper);
        this.upStep = new UpStep(parts, guard, store, settings.keys(), NETWORK.with(parts.vantages()));
        this.checkpoints = new Checkpoints(store, parts, settings, code());
        this.restoreStep = new RestoreStep(upStep, guard, store, hypervisor, settings.keys());
    }

    /**
     * Opens the lab of this machine: libvirt, SSH, Ansible, and the images that the profiles define.
     *
     * @param settings how rehearsals run here
     * @param profiles where the image definitions are
     * @param progress told of every step
     * @throws HarnessException of kind {@code MACHINE} when libvirt cannot be reached
     */
    public static Lab open(LabSettings settings, Profiles profiles, Progress progress) {
        Accelerator accelerator = Accelerator.choose(settings.accelerator(), cpuInfo());
        boolean emulated = accelerator == Accelerator.TCG;
        TaskRunner runner = TaskRunner.choose(settings.ansible(), emulated);
        Secrets secrets = new Secrets();
        Hypervisor hypervisor = LibvirtHypervisor.connect(settings.libvirtUri(), accelerator);
        return new Lab(
                settings,
                new LabParts(
                        hypervisor,
                        images(settings, profiles),
                        SshShell::new,
                        new AnsibleSite(secrets, runner, emulated),
                        secrets::strike,
                        settings.maxVms() > 1 ? vantagesOfAll(profiles, progress) : Set.of()),
                progress);
    }

    /** A host whose profile cannot be read is rehearsed by nobody, and the others need not wait for its being mended. */
    private static Set<String> vantagesOfAll(Profiles profiles, Progress progress) {
        Set<String> addresses = new TreeSet<>();
        for (String host : profiles.hosts()) {
            try {
                addresses.addAll(profiles.load(host).bridgeVantages().values());
            } catch (HarnessException e) {
                progress.said("the network gets no vantages of " + host + ", whose profile cannot be read");
            }
        }
        return addresses;
    }

    private boolean belongsToGuest(String volume) {
        return hypervisor.domains().stream().anyMatch(domain -> new GuestNames(domain.name()).owns(volume));
    }

    private static Path code() {
        try {
            return Path.of(
                    Lab.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the place of the harness's classes is no path", e);
        }
    }

    private static String cpuInfo() {
        try {
            return Files.readString(Path.of("/proc/cpuinfo"));
        } catch (IOException e) {
            return "";
        }
    }

    /**
     * Begins a rehearsal that does everything anew: its run directory is there, its guest is not.
     *
     * @param plan what to rehearse
     */
    public Rehearsal begin(RehearsalPlan plan) {
        return begin(plan, Reuse.FRESH);
    }

    /**
     * Begins a rehearsal: its run directory is there, its guest is not.
     *
     * @param plan what to rehearse
     * @param reuse whether it may go on from what an earlier run saved
     */
    public Rehearsal begin(RehearsalPlan plan, Reuse reuse) {
        return begin(plan, reuse, VmNote.Hold.NONE);
    }

    /**
     * Begins a rehearsal.
     *
     * @param hold why what it restores may be there
     */
    Rehearsal begin(RehearsalPlan plan, Reuse reuse, VmNote.Hold hold) {
        if (reuse == Reuse.FAST && hold == VmNote.Hold.NONE) {
            prepareLoginBeside(plan);
        }
        RunRecord record = RunRecord.begin(
                plan.profile().host(),
                plan.certs().word(),
                plan.scenario().map(s -> s.name()),
                Instant.now(),
                hypervisor.accelerator().label());
        return new Rehearsal(
                plan,
                this,
                RunDirectory.create(settings.runs(), record, parts.redaction()),
                Optional.empty(),
                reuse,
                hold);
    }

    /** To load what a login needs takes longer than all that is left to do when a guest stands by. */
    private void prepareLoginBeside(RehearsalPlan plan) {
        String domain = plan.profile().domainName(); // its address is not known yet, and nothing is sent
        Thread thread = new Thread(
                () -> guard.noteOfTheOneStandingBy(plan.profile()).ifPresent(note -> parts.connector()
                        .apply(new SshEndpoint(domain, 22, note.user(), Path.of(note.privateKey()), note.hostKey()))
                        .prepare()),
                "prepares-login");
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((t, e) -> // the login itself meets the same obstacle, and tells it
                System.getLogger(Lab.class.getName()).log(System.Logger.Level.DEBUG, "preparing a login", e));
        thread.start();
    }

    /**
     * Takes up a rehearsal that an earlier process left.
     *
     * @param profiles where the host's profile is
     * @param host the host
     * @return the rehearsal, with its guest
     * @throws HarnessException when there is no such guest, or another process works on it
     */
    public Rehearsal resume(Profiles profiles, String host) {
        HostProfile profile = profiles.load(host);
        FoundGuest found = FoundGuest.of(hypervisor, host);
        found.refuseWhileInUse();
        VmNote note = found.note();
        VmNote mine = note.workedOnBy(Owner.self());
        found.domain().note(mine.toJson());
        RehearsalPlan plan = RehearsalPlan.of(profile, Optional.of(note.certs()), note.scenario(), true);
        GuestMachine guest = machine(found.domain(), mine);
        RunDirectory directory = RunDirectory.open(Path.of(note.run()), parts.redaction());
        return new Rehearsal(plan, this, directory, Optional.of(guest), Reuse.FRESH, mine.hold()).takenUp();
    }

    /**
     * Looks at a host's guest without taking it up: also while another process works on it, and without an end of its
     * being kept.
     *
     * @param profiles where the host's profile is
     * @param host the host
     * @throws HarnessException when there is no such guest
     */
    public Visit visit(Profiles profiles, String host) {
        HostProfile profile = profiles.load(host);
        FoundGuest found = FoundGuest.of(hypervisor, host);
        VmNote note = found.note();
        RehearsalPlan plan = RehearsalPlan.of(profile, Optional.of(note.certs()), note.scenario(), true);
        return new Visit(new Rehearsal(
                plan,
                this,
                RunDirectory.open(Path.of(note.run()), parts.redaction()),
                Optional.of(machine(found.domain(), note)),
                Reuse.FRESH,
                note.hold()));
    }

    /**
     * Removes whatever rehearsals left: guests that no living process works on, their volumes, keys and networks.
     * Checkpoints stay, unless they are damaged, too old or too much.
     *
     * @return what was removed, one line each
     */
    public List<String> prune() {
        return FileLock.whileHeld(settings.lockFile(), Guard.PATIENCE, () -> {
            List<String> gone = new ArrayList<>(checkpoints.store().prune(false));
            gone.addAll(sweeper.removeAll());
            Set<String> running = guests().stream().flatMap(guest -> guest.run().stream()).collect(Collectors.toSet());
            gone.addAll(checkpoints.forgetAllBut(running));
            return gone;
        });
    }

    /**
     * Returns the checkpoints, the most recently used first.
     *
     * @param profiles what the inputs of each are compared with
     */
    public List<SavedGuest> savedGuests(Profiles profiles) {
        return checkpoints.list(profiles, parts.images());
    }

    /**
     * Removes checkpoints.
     *
     * @param all whether to remove all of them; else those that are damaged, too old or too much
     * @return what was removed, one line each
     */
    public List<String> pruneSavedGuests(boolean all) {
        return FileLock.whileHeld(
                settings.lockFile(), Guard.PATIENCE, () -> checkpoints.store().prune(all));
    }

    /**
     * Destroys a host's guest, whoever left it, unless another process works on it.
     *
     * @param host the host
     * @return whether there was one
     */
    public boolean down(String host) {
        Optional<Domain> domain = hypervisor.find(HostProfile.PREFIX + host);
        domain.ifPresent(d -> {
            Optional<VmNote> note = d.note().flatMap(VmNote::parse);
            note.ifPresent(n -> new FoundGuest(d, n).refuseWhileInUse());
            guard.alone(() -> sweeper.remove(d));
            note.ifPresent(n -> checkpoints.forget(Path.of(n.run())));
        });
        return domain.isPresent();
    }

    /**
     * Returns what a host's guest wrote to its serial console.
     *
     * @param host the host
     * @throws HarnessException when there is no such guest
     */
    public String console(String host) {
        GuestNames names = new GuestNames(FoundGuest.domainOf(hypervisor, host).name());
        return new String(hypervisor.volumes().read(names.console(), 0), StandardCharsets.UTF_8);
    }

    /**
     * Returns where a host's guest is reached by SSH.
     *
     * @param host the host
     * @throws HarnessException when there is no such guest, or it has no address
     */
    public SshEndpoint endpoint(String host) {
        FoundGuest found = FoundGuest.of(hypervisor, host);
        return machine(found.domain(), found.note()).shell().endpoint();
    }

    /** Returns the guests that are there. */
    public List<GuestSummary> guests() {
        return hypervisor.domains().stream().map(GuestSummary::of).toList();
    }

    /**
     * Returns where golden images come from, without a hypervisor.
     *
     * @param settings how rehearsals run here
     * @param profiles where the image definitions are
     */
    public static ImageSource images(LabSettings settings, Profiles profiles) {
        return new CachedImages(profiles, settings.images());
    }

    private GuestMachine machine(Domain domain, VmNote note) {
        return new GuestMachine(
                domain, hypervisor.volumes(), note, new Timing(hypervisor.accelerator()), parts.connector());
    }

    /**
     * Makes what surrounds a plan's guest for one that somebody else makes: the network, and a wall. They go with what is
     * idle, once no domain uses them.
     *
     * @param plan whose guest
     * @param wall the name for the wall's filter; begins with {@code boma-it-}
     */
    public void surround(RehearsalPlan plan, String wall) {
        upStep.surround(plan, wall);
    }

    /** Returns the harness's own network. */
    public static IsolatedNetwork network() {
        return NETWORK;
    }

    /** Returns what runs the guests. */
    public Hypervisor hypervisor() {
        return hypervisor;
    }

    /** Returns how rehearsals run here. */
    public LabSettings settings() {
        return settings;
    }

    LabParts parts() {
        return parts;
    }

    /** Returns who follows the rehearsals. */
    public Progress progress() {
        return progress;
    }

    Sweeper sweeper() {
        return sweeper;
    }

    UpStep upStep() {
        return upStep;
    }

    Guard guard() {
        return guard;
    }

    Checkpoints checkpoints() {
        return checkpoints;
    }

    RestoreStep restoreStep() {
        return restoreStep;
    }

    @Override
    public void close() {
        checkpoints.close();
        hypervisor.close();
    }
}
