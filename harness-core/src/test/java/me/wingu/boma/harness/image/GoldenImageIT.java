package me.wingu.boma.harness.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The project's own golden image, booted on bare QEMU. */
@Tag("integration")
class GoldenImageIT {

    @Test
    void should_boot_and_reboot_from_its_own_disk_with_its_own_boot_loader(@TempDir Path directory) throws Exception {
        GoldenImage image = new ImageStore(ImageStore.defaultDirectory())
                .ensure(new ImageDefinitions(Path.of("../profiles/images")).get("debian-13"), System.out::println);

        try (BareGuest guest = BareGuest.start(image.qcow2(), directory)) {
            String firstBoot = guest.awaitBoot("");
            assertThat(guest.run("cat /proc/cmdline")).startsWith("BOOT_IMAGE=/boot/vmlinuz-");
            assertThat(guest.run("cloud-init status --wait")).endsWith("status: done");
            assertThat(guest.run("systemctl is-system-running --wait; systemctl --failed --plain --no-legend"))
                    .isEqualTo("running");
            assertThat(guest.run("hostname")).isEqualTo("bare");
            assertThat(guest.run("cat /etc/machine-id")).matches("[0-9a-f]{32}");
            assertThat(guest.run("df --output=size -B1G / | tail -n 1").strip()).isEqualTo("20");
            assertThat(guest.run("docker version --format {{.Server.Os}}")).isEqualTo("linux");
            assertThat(guest.run("systemctl is-active apt-daily.timer")).isEqualTo("active");

            // A changed kernel command line, initramfs and boot loader, as a rehearsal would make them.
            guest.run(
                    """
                    set -e
                    echo 'GRUB_CMDLINE_LINUX="$GRUB_CMDLINE_LINUX boma.rehearsed=1"' >/etc/default/grub.d/99-rehearsal.cfg
                    update-grub
                    grub-install /dev/vda
                    update-initramfs -u
                    systemctl --no-block reboot
                    """);
            String secondBoot = guest.awaitBoot(firstBoot);

            assertThat(secondBoot).isNotEqualTo(firstBoot);
            assertThat(guest.run("cat /proc/cmdline")).contains("boma.rehearsed=1");
            assertThat(guest.console()).contains("reboot: Restarting system").doesNotContain("Kernel panic");
        }
    }
}
