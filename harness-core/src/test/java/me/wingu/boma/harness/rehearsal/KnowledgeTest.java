package me.wingu.boma.harness.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import me.wingu.boma.harness.state.HostState;
import me.wingu.boma.harness.state.HostStateCollector;
import me.wingu.boma.harness.state.RecordedHost;
import me.wingu.boma.harness.state.Subject;
import org.junit.jupiter.api.Test;

/** What tests share of one reading, and what of it a newer one takes the place of. */
class KnowledgeTest {

    private final Knowledge known = new Knowledge();
    private final RecordedHost host = new RecordedHost();

    @Test
    void should_share_one_reading() {
        HostState first = known.state(() -> host.state("first"));

        assertThat(known.state(() -> host.state("second"))).isSameAs(first);
    }

    @Test
    void should_bring_some_subjects_up_to_date_and_keep_the_others() {
        HostState old = known.state(() -> host.state("old"));
        RecordedHost later = new RecordedHost()
                .replace("sysctls", "/proc/sys/vm/swappiness:60", "/proc/sys/vm/swappiness:17")
                .replace("sockets", "127.0.0.1:41559", "127.0.0.1:38211");

        known.update(() -> new HostStateCollector(later, Duration.ofSeconds(1)).collect("new", List.of(Subject.SYSCTLS)));

        HostState now = known.state(() -> host.state("never read"));
        assertThat(now.host()).isEqualTo("new");
        assertThat(now.sysctls().values()).containsEntry("vm.swappiness", "17");
        assertThat(now.sockets()).isEqualTo(old.sockets());
        assertThat(old.sysctls().values()).containsEntry("vm.swappiness", "60");
    }

    @Test
    void should_say_what_is_not_known_any_more() {
        known.state(() -> host.state("old"));
        RecordedHost later = new RecordedHost().without("docker", "a running Docker daemon");

        known.update(() -> new HostStateCollector(later, Duration.ofSeconds(1)).collect("new", List.of(Subject.CONTAINERS)));

        assertThat(known.state(() -> host.state("never read")).reading(Subject.CONTAINERS))
                .hasToString("not present: a running Docker daemon, podman");
    }

    @Test
    void should_read_the_whole_when_nothing_was_read_yet() {
        known.update(() -> {
            throw new AssertionError("read before anything was asked");
        });

        assertThat(known.state(() -> host.state("whole")).host()).isEqualTo("whole");
    }
}
