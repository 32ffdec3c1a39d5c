package me.wingu.boma.harness.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.hypervisor.Domain;
import me.wingu.boma.harness.rehearsal.VmNote.Hold;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardTest {

    private static final long MIB = 1L << 20;

    private final FakeHypervisor hypervisor = new FakeHypervisor();

    @TempDir
    private Path scratch;

    @Test
    void should_give_the_place_to_the_first_guest() {
        assertThat(claim().name()).isEqualTo("boma-it-demo");
        assertThat(Demo.settings(scratch).lockFile()).doesNotExist();
    }

    @Test
    void should_refuse_beside_another_guest_and_say_how_to_end_it() {
        hypervisor.add("boma-it-other", note("other", Hold.NONE, Optional.of(Owner.self())));

        assertThatThrownBy(this::claim)
                .isInstanceOfSatisfying(
                        HarnessException.class,
                        e -> assertThat(e.kind()).isEqualTo(HarnessException.Kind.MACHINE))
                .hasMessage(
                        """
                        Starting boma-it-demo is refused: one rehearsal at a time.
                          seen: boma-it-other: OFF, process %d works on it, run runs/1-other
                          next: ./boma-it down other, or allow more with boma.maxvms (BOMA_MAXVMS)""",
                        ProcessHandle.current().pid());
        assertThat(hypervisor.find("boma-it-demo")).isEmpty();
    }

    @Test
    void should_not_replace_the_kept_guest_of_another_host() {
        hypervisor.add("boma-it-other", note("other", Hold.KEPT, Optional.empty()));

        assertThatThrownBy(this::claim).hasMessageContaining("boma-it-other: OFF, kept for inspection");
        assertThat(hypervisor.find("boma-it-other")).isPresent();
    }

    @Test
    void should_replace_the_kept_guest_of_the_same_host() {
        Domain kept = hypervisor.add("boma-it-demo", note("demo", Hold.KEPT, Optional.empty()));
        hypervisor.volumes().create("boma-it-demo" + FakeHypervisor.DISK, 0);

        assertThat(claim()).isNotSameAs(kept);
        assertThat(hypervisor.volumes().names()).isEmpty();
    }

    @Test
    void should_not_replace_the_guest_that_an_earlier_step_left() {
        hypervisor.add("boma-it-demo", note("demo", Hold.BETWEEN_STEPS, Optional.empty()));

        assertThatThrownBy(this::claim)
                .hasMessageContaining("it is there already")
                .hasMessageContaining("left by an earlier step")
                .hasMessageEndingWith("next: ./boma-it down demo");
    }

    @Test
    void should_sweep_the_guest_whose_process_died() {
        hypervisor.add("boma-it-other", note("other", Hold.NONE, Optional.of(Demo.DEAD)));

        assertThat(claim().name()).isEqualTo("boma-it-demo");
        assertThat(hypervisor.find("boma-it-other")).isEmpty();
    }

    @Test
    void should_pass_over_guests_that_are_not_the_harness_s() {
        hypervisor.add("database", Optional.empty());

        assertThat(claim().name()).isEqualTo("boma-it-demo");
        assertThat(hypervisor.find("database")).isPresent();
    }

    @Test
    void should_not_touch_a_guest_that_carries_the_prefix_and_no_note() {
        hypervisor.add("boma-it-mine", Optional.of("hand-made"));

        assertThatThrownBy(this::claim).hasMessageContaining("boma-it-mine: OFF, not made by this harness");
        assertThat(hypervisor.find("boma-it-mine")).isPresent();
    }

    @Test
    void should_refuse_when_memory_would_run_short() {
        hypervisor.withMemory(2559 * MIB);

        assertThatThrownBy(this::claim)
                .hasMessageContaining("too little free memory")
                .hasMessageContaining("2559 MiB available; 2560 MiB needed (2048 for the guest, 512 in reserve)")
                .hasMessageContaining("\"memoryMiB\" in profiles/demo/profile.json")
                .hasMessageContaining("BOMA_RESERVE");
    }

    @Test
    void should_start_when_memory_just_suffices() {
        hypervisor.withMemory(2560 * MIB);

        assertThat(claim().name()).isEqualTo("boma-it-demo");
    }

    @Test
    void should_count_what_other_guests_have_not_taken_yet() {
        hypervisor.withMemory(4000 * MIB);
        hypervisor.add("boma-it-other", note("other", Hold.NONE, Optional.of(Owner.self()))).untouched(3072 * MIB);

        assertThatThrownBy(() -> claim(Demo.settings(scratch).withMaxVms(2)))
                .hasMessageContaining("928 MiB available, without 3072 that other guests may take; 2560 MiB needed");
    }

    @Test
    void should_give_a_place_beside_another_guest_where_several_are_allowed() {
        hypervisor.add("boma-it-other", note("other", Hold.NONE, Optional.of(Owner.self())));
        LabSettings two = Demo.settings(scratch).withMaxVms(2);

        assertThat(claim(two).name()).isEqualTo("boma-it-demo");
    }

    @Test
    void should_refuse_more_guests_than_allowed() {
        hypervisor.add("boma-it-one", note("one", Hold.NONE, Optional.of(Owner.self())));
        hypervisor.add("boma-it-two", note("two", Hold.NONE, Optional.of(Owner.self())));

        assertThatThrownBy(() -> claim(Demo.settings(scratch).withMaxVms(2)))
                .hasMessageContaining("refused: 2 rehearsals at a time");
    }

    @Test
    void should_have_no_place_where_another_guest_would_have_to_give_way() {
        LabSettings two = Demo.settings(scratch).withMaxVms(2);
        Guard guard = new Guard(hypervisor, two, new Sweeper(hypervisor, two.keys(), () -> volume -> false));
        hypervisor.add("boma-it-other", note("other", Hold.STANDING_BY, Optional.of(Owner.self())));

        assertThat(guard.hasPlaceFor(Demo.PROFILE)).isTrue();
        hypervisor.withMemory(2559 * MIB);
        assertThat(guard.hasPlaceFor(Demo.PROFILE)).as("memory is short").isFalse();
    }

    @Test
    void should_refuse_when_the_pool_would_run_full() {
        hypervisor.volumes().leave(4095 * MIB);

        assertThatThrownBy(this::claim)
                .hasMessageContaining("too little disk space in the pool")
                .hasMessageContaining("4095 MiB available; 4096 MiB needed")
                .hasMessageContaining("./boma-it prune");
    }

    private Domain claim() {
        return claim(Demo.settings(scratch));
    }

    private Domain claim(LabSettings settings) {
        return new Guard(hypervisor, settings, new Sweeper(hypervisor, settings.keys(), () -> volume -> false))
                .claim(Demo.PROFILE, () -> hypervisor.add("boma-it-demo", Optional.empty()));
    }

    private static Optional<String> note(String host, Hold hold, Optional<Owner> owner) {
        return Optional.of(Demo.note(host, hold, owner).toJson());
    }
}
