package me.wingu.boma.harness.cli.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.HarnessException.Kind;
import me.wingu.boma.harness.guest.CloudInitSeed;
import me.wingu.boma.harness.guest.SshEndpoint;
import me.wingu.boma.harness.guest.SshKeyPair;
import me.wingu.boma.harness.guest.SshShell;
import me.wingu.boma.harness.hypervisor.Accelerator;
import me.wingu.boma.harness.hypervisor.Hypervisor;
import me.wingu.boma.harness.profile.HostProfile;
import me.wingu.boma.harness.profile.RehearsalPlan;
import me.wingu.boma.harness.rehearsal.ImageSource;
import me.wingu.boma.harness.rehearsal.Lab;
import me.wingu.boma.harness.waiting.Waiting;
import tools.jackson.databind.json.JsonMapper;

/**
 * The same host by Vagrant and vagrant-libvirt: the same golden image, size, seed, network, wall and playbook. Its box is
 * laid out by hand, so that nothing is downloaded, and all that Vagrant keeps is in a scratch directory.
 */
final class VagrantGuest implements AutoCloseable {

    private static final String NAME = HostProfile.PREFIX + "vagrant";
    private static final String SNAPSHOT = "measured";
    private static final String REMEDY = "apt-get install vagrant vagrant-libvirt; see that \"vagrant up\" works here";
    private static final Duration SOON = Duration.ofMinutes(2);

    private final Lab lab;
    private final RehearsalPlan plan;
    private final Path scratch;
    private final Programs vagrant;
    private final SshKeyPair user;
    private final SshKeyPair hostKey;
    private final String domain;
    private final String seed;
    private final Thread tidying;

    /**
     * Lays the box and the project out; nothing is started yet.
     *
     * @param lab whose network the guest is on
     * @param plan the host
     * @param image the golden image
     * @param scratch an empty directory
     */
    VagrantGuest(Lab lab, RehearsalPlan plan, ImageSource.Image image, Path scratch) throws IOException {
        this.lab = lab;
        this.plan = plan;
        this.scratch = scratch;
        this.domain = NAME + "-" + plan.profile().host();
        this.seed = domain + "-seed.qcow2";
        this.user = SshKeyPair.make(scratch.resolve("keys/user"), "bench");
        this.hostKey = SshKeyPair.make(scratch.resolve("keys/host"), plan.profile().hostName());
        Files.createDirectories(scratch.resolve("project"));
        this.vagrant = new Programs(scratch.resolve("project"), environment(), scratch.resolve("vagrant.log"));
        this.tidying = new Thread(this::removeAll);
        Runtime.getRuntime().addShutdownHook(tidying);
        layBox(image);
        laySeed();
        writeVagrantfile();
        lab.surround(plan, domain);
    }

    /** Returns what is missing on this machine; empty when Vagrant can be asked. */
    static Optional<String> obstacle() {
        try (ScratchDirectory scratch = ScratchDirectory.create()) {
            ProcessBuilder question = new ProcessBuilder("vagrant", "plugin", "list").redirectErrorStream(true);
            question.environment().put("VAGRANT_HOME", scratch.path().toString()); // else it makes one for the user
            Process process = question.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.onExit().join().exitValue() == 0 && output.contains("vagrant-libvirt")
                    ? Optional.empty()
                    : Optional.of("vagrant has no plugin vagrant-libvirt: apt-get install vagrant-libvirt");
        } catch (IOException e) {
            return Optional.of("no vagrant: apt-get install vagrant vagrant-libvirt");
        }
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(PlainPlaybook.environment());
        environment.put("VAGRANT_HOME", scratch.resolve("home").toString());
        environment.put("VAGRANT_DEFAULT_PROVIDER", "libvirt");
        environment.put("VAGRANT_CHECKPOINT_DISABLE", "1"); // no question for a newer version
        environment.put("VAGRANT_BOX_UPDATE_CHECK_DISABLE", "1");
        environment.put("VAGRANT_NO_COLOR", "1");
        return environment;
    }

    /** As {@code vagrant box add} would leave it; the image itself is linked to. */
    private void layBox(ImageSource.Image image) throws IOException {
        Path box = Files.createDirectories(scratch.resolve("home/boxes").resolve(NAME).resolve("0/libvirt"));
        Files.createSymbolicLink(box.resolve("box.img"), image.file());
        Files.writeString(box.resolve("Vagrantfile"), "");
        Files.writeString(
                box.resolve("metadata.json"),
                JsonMapper.shared().writeValueAsString(Map.of(
                        "provider", "libvirt", "format", "qcow2", "virtual_size", plan.profile().sizing().diskGiB())));
        Path home = scratch.resolve("home");
        Files.writeString(home.resolve("setup_version"), "1.5"); // the layout of a new home; it has nothing to upgrade
    }

    private void laySeed() throws IOException {
        Path iso = scratch.resolve("seed.iso");
        new CloudInitSeed(NAME, plan.profile().hostName(), "ansible", user.publicLine(), hostKey).writeTo(iso);
        Path disk = scratch.resolve("seed.qcow2");
        vagrant.time("check qemu-img (./boma-it doctor)",
                List.of("qemu-img", "convert", "-O", "qcow2", iso.toString(), disk.toString()));
        lab.hypervisor().volumes().upload(seed, disk); // a snapshot needs every disk to be qcow2
    }

    private void writeVagrantfile() throws IOException {
        HostProfile profile = plan.profile();
        Map<String, Object> settings = new HashMap<>();
        settings.put("box", NAME);
        settings.put("host", profile.host());
        settings.put("prefix", NAME + "-");
        settings.put("uri", lab.hypervisor().uri());
        settings.put("driver", lab.hypervisor().accelerator() == Accelerator.KVM ? "kvm" : "qemu");
        settings.put("cpus", profile.sizing().vcpus());
        settings.put("memory", profile.sizing().memoryMiB());
        settings.put("pool", Hypervisor.PREFIX);
        settings.put("network", Lab.network().name());
        settings.put("networkAddress", Lab.network().prefix() + ".0/24");
        settings.put("filter", domain);
        settings.put("seed", seed);
        settings.put("user", "ansible");
        settings.put("key", user.privateFile().toString());
        settings.put("playbook", profile.site().playbook().toString());
        settings.put("groups", profile.site().groups());
        settings.put("arguments", new PlainPlaybook(plan, scratch).arguments());
        Files.writeString(scratch.resolve("project/settings.json"), JsonMapper.shared().writeValueAsString(settings));
        Files.writeString(scratch.resolve("project/Vagrantfile"), Resource.text("Vagrantfile"));
    }

    /** Makes the guest, boots it and applies the playbook. */
    Duration upAndProvision() {
        return time("up", "--provision");
    }

    /** Makes the guest and boots it. */
    Duration up() {
        return time("up", "--no-provision");
    }

    /** Reboots the guest as Vagrant does: it halts it and starts it. */
    Duration reload() {
        return time("reload", "--no-provision");
    }

    /** Saves the running guest. */
    Duration save() {
        return time("snapshot", "save", "--force", SNAPSHOT);
    }

    /** Makes the guest what it was when it was saved; returns the time until a command ran over SSH. */
    Duration restore() {
        SshEndpoint endpoint = endpoint();
        long start = System.nanoTime();
        time("snapshot", "restore", "--no-provision", SNAPSHOT);
        try (SshShell shell = new SshShell(endpoint)) {
            Waiting.upTo("SSH of the guest that Vagrant restored", SOON)
                    .until(() -> shell.tryRun("true", SOON));
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** Returns where the guest is reached. */
    SshEndpoint endpoint() {
        String address = Waiting.upTo("the address of " + domain, SOON)
                .until(() -> lab.hypervisor().find(domain).flatMap(d -> d.lease()).map(InetAddress::getHostAddress));
        return new SshEndpoint(address, 22, "ansible", user.privateFile(), keyOnly(hostKey.publicLine()));
    }

    private static String keyOnly(String publicLine) {
        return String.join(" ", List.of(publicLine.split(" ", 3)).subList(0, 2));
    }

    private Duration time(String... words) {
        List<String> command = new ArrayList<>(List.of("vagrant"));
        command.addAll(List.of(words));
        return vagrant.time(REMEDY, command);
    }

    /** Removes the guest, its volumes, its network and its wall, whatever became of Vagrant. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(tidying);
        } catch (IllegalStateException e) {
            return; // the hook itself runs
        }
        removeAll();
    }

    private void removeAll() {
        Hypervisor hypervisor = lab.hypervisor();
        hypervisor.find(domain).ifPresent(d -> d.remove());
        hypervisor.volumes().names().stream().filter(name -> name.startsWith(NAME)).forEach(hypervisor.volumes()::delete);
        hypervisor.removeIdleNetworks();
    }
}
