package me.wingu.boma.harness.cli.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.guest.CloudInitSeed;
import me.wingu.boma.harness.guest.SshEndpoint;
import me.wingu.boma.harness.guest.SshKeyPair;
import me.wingu.boma.harness.guest.SshShell;
import me.wingu.boma.harness.hypervisor.Accelerator;
import me.wingu.boma.harness.profile.HostProfile;
import me.wingu.boma.harness.waiting.Waiting;

/**
 * The same guest without the harness: QEMU started by hand on an overlay and a seed of the same kind, SSH through
 * QEMU's own user-mode network.
 */
final class BareGuest implements AutoCloseable {

    private final HostProfile profile;
    private final Path image;
    private final Path directory;
    private final Accelerator accelerator;
    private Optional<Process> qemu = Optional.empty();
    private Optional<SshShell> shell = Optional.empty();
    private Optional<Boots> boots = Optional.empty();

    /**
     * Describes a guest; nothing is started yet.
     *
     * @param profile whose size the guest has
     * @param image the golden image
     * @param directory an empty directory for everything that the guest needs
     * @param accelerator what runs its processor
     */
    BareGuest(HostProfile profile, Path image, Path directory, Accelerator accelerator) {
        this.profile = profile;
        this.image = image;
        this.directory = directory;
        this.accelerator = accelerator;
    }

    /** Makes the guest and boots it; returns the time until a command ran over SSH. */
    Duration up() {
        Instant start = Instant.now();
        try {
            int port = prepare();
            qemu = Optional.of(new ProcessBuilder(command(port))
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("qemu.log").toFile())
                    .start());
        } catch (IOException e) {
            throw failed("Starting QEMU by hand failed.", e.toString(), e);
        }
        try {
            boots.orElseThrow().await("");
            return Duration.between(start, Instant.now());
        } catch (Waiting.InVain e) {
            throw notBooting(e);
        }
    }

    /** Reboots the guest, once its boot is at rest; returns the time from the order to a command of the new boot. */
    Duration reboot() {
        try {
            return boots.orElseThrow().reboot();
        } catch (Waiting.InVain e) {
            throw notBooting(e);
        }
    }

    private int prepare() throws IOException {
        SshKeyPair user = SshKeyPair.make(directory.resolve("keys/user"), "bench");
        SshKeyPair host = SshKeyPair.make(directory.resolve("keys/host"), profile.hostName());
        new CloudInitSeed("bare-guest", profile.hostName(), "ansible", user.publicLine(), host)
                .writeTo(directory.resolve("seed.iso"));
        makeOverlay();
        int port = freePort();
        SshShell ssh = new SshShell(
                new SshEndpoint("127.0.0.1", port, "ansible", user.privateFile(), host.publicLine()));
        shell = Optional.of(ssh);
        boots = Optional.of(new Boots(ssh, this::death));
        return port;
    }

    private void makeOverlay() throws IOException {
        Process process = new ProcessBuilder(
                        "qemu-img", "create", "-q", "-f", "qcow2", "-F", "qcow2", "-b", image.toString(),
                        directory.resolve("disk.qcow2").toString(), profile.sizing().diskGiB() + "G")
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException("qemu-img: " + output.strip());
        }
    }

    /** QEMU ends with this process, however that ends. */
    private List<String> command(int port) {
        return List.of(
                "setpriv", "--pdeathsig", "KILL", "qemu-system-x86_64", "-machine", "q35,accel=" + accelerator.label(),
                "-cpu", accelerator.processorOption(),
                "-smp", String.valueOf(profile.sizing().vcpus()), "-m", String.valueOf(profile.sizing().memoryMiB()),
                "-nodefaults", "-display", "none", "-serial", "file:" + directory.resolve("console.log"),
                "-drive", "if=virtio,format=qcow2,file=" + directory.resolve("disk.qcow2"),
                "-drive", "if=virtio,format=raw,readonly=on,file=" + directory.resolve("seed.iso"),
                "-netdev", "user,id=net,hostfwd=tcp:127.0.0.1:" + port + "-:22",
                "-device", "virtio-net-pci,netdev=net", "-device", "virtio-rng-pci");
    }

    private HarnessException notBooting(Waiting.InVain e) {
        return failed("The guest on bare QEMU does not boot.", e.reason() + "\n" + qemuLog(), e);
    }

    private Optional<String> death() {
        return qemu.filter(process -> !process.isAlive()).map(process -> "QEMU ended with " + process.exitValue());
    }

    private String qemuLog() {
        try {
            return Files.readString(directory.resolve("qemu.log"));
        } catch (IOException e) {
            return "no log of QEMU: " + e;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private HarnessException failed(String what, String seen, Exception cause) {
        return new HarnessException(
                HarnessException.Kind.MACHINE, what, seen, "check qemu-system-x86_64 and qemu-img (./boma-it doctor)",
                cause);
    }

    @Override
    public void close() {
        shell.ifPresent(SshShell::close);
        qemu.ifPresent(process -> {
            process.destroyForcibly(); // nobody needs its disk any more
            process.onExit().join();
        });
    }
}
