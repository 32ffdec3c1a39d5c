package me.wingu.boma.harness.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import me.wingu.boma.harness.state.HostState;
import me.wingu.boma.harness.state.HostStateCollector;
import me.wingu.boma.harness.state.RecordedHost;
import me.wingu.boma.harness.state.Subject;
import me.wingu.boma.harness.state.drift.Difference;
import me.wingu.boma.harness.state.drift.Drift;
import org.junit.jupiter.api.Test;

/** What a boot brings late is waited for, what it loses is not hidden, and what is there costs one reading. */
class SecondLookTest {

    private static final String JAILS = "Jail list: sshd";

    private final HostState before = host(JAILS).state("before");
    private final Deque<RecordedHost> moments = new ArrayDeque<>();
    private final List<Collection<Subject<?>>> asked = new ArrayList<>();
    private final List<String> told = new ArrayList<>();

    @Test
    void should_read_once_when_nothing_is_missing() {
        moments.add(host(JAILS));

        assertThat(drift(look(Duration.ofSeconds(5)))).isEmpty();
        assertThat(asked).containsExactly(Subject.all());
        assertThat(told).isEmpty();
    }

    @Test
    void should_wait_for_what_comes_late_and_read_the_whole_then() {
        moments.addAll(List.of(host(""), host(""), host(JAILS)));

        HostState after = look(Duration.ofSeconds(20));

        assertThat(drift(after)).isEmpty();
        assertThat(asked).containsExactly(Subject.all(), List.of(Subject.JAILS), List.of(Subject.JAILS), Subject.all());
        assertThat(told).containsExactly("Came only after the boot was finished: fail2ban jails: jail sshd");
    }

    @Test
    void should_wait_for_a_subject_that_did_not_answer() {
        moments.addAll(List.of(host(JAILS).without("jails", "fail2ban-client"), host(JAILS)));

        assertThat(drift(look(Duration.ofSeconds(20)))).isEmpty();
    }

    @Test
    void should_tell_what_does_not_come() {
        moments.add(host(""));

        HostState after = look(Duration.ofMillis(10));

        assertThat(drift(after)).extracting(Difference::name).containsExactly("jail sshd");
        assertThat(told).isEmpty();
    }

    @Test
    void should_not_wait_for_something_new_to_go_away() {
        moments.add(host("Jail list: sshd, recidive"));

        assertThat(drift(look(Duration.ofSeconds(5)))).extracting(Difference::name).containsExactly("jail recidive");
        assertThat(asked).hasSize(1);
    }

    private HostState look(Duration patience) {
        return new SecondLook(this::read, patience, told::add).after(before).state();
    }

    /** Each reading sees the next moment; the last one stays. */
    private HostState read(Collection<Subject<?>> subjects) {
        asked.add(List.copyOf(subjects));
        RecordedHost now = moments.size() > 1 ? moments.remove() : moments.element();
        return new HostStateCollector(now, Duration.ofSeconds(1)).collect("after", subjects);
    }

    private List<Difference> drift(HostState after) {
        return Drift.between(before, after).differences();
    }

    private static RecordedHost host(String jails) {
        return new RecordedHost().with("jails", jails);
    }
}
