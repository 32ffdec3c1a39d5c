package me.wingu.boma.harness.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BootClockTest {

    private final FakeHypervisor hypervisor = new FakeHypervisor();

    @Test
    void should_put_the_boot_on_this_machine_s_clock() {
        Timing timing = new Timing(withKvm -> withKvm);
        VmNote note = Demo.note("demo", VmNote.Hold.NONE, Optional.of(Owner.self()));
        FakeDomain domain = hypervisor.add("boma-it-demo", Optional.of(note.toJson()));
        GuestMachine guest = new GuestMachine(domain, hypervisor.volumes(), note, timing, hypervisor::connect);
        domain.start();

        BootClock clock = BootClock.read(guest);

        assertThat(clock.kernelStart()).isCloseTo(Instant.now().minusMillis(12_500), within(5, ChronoUnit.SECONDS));
        assertThat(clock.precision()).isLessThanOrEqualTo(Duration.ofMillis(1));
        assertThat(clock.firewallLoaded()).contains(Duration.ofMillis(5_300));
    }
}
