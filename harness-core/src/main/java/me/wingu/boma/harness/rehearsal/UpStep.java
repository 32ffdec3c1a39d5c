package me.wingu.boma.harness.rehearsal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import me.wingu.boma.harness.HarnessException;
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

/** Makes a guest and boots it: overlay, seed, network, domain, SSH. */
final class UpStep {

    private static final String USER = "ansible";
    private static final long GIB = 1024L * 1024 * 1024;

    private final LabParts parts;
    private final Hypervisor hypervisor;
    private final Guard guard;
    private final Path keys;
    private final IsolatedNetwork lab;

    UpStep(LabParts parts, Guard guard, Path keys, IsolatedNetwork lab) {
        this.parts = parts;
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
        IsolatedNetwork network = network(profile);
        refuseTakenAddresses(network);
        Path secrets = keys.resolve(names.domain());
        Domain domain = guard.claim(profile, () -> {
            VmNote note = newNote(plan, run, secrets);
            return hypervisor.define(new DomainDefinition(
                    names.domain(),
                    profile.sizing().vcpus(),
                    profile.sizing().memoryMiB(),
                    names.disk(),
                    names.seed(),
                    names.console(),
                    network.name(),
                    names.domain(),
                    names.mac(),
                    note.toJson()));
        });
        VmNote note = domain.note().flatMap(VmNote::parse).orElseThrow();
        GuestMachine guest = new GuestMachine(
                domain, hypervisor.volumes(), note, new Timing(hypervisor.accelerator()), parts.connector());
        claimed.accept(guest);
        prepare(plan, image, names, secrets, network);
        Instant start = Instant.now();
        domain.start();
        guest.awaitBoot("booting for the first time", Optional.empty(), start);
        return guest;
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
                Optional.of(Owner.self()));
    }

    private static String keyOnly(String publicLine) {
        String[] words = publicLine.split(" ", 3);
        return words[0] + " " + words[1];
    }

    private void prepare(
            RehearsalPlan plan, ImageSource.Image image, GuestNames names, Path secrets, IsolatedNetwork network) {
        HostProfile profile = plan.profile();
        VolumeStore volumes = hypervisor.volumes();
        names.volumes().forEach(volumes::delete);
        provideBase(image, volumes);
        volumes.createOverlay(names.disk(), image.volume(), profile.sizing().diskGiB() * GIB);
        volumes.createEmpty(names.console());
        volumes.upload(names.seed(), seed(profile, secrets));
        hypervisor.ensureNetwork(network);
        hypervisor.ensureFilter(wall(plan));
    }

    private void provideBase(ImageSource.Image image, VolumeStore volumes) {
        try {
            if (!volumes.holds(image.volume(), Files.size(image.file()))) {
                volumes.upload(image.volume(), image.file());
            }
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
        HostProfile profile = plan.profile();
        return new GuestFilter(
                profile.domainName(), network(profile), plan.egress(), plan.egress(), profile.neverReach());
    }

    /** Returns the network with the vantages of a host. */
    IsolatedNetwork network(HostProfile profile) {
        TreeSet<String> addresses = new TreeSet<>(profile.bridgeVantages().values());
        addresses.remove(lab.gateway());
        addresses.remove(lab.gateway6());
        return new IsolatedNetwork(lab.name(), lab.bridge(), lab.prefix(), lab.prefix6(), addresses);
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
