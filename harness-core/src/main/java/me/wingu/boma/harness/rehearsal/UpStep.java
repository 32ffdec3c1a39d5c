package me.wingu.boma.harness.rehearsal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.checkpoint.CheckpointStore;
import me.wingu.boma.harness.guest.CloudInitSeed;
import me.wingu.boma.harness.guest.SshKeyPair;
import me.wingu.boma.harness.hypervisor.Domain;
import me.wingu.boma.harness.hypervisor.DomainDefinition;
import me.wingu.boma.harness.hypervisor.GuestFilter;
import me.wingu.boma.harness.hypervisor.Hypervisor;
import me.wingu.boma.harness.hypervisor.IsolatedNetwork;
import me.wingu.boma.harness.hypervisor.VolumeStore;
import me.wingu.boma.harness.profile.HostProfile;
import me.wingu.boma.harness.profile.RehearsalPlan;
import me.wingu.boma.harness.waiting.Together;

/** Makes a guest and boots it: overlay, seed, network, domain, SSH. */
final class UpStep {

    /** The account that the seed makes. */
    static final String USER = "ansible";
    static final long GIB = 1024L * 1024 * 1024;

    private final LabParts parts;
    private final Hypervisor hypervisor;
    private final Guard guard;
    private final CheckpointStore store;
    private final Path keys;
    private final IsolatedNetwork lab;

    UpStep(LabParts parts, Guard guard, CheckpointStore store, Path keys, IsolatedNetwork lab) {
        this.parts = parts;
        this.store = store;
        this.hypervisor = parts.hypervisor();
        this.guard = guard;
        this.keys = keys;
        this.lab = lab;
    }

    /**
     * Claims the place, makes the guest and waits until it answers. When that fails the guest stays, for the console;
     * whoever asked for it decides.
     *
     * @param claimed is told of the guest as soon as there is one
     */
    GuestMachine up(
            RehearsalPlan plan, ImageSource.Image image, Path run, Consumer<GuestMachine> claimed) {
        HostProfile profile = plan.profile();
        GuestNames names = new GuestNames(profile.domainName());
        Path secrets = keys.resolve(names.domain());
        String disk = newDisk(names);
        Domain domain = claim(profile, UUID.randomUUID(), disk, () -> newNote(plan, run, secrets));
        GuestMachine guest = machine(domain);
        claimed.accept(guest);
        Together.run(() -> prepare(plan, image, names, disk, secrets), () -> surround(plan));
        Instant start = Instant.now();
        domain.start();
        guest.awaitBoot("booting for the first time", Optional.empty(), start);
        return guest;
    }

    String newDisk(GuestNames names) {
        return store.newVolume(names.disk(), ".qcow2");
    }

    /** Takes the place for a guest, and makes that visible: the domain is there, and not started. */
    Domain claim(HostProfile profile, UUID uuid, String disk, Supplier<VmNote> note) {
        refuseTakenAddresses(network(profile));
        return guard.claim(profile, () -> define(profile, uuid, disk, note.get()));
    }

    /** Takes the place of a guest that is there for another one of the same host. */
    Domain replace(Domain old, HostProfile profile, UUID uuid, String disk, Supplier<VmNote> note) {
        return guard.replace(old, () -> define(profile, uuid, disk, note.get()));
    }

    private Domain define(HostProfile profile, UUID uuid, String disk, VmNote note) {
        GuestNames names = new GuestNames(profile.domainName());
        return hypervisor.define(new DomainDefinition(
                names.domain(),
                uuid,
                profile.sizing().vcpus(),
                profile.sizing().memoryMiB(),
                disk,
                names.seed(),
                names.console(),
                lab.name(),
                names.domain(),
                names.mac(),
                note.toJson()));
    }

    /** Makes what a guest is surrounded by: its network and the wall around it. */
    void surround(RehearsalPlan plan) {
        surround(plan, plan.profile().domainName());
    }

    /** Makes the same under another name for the wall. */
    void surround(RehearsalPlan plan, String wall) {
        hypervisor.ensureNetwork(network(plan.profile()));
        hypervisor.ensureFilter(wall(plan, wall));
    }

    GuestMachine machine(Domain domain) {
        VmNote note = domain.note().flatMap(VmNote::parse).orElseThrow();
        return new GuestMachine(
                domain, hypervisor.volumes(), note, new Timing(hypervisor.accelerator()), parts.connector());
    }

    private VmNote newNote(RehearsalPlan plan, Path run, Path secrets) {
        SshKeyPair key = SshKeyPair.make(secrets.resolve("id_ed25519"), "boma-it");
        SshKeyPair hostKey = SshKeyPair.make(secrets.resolve("host_ed25519"), plan.profile().hostName());
        return new VmNote(
                plan.profile().host(),
                plan.certs().word(),
                plan.scenario().map(s -> s.name()),
                run.toString(),
                USER,
                key.privateFile().toString(),
                keyOnly(hostKey.publicLine()),
                VmNote.Hold.NONE,
                Optional.of(Owner.self()),
                Optional.empty());
    }

    private static String keyOnly(String publicLine) {
        String[] words = publicLine.split(" ", 3);
        return words[0] + " " + words[1];
    }

    private void prepare(
            RehearsalPlan plan, ImageSource.Image image, GuestNames names, String disk, Path secrets) {
        HostProfile profile = plan.profile();
        VolumeStore volumes = hypervisor.volumes();
        volumes.delete(names.seed());
        volumes.delete(names.console());
        provideBase(image, volumes);
        volumes.createOverlay(disk, image.volume(), profile.sizing().diskGiB() * GIB);
        volumes.createText(names.console(), new byte[0]);
        volumes.upload(names.seed(), seed(profile, secrets));
    }

    private void provideBase(ImageSource.Image image, VolumeStore volumes) {
        try {
            long length = Files.size(image.file());
            if (volumes.holds(image.volume(), length)) {
                return;
            }
            guard.alone(() -> {
                if (!volumes.holds(image.volume(), length)) { // another start may have brought it meanwhile
                    volumes.upload(image.volume(), image.file());
                }
            });
        } catch (IOException e) {
            throw new HarnessException(
                    HarnessException.Kind.MACHINE,
                    "Reading the golden image " + image.file() + " failed.",
                    e.toString(),
                    "remove it; the next start makes it anew",
                    e);
        }
    }

    private static Path seed(HostProfile profile, Path secrets) {
        Path iso = secrets.resolve("seed.iso");
        new CloudInitSeed(
                        "boma-it-" + UUID.randomUUID(),
                        profile.hostName(),
                        USER,
                        new SshKeyPair(secrets.resolve("id_ed25519")).publicLine(),
                        new SshKeyPair(secrets.resolve("host_ed25519")))
                .writeTo(iso);
        return iso;
    }

    /** Returns the wall around a plan's guest. */
    GuestFilter wall(RehearsalPlan plan) {
        return wall(plan, plan.profile().domainName());
    }

    private GuestFilter wall(RehearsalPlan plan, String name) {
        HostProfile profile = plan.profile();
        return new GuestFilter(
                name, network(profile), plan.egress(), plan.egress(), profile.neverReach());
    }

    /** Returns the network with the vantages of a host. */
    IsolatedNetwork network(HostProfile profile) {
        return lab.with(profile.bridgeVantages().values());
    }

    /** The network's addresses must be nobody else's on this machine; elsewhere only that machine's owner can tell. */
    private void refuseTakenAddresses(IsolatedNetwork network) {
        try {
            for (NetworkInterface other : NetworkInterface.networkInterfaces().toList()) {
                Optional<String> taken = other.inetAddresses()
                        .map(InetAddress::getHostAddress)
                        .filter(address -> address.startsWith(network.prefix() + "."))
                        .findFirst();
                if (taken.isPresent() && !other.getName().equals(network.bridge())) {
                    throw new HarnessException(
                            HarnessException.Kind.MACHINE,
                            "Preparing the network " + network.name() + " failed: this machine uses its addresses.",
                            other.getName() + " has " + taken.get(),
                            "free " + network.prefix() + ".0/24: the harness makes its vantages there");
                }
            }
        } catch (SocketException e) {
            throw new HarnessException(
                    HarnessException.Kind.MACHINE, "Listing this machine's network interfaces failed.", e.toString(), "",
                    e);
        }
    }
}
