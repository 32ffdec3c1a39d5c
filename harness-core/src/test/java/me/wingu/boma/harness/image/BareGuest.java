package me.wingu.boma.harness.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import me.wingu.boma.harness.guest.CloudInitSeed;
import me.wingu.boma.harness.guest.CommandResult;
import me.wingu.boma.harness.guest.SshEndpoint;
import me.wingu.boma.harness.guest.SshKeyPair;
import me.wingu.boma.harness.guest.SshShell;
import me.wingu.boma.harness.hypervisor.Accelerator;
import me.wingu.boma.harness.waiting.Waiting;

/** An image on bare QEMU, without libvirt, reachable over SSH from the loopback address alone. */
final class BareGuest implements AutoCloseable {

    private static final Duration SCRIPT = Duration.ofMinutes(5);

    private final Process qemu;
    private final Path console;
    private final SshShell shell;
    private final Accelerator accelerator;

    private BareGuest(Process qemu, Path console, SshShell shell, Accelerator accelerator) {
        this.qemu = qemu;
        this.console = console;
        this.shell = shell;
        this.accelerator = accelerator;
    }

    /** Starts a guest on a thin overlay over the image; everything of it lies in the directory. */
    static BareGuest start(Path image, Path directory) throws IOException {
        Path disk = directory.resolve("disk.qcow2");
        Path seed = directory.resolve("seed.iso");
        Path console = directory.resolve("console.log");
        SshKeyPair user = SshKeyPair.make(directory.resolve("keys/user"), "user");
        SshKeyPair host = SshKeyPair.make(directory.resolve("keys/host"), "host");
        new CloudInitSeed("bare-guest", "bare.example.org", "ansible", user.publicLine(), host).writeTo(seed);
        Tool.of("Creating an overlay", SCRIPT, List.of(
                        "qemu-img", "create", "-q", "-f", "qcow2", "-F", "qcow2", "-b", image.toString(), disk.toString()))
                .run(line -> {});
        int port = freePort();
        Accelerator accelerator = Accelerator.choose("auto", Files.readString(Path.of("/proc/cpuinfo")));
        Process qemu = new ProcessBuilder(List.of(
                        "qemu-system-x86_64", "-machine", "q35,accel=" + accelerator.label(), "-cpu", "max",
                        "-smp", "2", "-m", "2048", "-nodefaults", "-display", "none", "-serial", "file:" + console,
                        "-drive", "if=virtio,format=qcow2,cache=unsafe,file=" + disk,
                        "-drive", "if=virtio,format=raw,readonly=on,file=" + seed,
                        "-netdev", "user,id=net,hostfwd=tcp:127.0.0.1:" + port + "-:22",
                        "-device", "virtio-net-pci,netdev=net", "-device", "virtio-rng-pci"))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("qemu.log").toFile())
                .start();
        SshEndpoint endpoint =
                new SshEndpoint("127.0.0.1", port, "ansible", user.privateFile(), host.publicLine());
        return new BareGuest(qemu, console, new SshShell(endpoint), accelerator);
    }

    /** Waits until the guest's SSH answers, in a boot with another id than the given one. */
    String awaitBoot(String earlierBootId) {
        Duration deadline = accelerator.scale(Duration.ofMinutes(3));
        try {
            return Waiting.upTo("the guest's SSH", deadline).unless(this::death).until(() -> {
                shell.disconnect();
                return shell.tryRun("cat /proc/sys/kernel/random/boot_id", SCRIPT)
                        .filter(CommandResult::succeeded)
                        .map(result -> result.stdout().strip())
                        .filter(id -> !id.equals(earlierBootId));
            });
        } catch (Waiting.InVain e) {
            throw new AssertionError(e.getMessage() + "; the console's end:\n" + tail(console()), e);
        }
    }

    /** Runs a script as root and returns its output; a status other than 0 is a failure. */
    String run(String script) {
        var result = shell.run(script, SCRIPT);
        if (!result.succeeded()) {
            throw new AssertionError(script + " ended with " + result);
        }
        return result.stdout().strip();
    }

    String console() {
        try {
            return Files.readString(console, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<String> death() {
        return qemu.isAlive() ? Optional.empty() : Optional.of("QEMU ended with status " + qemu.exitValue());
    }

    private static String tail(String text) {
        return text.substring(Math.max(0, text.length() - 3000));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        shell.close();
        qemu.destroyForcibly(); // nobody needs its disk any more
        qemu.onExit().join();
    }
}
