package me.wingu.boma.harness.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Builds a golden image from Debian packages, as root or as an ordinary user, without loop devices and without starting
 * a machine.
 *
 * <p>mmdebstrap installs the packages into a root file system; {@code configure.sh}, {@code timers.sh} and {@code
 * bootloader.sh} make it a guest's; {@code assemble.sh} makes a disk of it.
 */
final class DebianBuilder {

    /** What every image has, as far as it can: the set of Debian's own genericcloud image. */
    private static final List<String> BASE = List.of(
            "cloud-guest-utils", "cloud-init", "dbus", "e2fsprogs", "grub-pc", "iproute2", "less", "libnss-resolve",
            "linux-image-cloud-amd64", "locales", "netplan.io", "openssh-server", "polkitd", "procps", "python3", "sudo",
            "systemd-resolved", "systemd-sysv", "systemd-timesyncd", "zstd");

    /** A minute on a fast mirror; a slow one may need this long. */
    private static final Duration INSTALLATION = Duration.ofMinutes(40);

    private static final Duration DISK = Duration.ofMinutes(10);
    private static final int MIB_PER_GIB = 1024;

    private final Supplier<AptSources> sources;

    DebianBuilder(Supplier<AptSources> sources) {
        this.sources = sources;
    }

    /** Returns all that beside the definition decides what is built. */
    static String way() {
        return Scripts.all() + BASE;
    }

    /**
     * Builds the image.
     *
     * @param definition what to build
     * @param work an empty directory of ours that an ordinary user's namespace can enter; 4 GiB should be free
     * @param qcow2 the file to write
     */
    void build(ImageDefinition definition, Path work, Path qcow2, ImageProgress progress) throws IOException {
        UUID uuid = UUID.nameUUIDFromBytes(definition.key(way()).getBytes(StandardCharsets.UTF_8));
        Path tar = work.resolve("root.tar");
        Path disk = work.resolve("disk.raw");
        AptSources.checkKeyring();
        AptSources apt = sources.get();
        progress.step("Installing Debian " + definition.release() + " and " + definition.packages().size()
                + " more packages into a root file system, from " + apt.mirror());
        install(definition, apt, uuid, work, tar, progress);
        progress.step("Making a bootable disk of " + definition.diskGiB() + " GiB");
        String sizeMib = Integer.toString(definition.diskGiB() * MIB_PER_GIB);
        Tool.of("Making the disk", DISK, UserNamespace.asRoot(List.of(
                        "sh", "-c", Scripts.text("assemble.sh"), "assemble.sh",
                        tar.toString(), disk.toString(), sizeMib, uuid.toString(), work.resolve("root").toString())))
                .run(progress::detail);
        Qcow2.compress(disk, "raw", qcow2, progress);
    }

    private static void install(
            ImageDefinition definition, AptSources apt, UUID uuid, Path work, Path tar, ImageProgress progress)
            throws IOException {
        List<String> packages = new ArrayList<>(BASE);
        packages.addAll(definition.packages());
        Path list = Files.writeString(work.resolve("sources.list"), apt.list(definition.release()));
        List<String> command = new ArrayList<>(UserNamespace.ownMounts());
        command.addAll(List.of(
                "mmdebstrap",
                UserNamespace.isRoot() ? "--mode=root" : "--mode=unshare",
                "--variant=minbase",
                "--format=tar",
                "--architectures=" + definition.architecture(),
                "--skip=output/dev",
                "--include=" + String.join(",", packages),
                "--setup-hook=printf '%s\\n' \"$BOMA_APT_CONF\" >\"$1/etc/apt/apt.conf.d/99boma\"",
                "--essential-hook=sh -c \"$BOMA_CONFIGURE\" configure.sh \"$1\"",
                "--essential-hook=sh -c \"$BOMA_TIMERS\" timers.sh \"$1\"",
                "--customize-hook=sh -c \"$BOMA_BOOTLOADER\" bootloader.sh \"$1\"",
                definition.release(),
                "-",
                list.toString()));
        Tool.of("Installing Debian " + definition.release(), INSTALLATION, command)
                .with(Map.of(
                        "TMPDIR", work.toString(),
                        "BOMA_CONFIGURE", Scripts.text("configure.sh"),
                        "BOMA_TIMERS", Scripts.text("timers.sh"),
                        "BOMA_BOOTLOADER", Scripts.text("bootloader.sh"),
                        "BOMA_APT_CONF", String.join("\n", apt.settings()),
                        "BOMA_HOSTNAME", "debian",
                        "BOMA_ROOT_UUID", uuid.toString(),
                        "BOMA_PACKAGE_FILES", String.join(" ", definition.packageFiles())))
                .writingTo(tar)
                .run(progress::detail);
    }
}
