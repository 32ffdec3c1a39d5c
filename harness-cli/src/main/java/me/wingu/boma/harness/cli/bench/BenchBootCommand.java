package me.wingu.boma.harness.cli.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.profile.Profiles;
import me.wingu.boma.harness.profile.RehearsalPlan;
import me.wingu.boma.harness.rehearsal.ImageSource;
import me.wingu.boma.harness.rehearsal.Lab;
import me.wingu.boma.harness.rehearsal.LabSettings;
import me.wingu.boma.harness.rehearsal.Progress;
import me.wingu.boma.harness.rehearsal.RebootKind;
import me.wingu.boma.harness.rehearsal.Rehearsal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Measures what the harness adds to a boot and to a reboot. Both sides use the same image, the same size and a seed of
 * the same kind, in turns; the time ends when a command of the new boot ran over SSH.
 */
@Command(
        name = "boot",
        description = "Measures boot and reboot, until SSH answers, beside the same guest on bare QEMU.",
        mixinStandardHelpOptions = true)
final class BenchBootCommand implements Callable<Integer> {

    private static final double MIB = 1024.0 * 1024;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--host",
            defaultValue = "askari",
            paramLabel = "HOST",
            description = "The host whose image and size to use (${DEFAULT-VALUE}).")
    private String host = "";

    @Option(
            names = "--rounds",
            defaultValue = "5",
            paramLabel = "COUNT",
            description = "How often to measure; the median counts (${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--json", description = "Print the medians for machines, as the last line.")
    private boolean json;

    private final Sample bareUp = new Sample();
    private final Sample bareReboot = new Sample();
    private final Sample up = new Sample();
    private final Sample reboot = new Sample();
    private final Sample connect = new Sample();

    @Override
    public Integer call() throws IOException {
        Rounds.require("--rounds", rounds);
        Profiles profiles = Profiles.discover();
        RehearsalPlan plan = RehearsalPlan.of(profiles.load(host), Optional.empty(), Optional.empty(), false);
        LabSettings settings = LabSettings.ofThisProcess();
        PrintWriter err = spec.commandLine().getErr();
        try (Lab lab = Lab.open(settings, profiles, Progress.SILENT)) {
            ImageSource.Image image = Lab.images(settings, profiles).provide(plan.profile().image(), Progress.SILENT);
            for (int round = 1; round <= rounds; round++) {
                connect.add(connectMs());
                bare(plan, image, lab);
                harness(plan, lab);
                err.printf("round %d of %d: up %s, bare %s; reboot %s, bare %s%n", round, rounds, up, bareUp, reboot,
                        bareReboot);
                err.flush();
            }
        }
        print(heapMiB());
        return 0;
    }

    private void bare(RehearsalPlan plan, ImageSource.Image image, Lab lab) throws IOException {
        try (ScratchDirectory scratch = ScratchDirectory.create();
                BareGuest guest =
                        new BareGuest(plan.profile(), image.file(), scratch.path(), lab.hypervisor().accelerator())) {
            bareUp.add(guest.up().toMillis());
            bareReboot.add(guest.reboot().toMillis());
        }
    }

    private void harness(RehearsalPlan plan, Lab lab) {
        try (Rehearsal rehearsal = lab.begin(plan)) {
            try {
                rehearsal.up();
                rehearsal.reboot(RebootKind.CLEAN);
            } finally {
                rehearsal.down();
            }
            RunSteps steps = new RunSteps(rehearsal.directory().record().steps());
            up.add(steps.took("image", "up"));
            reboot.add(steps.took("reboot"));
        }
    }

    /** Starts a JVM as the command does, and lets it connect. */
    private static long connectMs() throws IOException {
        List<String> command =
                Jvm.running(ManagementFactory.getRuntimeMXBean().getInputArguments(), ConnectTime.class);
        long began = System.currentTimeMillis();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.onExit().join().exitValue() != 0) {
            throw new HarnessException(
                    HarnessException.Kind.MACHINE, "Connecting to libvirt in a process of its own failed.", output,
                    "./boma-it doctor");
        }
        return Long.parseLong(output) - began;
    }

    /** The most heap that this process, which is the harness, ever had in use. */
    private static double heapMiB() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP)
                        .map(MemoryPoolMXBean::getPeakUsage)
                        .mapToLong(usage -> usage.getUsed())
                        .sum()
                / MIB;
    }

    private void print(double heapMiB) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.printf(
                    Locale.ROOT,
                    "{\"up\":%s,\"reboot\":%s,\"connectMs\":%.0f,\"heapMiB\":%.1f}%n",
                    pair(up, bareUp),
                    pair(reboot, bareReboot),
                    connect.median(),
                    heapMiB);
            return;
        }
        out.printf(Locale.ROOT, "up, ms            %s%n", up);
        out.printf(Locale.ROOT, "  bare QEMU, ms   %s%n", bareUp);
        out.printf(Locale.ROOT, "  ratio           %.3f%n", up.median() / bareUp.median());
        out.printf(Locale.ROOT, "reboot, ms        %s%n", reboot);
        out.printf(Locale.ROOT, "  bare QEMU, ms   %s%n", bareReboot);
        out.printf(Locale.ROOT, "  ratio           %.3f%n", reboot.median() / bareReboot.median());
        out.printf(Locale.ROOT, "connect, ms       %s%n", connect);
        out.printf(Locale.ROOT, "peak heap, MiB    %.1f%n", heapMiB);
    }

    private static String pair(Sample harness, Sample bare) {
        return String.format(
                Locale.ROOT,
                "{\"harnessMs\":%.0f,\"bareMs\":%.0f,\"ratio\":%.3f}",
                harness.median(),
                bare.median(),
                harness.median() / bare.median());
    }
}
