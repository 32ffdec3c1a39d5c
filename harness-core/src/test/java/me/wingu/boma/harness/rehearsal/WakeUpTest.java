package me.wingu.boma.harness.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.checkpoint.Checkpoint;
import me.wingu.boma.harness.checkpoint.Inputs;
import me.wingu.boma.harness.checkpoint.Stage;
import me.wingu.boma.harness.guest.CommandResult;
import me.wingu.boma.harness.guest.GuestConnection;
import me.wingu.boma.harness.guest.SshEndpoint;
import me.wingu.boma.harness.rehearsal.VmNote.Hold;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WakeUpTest {

    private static final String CONTAINERS = "1 running\n2 exited";
    private static final String TWO = """
            containers [{"Id":"2","State":"exited","Labels":{"Id":"3"}},{"Id":"1","State":"running"}]""";
    private static final Timing BRIEF = new Timing(withKvm -> Duration.ofMillis(300));

    private final FakeHypervisor hypervisor = new FakeHypervisor();
    private final List<String> asked = new ArrayList<>();
    private String boot = "boot-1";
    private String containers = TWO;
    /** How far the clock is behind at each answer; the last one lasts. */
    private List<Duration> behind = List.of(Duration.ZERO);

    private GuestMachine guest;

    @BeforeEach
    void makeGuest() {
        FakeDomain domain = hypervisor.add("boma-it-demo", Optional.empty());
        domain.start();
        guest = new GuestMachine(
                domain, hypervisor.volumes(), Demo.note("demo", Hold.NONE, Optional.of(Owner.self())), BRIEF, Guest::new);
    }

    /** Answers as the guest would that this test is about. */
    private final class Guest implements GuestConnection {

        private final SshEndpoint endpoint;

        Guest(SshEndpoint endpoint) {
            this.endpoint = endpoint;
        }

        @Override
        public SshEndpoint endpoint() {
            return endpoint;
        }

        @Override
        public Optional<String> tryConnect() {
            return Optional.empty();
        }

        @Override
        public CommandResult run(String script, Duration deadline) {
            Duration late = behind.get(Math.min(asked.size(), behind.size() - 1));
            asked.add(script);
            Instant clock = Instant.now().minus(late);
            String answer = "boot " + boot + "\n" + containers + "\nclock " + clock.getEpochSecond() + "."
                    + "%09d".formatted(clock.getNano()) + "\n";
            return new CommandResult(0, answer, "", Duration.ZERO);
        }

        @Override
        public void disconnect() {}

        @Override
        public void close() {}
    }

    private void wake() {
        new WakeUp(BRIEF).wake(
                guest,
                new Checkpoint(
                        "1", new Checkpoint.Subject("demo", "internal", Optional.empty()), Stage.UP, Inputs.none(),
                        Instant.now(), "runs/1",
                        new Checkpoint.Guest(UUID.randomUUID(), "198.51.100.7", "ansible", "ssh-ed25519 AAAA", "boot-1"),
                        new Checkpoint.Volume("memory", 1), List.of(new Checkpoint.Volume("disk", 1)), List.of()),
                CONTAINERS);
    }

    @Test
    void should_do_and_ask_everything_at_once() {
        wake();

        assertThat(asked).singleElement().asString()
                .startsWith("date -u -s @")
                .contains("/dev/urandom", "ip neigh flush", "networkctl renew", "/containers/json", "boot_id", "clock ");
    }

    @Test
    void should_set_the_clock_alone_once_more_when_the_first_order_took_too_long() {
        behind = List.of(Duration.ofSeconds(3), Duration.ZERO);

        wake();

        assertThat(asked).hasSize(2);
        assertThat(asked.get(1)).startsWith("date -u -s @").contains("clock ").doesNotContain("docker", "networkctl");
    }

    @Test
    void should_not_wake_a_guest_whose_clock_stays_wrong() {
        behind = List.of(Duration.ofSeconds(3));

        assertThatThrownBy(this::wake)
                .isInstanceOf(HarnessException.class)
                .hasMessageContaining("its clock may be off by 3");
        assertThat(asked).hasSize(4);
    }

    @Test
    void should_not_wake_another_kernel_than_was_saved() {
        boot = "boot-2";

        assertThatThrownBy(this::wake)
                .isInstanceOf(HarnessException.class)
                .hasMessageContaining("boot id boot-2, and it was boot-1");
    }

    @Test
    void should_not_wake_a_guest_that_lost_a_container() {
        containers = "containers [{\"Id\":\"1\",\"State\":\"running\"}]";

        assertThatThrownBy(this::wake)
                .isInstanceOf(HarnessException.class)
                .hasMessageContaining("is not as it was saved")
                .hasMessageContaining("2 exited");
    }

    @Test
    void should_tell_what_docker_said_in_place_of_its_containers() {
        containers = "containers Docker cannot be asked: Connection refused";

        assertThatThrownBy(this::wake)
                .isInstanceOf(HarnessException.class)
                .hasMessageContaining("Docker cannot be asked: Connection refused");
    }
}
