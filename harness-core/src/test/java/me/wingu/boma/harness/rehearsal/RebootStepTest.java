package me.wingu.boma.harness.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.time.Instant;
import java.util.Optional;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.diagnostics.Reboot;
import me.wingu.boma.harness.hypervisor.DomainState;
import me.wingu.boma.harness.rehearsal.FakeHypervisor.Fault;
import me.wingu.boma.harness.rehearsal.VmNote.Hold;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RebootStepTest {

    private static final Timing PATIENT = new Timing(withKvm -> withKvm);
    private static final Timing IMPATIENT = new Timing(withKvm -> Duration.ofSeconds(1));

    private final FakeHypervisor hypervisor = new FakeHypervisor();

    @ParameterizedTest
    @EnumSource
    void should_prove_a_reboot_by_boot_id_event_and_console(RebootKind kind) {
        GuestMachine guest = running(PATIENT);
        String before = guest.bootId();
        List<Integer> consoleWhenDown = new ArrayList<>();

        Reboot evidence =
                new RebootStep(PATIENT).reboot(guest, kind, () -> consoleWhenDown.add(guest.consoleLength()));

        assertThat(consoleWhenDown).as("told once that it is down").hasSize(1);
        assertThat(evidence.bootIdBefore()).isEqualTo(before);
        assertThat(evidence.bootIdAfter()).isEqualTo(guest.bootId()).isNotEqualTo(before);
        assertThat(evidence.evidence())
                .contains("boot id: " + before + " -> " + guest.bootId())
                .anyMatch(line -> line.startsWith("console: [    0.000000] Linux version 6.12.0-fake"))
                .anyMatch(line -> line.startsWith(
                        kind == RebootKind.CLEAN ? "hypervisor: GUEST_RESET at" : "hypervisor: STOPPED (DESTROYED) at"));
    }

    @Test
    void should_not_take_the_old_kernel_for_the_new_one() {
        GuestMachine guest = running(IMPATIENT);
        hypervisor.with(Fault.KEEPS_ITS_BOOT_ID);

        assertThatThrownBy(() -> new RebootStep(IMPATIENT).reboot(guest, RebootKind.CLEAN, () -> {}))
                .isInstanceOfSatisfying(
                        HarnessException.class,
                        e -> assertThat(e.kind()).isEqualTo(HarnessException.Kind.STEP))
                .hasMessageContaining("the guest's SSH of boma-it-demo failed: not within 1 s")
                .hasMessageContaining("phase: booting again, after GUEST_RESET at")
                .hasMessageMatching("(?s).*; SSH: ansible@198\\.51\\.100\\.150 let in, and boot [0-9a-f-]{36} runs there; domain: .*")
                .hasMessageContaining("reboot: Restarting system")
                .hasMessageContaining("next: look at the console: ./boma-it console demo");
    }

    @Test
    void should_ask_again_when_the_guest_breaks_the_question_off_while_it_goes_down() {
        GuestMachine guest = running(PATIENT);
        hypervisor.with(Fault.BREAKS_COMMANDS_OFF);
        String before = guest.bootId();

        Reboot evidence = new RebootStep(PATIENT).reboot(guest, RebootKind.CLEAN, () -> {});

        assertThat(evidence.bootIdAfter()).isEqualTo(guest.bootId()).isNotEqualTo(before).isNotEmpty();
    }

    @Test
    void should_give_up_at_once_when_the_machine_stops_instead() {
        GuestMachine guest = running(PATIENT);
        hypervisor.with(Fault.STOPS_INSTEAD_OF_REBOOTING);

        assertThatThrownBy(() -> new RebootStep(PATIENT).reboot(guest, RebootKind.CLEAN, () -> {}))
                .isInstanceOf(HarnessException.class)
                .hasMessageContaining("Waiting for the reset of boma-it-demo failed: the domain is OFF.")
                .hasMessageContaining("phase: shutting down, ordered at")
                .hasMessageContaining("STOPPED (SHUTDOWN)")
                .hasMessageContaining("reboot: Power down");
    }

    @Test
    void should_give_up_at_once_when_the_next_boot_dies() {
        GuestMachine guest = running(PATIENT);
        hypervisor.with(Fault.DIES_WHILE_BOOTING);

        assertThatThrownBy(() -> new RebootStep(PATIENT).reboot(guest, RebootKind.POWER_LOSS, () -> {}))
                .hasMessageContaining("failed: the domain is OFF.")
                .hasMessageContaining("phase: booting again, after STOPPED (DESTROYED) at")
                .hasMessageContaining("last console lines:")
                .hasMessageContaining("Kernel panic - not syncing");
    }

    @Test
    void should_not_believe_a_reboot_that_the_console_does_not_show() {
        GuestMachine guest = running(PATIENT);
        hypervisor.with(Fault.SILENT_CONSOLE);

        assertThatThrownBy(() -> new RebootStep(PATIENT).reboot(guest, RebootKind.CLEAN, () -> {}))
                .hasMessageContaining("the console does not show it")
                .hasMessageContaining("no line of a restarting kernel; no first line of a kernel;")
                .hasMessageContaining("console=ttyS0");
    }

    @Test
    void should_tell_a_boot_without_ssh_from_one_that_somebody_ended() {
        hypervisor.with(Fault.SILENT_BESIDE_ITS_PROMPT);
        VmNote note = Demo.note("demo", Hold.NONE, Optional.of(Owner.self()));
        FakeDomain domain = hypervisor.add("boma-it-demo", Optional.of(note.toJson()));
        GuestMachine guest = new GuestMachine(domain, hypervisor.volumes(), note, IMPATIENT, hypervisor::connect);
        domain.start();

        assertThatThrownBy(() -> guest.awaitBoot("booting for the first time", Optional.empty(), Instant.now()))
                .hasMessageContaining("; SSH: ansible@198.51.100.150: No route to host; domain: RUNNING");

        assertThat(guest.emulationsFault())
                .contains("the console asks for a login, and SSH: ansible@198.51.100.150: No route to host");
        domain.powerOff();
        assertThat(guest.emulationsFault()).isEmpty();
    }

    @Test
    void should_tell_the_phase_and_the_deadline_of_a_wait_that_times_out() {
        GuestMachine guest = running(IMPATIENT);

        assertThatThrownBy(() -> guest.await(
                        "the moon", "looking up", Duration.ofSeconds(1), Instant.now(), Optional::<String>empty))
                .hasMessageContaining("Waiting for the moon of boma-it-demo failed: not within 1 s.")
                .hasMessageContaining("phase: looking up; domain: " + DomainState.RUNNING);
    }

    private GuestMachine running(Timing timing) {
        VmNote note = Demo.note("demo", Hold.NONE, Optional.of(Owner.self()));
        FakeDomain domain = hypervisor.add("boma-it-demo", Optional.of(note.toJson()));
        GuestMachine guest = new GuestMachine(domain, hypervisor.volumes(), note, timing, hypervisor::connect);
        domain.start();
        guest.awaitBoot("booting for the first time", Optional.empty(), Instant.now());
        return guest;
    }
}
