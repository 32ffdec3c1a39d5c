package me.wingu.boma.harness.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.guest.Shell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script on this very machine: whatever it has, the answer is a value or a reason. */
class HostStateCollectorTest {

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    @TempDir
    private Path scratch;

    @Test
    void should_read_the_boot_of_this_machine() throws IOException {
        HostState state = new HostStateCollector(new LocalShell(scratch), DEADLINE).collect("here");

        assertThat(state.boot().id()).isEqualTo(Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip());
        assertThat(state.boot().kernel()).isEqualTo(Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip());
        assertThat(state.boot().uptime()).isPositive();
    }

    @Test
    void should_tell_why_a_subject_is_not_known() {
        HostState state = new HostStateCollector(new LocalShell(scratch), DEADLINE).collect("here", List.of(Subject.BOOT));

        assertThat(state.reading(Subject.SOCKETS)).hasToString("not asked for");
        assertThatThrownBy(state::sockets)
                .isInstanceOf(HarnessException.class)
                .hasMessage("""
                        Nothing is known about the sockets of here.
                          seen: not asked for
                          next: add the subject to those that the collector is asked for""");
    }

    @Test
    void should_call_a_missing_tool_not_present() {
        Shell bare = (script, deadline) -> new LocalShell(scratch).run(withoutTools(script), deadline);

        HostState state = new HostStateCollector(bare, DEADLINE).collect("bare", List.of(Subject.CONTAINERS));

        assertThat(state.reading(Subject.CONTAINERS)).hasToString("not present: docker, podman");
    }

    @Test
    void should_open_files_of_keys_with_the_rights_of_their_account() throws IOException {
        Path home = Files.createDirectories(scratch.resolve("home/.ssh")).getParent();
        Path keys = Files.writeString(home.resolve(".ssh/authorized_keys"), "ssh-ed25519 AAAA operator\n");
        assumeTrue(isRoot(keys), "taking the rights of another account needs root");
        Files.createDirectories(scratch.resolve("etc"));
        Files.writeString(scratch.resolve("etc/passwd"), "ansible:x:65533:65533::" + home + ":/bin/sh\n");
        Files.setPosixFilePermissions(scratch, PosixFilePermissions.fromString("rwx--x--x"));

        for (String mode : List.of("rw-r--r--", "rw-------")) {
            Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString(mode));

            assertThat(sshd().keysOf("ansible")).singleElement().satisfies(key -> assertThat(key.unread())
                    .isEqualTo(mode.equals("rw-------") ? Optional.of("Permission denied") : Optional.empty()));
        }
    }

    @Test
    void should_find_what_pam_asks_of_an_account() throws IOException {
        Path etc = scratch.resolve("etc");
        Files.createDirectories(etc.resolve("pam.d"));
        Files.createDirectories(etc.resolve("security/access.d"));
        Files.writeString(etc.resolve("passwd"), "");
        Files.writeString(etc.resolve("nologin"), "");
        Files.writeString(etc.resolve("pam.d/sshd"), """
                auth required pam_nologin.so
                # account required pam_time.so
                account required \\
                    pam_nologin.so
                @include common-account
                account required pam_mysql.so passwd=secret""");
        Files.writeString(etc.resolve("pam.d/common-account"), "account substack access\n");
        Files.writeString(etc.resolve("pam.d/access"), "account [default=bad success=ok] pam_access.so nodefgroup\n");
        Files.writeString(etc.resolve("security/access.conf"), "# - : ALL : ALL\n + : sjat : ALL\n+ : root : ALL\n");
        Files.writeString(etc.resolve("security/access.d/more.conf"), "- : ALL : ALL\n");

        SshdConfig.Pam pam = sshd().pam();

        assertThat(pam.lines()).containsExactly(
                "account required pam_nologin.so", "account [default=bad success=ok] pam_access.so nodefgroup");
        assertThat(pam.nologin()).contains(etc + "/nologin");
        assertThat(pam.access()).containsExactly("+ : root : ALL", "- : ALL : ALL");
    }

    /** What the script says on a machine that has its {@code /etc} in the scratch directory, and an sshd that only prints. */
    private SshdConfig sshd() throws IOException {
        Path run = Files.createDirectories(scratch.resolve("run/sshd"));
        Path sshd = Files.writeString(scratch.resolve("sshd"), "#!/bin/sh\necho authorizedkeysfile .ssh/authorized_keys\n");
        Files.setPosixFilePermissions(sshd, PosixFilePermissions.fromString("rwx------"));
        Files.createDirectories(scratch.resolve("etc/ssh"));
        Shell faked = (script, deadline) -> new LocalShell(scratch).run(
                script.replace("PATH=", "PATH=" + scratch + ":")
                        .replace("/run/sshd", run.toString())
                        .replaceAll("/etc/(passwd|ssh|pam\\.d|security|nologin)\\b", scratch + "/etc/$1"),
                deadline);
        return new HostStateCollector(faked, DEADLINE).collect("here", List.of(Subject.SSHD)).sshd();
    }

    private static boolean isRoot(Path own) throws IOException {
        return Files.getAttribute(own, "unix:uid").equals(0);
    }

    @Test
    void should_leave_nothing_behind() throws IOException {
        new HostStateCollector(new LocalShell(scratch), DEADLINE).collect("here");

        try (Stream<Path> left = Files.list(scratch)) {
            assertThat(left.map(Path::getFileName).map(Path::toString))
                    .containsExactlyInAnyOrder("script", "stdout", "stderr");
        }
    }

    /** The same script on a host that has none of the tools: {@code command -v} finds nothing. */
    private static String withoutTools(String script) {
        return script.replace("need() {", "need() {\n    echo \"$1\" >&2; exit 69");
    }
}
