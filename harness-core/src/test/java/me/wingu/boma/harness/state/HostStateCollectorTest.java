package me.wingu.boma.harness.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
