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

    /** An sshd that only prints its settings, and an account in a list of its own. */
    @Test
    void should_open_files_of_keys_with_the_rights_of_their_account() throws IOException {
        Path home = Files.createDirectories(scratch.resolve("home/.ssh")).getParent();
        Path keys = Files.writeString(home.resolve(".ssh/authorized_keys"), "ssh-ed25519 AAAA operator\n");
        assumeTrue(isRoot(keys), "taking the rights of another account needs root");
        Path accounts = Files.writeString(scratch.resolve("passwd"), "ansible:x:65533:65533::" + home + ":/bin/sh\n");
        Path sshd = Files.writeString(scratch.resolve("sshd"), "#!/bin/sh\necho authorizedkeysfile .ssh/authorized_keys\n");
        Files.setPosixFilePermissions(sshd, PosixFilePermissions.fromString("rwx------"));
        Files.setPosixFilePermissions(scratch, PosixFilePermissions.fromString("rwx--x--x"));
        Shell faked = (script, deadline) -> new LocalShell(scratch).run(
                script.replace("PATH=", "PATH=" + scratch + ":").replace("/etc/passwd", accounts.toString()), deadline);

        for (String mode : List.of("rw-r--r--", "rw-------")) {
            Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString(mode));
            SshdConfig config = new HostStateCollector(faked, DEADLINE).collect("here", List.of(Subject.SSHD)).sshd();

            assertThat(config.keysOf("ansible")).singleElement().satisfies(key -> assertThat(key.unread())
                    .isEqualTo(mode.equals("rw-------") ? Optional.of("Permission denied") : Optional.empty()));
        }
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
