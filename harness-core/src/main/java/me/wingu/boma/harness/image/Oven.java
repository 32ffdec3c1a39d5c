package me.wingu.boma.harness.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.HarnessException.Kind;
import me.wingu.boma.harness.hypervisor.Accelerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * Bakes packages into a publisher's image: boots a copy of it once, on bare QEMU and without any access from outside, and
 * lets cloud-init run {@code bake.sh} there. The packages come from this machine's mirrors.
 */
final class Oven {

    private static final Duration TOOL = Duration.ofMinutes(5);
    private static final Duration BAKING = Duration.ofMinutes(15);
    private static final String DONE = "boma: baked with status 0";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Supplier<AptSources> sources;

    Oven(Supplier<AptSources> sources) {
        this.sources = sources;
    }

    /**
     * Bakes an image.
     *
     * @param definition what to bake in
     * @param published the publisher's image, which stays as it is
     * @param work an empty directory of ours
     * @param qcow2 the file to write
     */
    void bake(ImageDefinition definition, Path published, Path work, Path qcow2, ImageProgress progress)
            throws IOException {
        Path disk = work.resolve("disk.qcow2");
        Path seed = work.resolve("seed.iso");
        Tool.of("Copying the published image", TOOL, List.of(
                        "qemu-img", "create", "-q", "-f", "qcow2", "-F", "qcow2", "-b", published.toAbsolutePath().toString(),
                        disk.toString(), definition.diskGiB() + "G"))
                .run(progress::detail);
        Path userData = Files.writeString(work.resolve("user-data"), userData(definition));
        Path metaData = Files.writeString(work.resolve("meta-data"), "instance-id: boma-bake\n");
        Tool.of("Writing the cloud-init seed", TOOL, List.of(
                        "xorriso", "-as", "mkisofs", "-quiet", "-o", seed.toString(), "-V", "cidata", "-J", "-R",
                        userData.toString(), metaData.toString()))
                .run(progress::detail);
        progress.step("Booting the published image once, to install " + definition.packages().size() + " packages");
        boot(disk, seed, progress);
        Qcow2.compress(disk, "qcow2", qcow2, progress);
    }

    /** What cloud-init does on that boot; JSON is YAML too. */
    String userData(ImageDefinition definition) {
        AptSources apt = sources.get();
        String configuration = Stream.concat(
                        apt.settings().stream(),
                        Stream.of(
                                "Dir::Etc::SourceList \"/run/boma/sources.list\";",
                                "Dir::Etc::SourceParts \"/dev/null\";",
                                "APT::Install-Recommends \"false\";",
                                "DPkg::Lock::Timeout \"600\";"))
                .collect(Collectors.joining("\n", "", "\n"));
        return "#cloud-config\n"
                + JSON.writeValueAsString(Map.of(
                        "users", List.of(),
                        "write_files", List.of(
                                file("bake.sh", Scripts.text("bake.sh")),
                                file("timers.sh", Scripts.text("timers.sh")),
                                file("apt.conf", configuration),
                                file("sources.list", apt.list(definition.release())),
                                file("packages", String.join(" ", definition.packages())),
                                file("package-files", String.join(" ", definition.packageFiles()))),
                        // In a unit of its own, after cloud-init: what cloud-init writes last is forgotten too.
                        "runcmd", List.of(List.of(
                                "systemd-run", "--no-block", "--unit=boma-bake", "--property=After=cloud-final.service",
                                "sh", "/run/boma/bake.sh"))));
    }

    private static Map<String, String> file(String name, String content) {
        return Map.of("path", "/run/boma/" + name, "content", content);
    }

    private static void boot(Path disk, Path seed, ImageProgress progress) throws IOException {
        Accelerator accelerator = Accelerator.choose("auto", Files.readString(Path.of("/proc/cpuinfo")));
        AtomicBoolean done = new AtomicBoolean();
        List<String> last = new ArrayList<>();
        Tool.of("Baking packages into the published image", accelerator.scale(BAKING), List.of(
                        "qemu-system-x86_64", "-machine", "q35,accel=" + accelerator.label(),
                        "-cpu", accelerator.processorOption(),
                        "-smp", "2", "-m", "2048", "-nodefaults", "-no-reboot", "-display", "none", "-serial", "stdio",
                        "-drive", "if=virtio,format=qcow2,cache=unsafe,discard=unmap,file=" + disk,
                        "-drive", "if=virtio,format=raw,readonly=on,file=" + seed,
                        "-netdev", "user,id=net", "-device", "virtio-net-pci,netdev=net",
                        "-device", "virtio-rng-pci"))
                .run(line -> {
                    progress.detail(line);
                    last.add(line);
                    if (line.strip().equals(DONE)) {
                        done.set(true);
                    }
                });
        if (!done.get()) {
            throw new HarnessException(
                    Kind.STEP,
                    "Baking packages into the published image failed.",
                    "the last lines of its console:\n"
                            + String.join("\n", last.subList(Math.max(0, last.size() - 20), last.size())),
                    "correct \"packages\" in the image's definition, or what the lines say");
        }
    }
}
