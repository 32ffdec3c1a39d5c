package me.wingu.boma.harness.waiting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import me.wingu.boma.harness.waiting.Waiting.InVain;
import org.junit.jupiter.api.Test;

class WaitingTest {

    private static final Waiting PATIENT = Waiting.upTo("the bus", Duration.ofHours(1));

    @Test
    void should_return_what_a_look_finds() {
        AtomicInteger looks = new AtomicInteger();

        int found = PATIENT.until(() -> Optional.of(looks.incrementAndGet()).filter(n -> n == 3));

        assertThat(found).isEqualTo(3);
        assertThat(looks).hasValue(3);
    }

    @Test
    void should_look_in_the_thread_that_waits() {
        Thread looking = PATIENT.until(() -> Optional.of(Thread.currentThread()));

        assertThat(looking).isSameAs(Thread.currentThread());
    }

    @Test
    void should_end_at_the_deadline() {
        assertThatThrownBy(() -> Waiting.upTo("the bus", Duration.ofSeconds(1)).until(Optional::empty))
                .isInstanceOfSatisfying(InVain.class, e -> {
                    assertThat(e.timedOut()).isTrue();
                    assertThat(e.reason()).isEqualTo("not within 1 s");
                })
                .hasMessage("waited in vain for the bus: not within 1 s");
    }

    @Test
    void should_give_up_at_once_when_there_is_no_hope() {
        AtomicInteger looks = new AtomicInteger();

        assertThatThrownBy(() -> PATIENT.unless(() -> Optional.of("the road is closed"))
                        .until(() -> {
                            looks.incrementAndGet();
                            return Optional.empty();
                        }))
                .isInstanceOfSatisfying(InVain.class, e -> assertThat(e.timedOut()).isFalse())
                .hasMessage("waited in vain for the bus: the road is closed");
        assertThat(looks).hasValue(1);
    }

    @Test
    void should_prefer_what_is_there_to_the_reason_to_give_up() {
        assertThat(PATIENT.unless(() -> Optional.of("the road is closed")).until(() -> Optional.of("a bus")))
                .isEqualTo("a bus");
    }

    @Test
    void should_end_with_the_failure_of_a_look() {
        assertThatThrownBy(() -> PATIENT.until(() -> {
                    throw new IllegalStateException("blind");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("blind");
    }
}
