package me.wingu.boma.harness.waiting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TogetherTest {

    @Test
    void should_do_all_of_it_at_the_same_time() {
        CyclicBarrier meeting = new CyclicBarrier(3);
        Runnable meet = () -> {
            try {
                meeting.await(10, TimeUnit.SECONDS); // one after the other, the first would wait in vain
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        };

        Together.run(meet, meet, meet);

        assertThat(meeting.isBroken()).isFalse();
    }

    @Test
    void should_tell_each_failure_when_all_has_ended() {
        List<String> done = new CopyOnWriteArrayList<>();

        assertThatThrownBy(() -> Together.run(
                        () -> {
                            throw new IllegalStateException("the first");
                        },
                        () -> done.add("the second"),
                        () -> {
                            throw new AssertionError("the third");
                        }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the first")
                .hasSuppressedException(new AssertionError("the third"));
        assertThat(done).containsExactly("the second");
    }

    @Test
    void should_end_what_was_begun_also_when_interrupted() {
        List<String> done = new CopyOnWriteArrayList<>();
        Thread.currentThread().interrupt();

        Together.run(() -> done.add("the first"), () -> done.add("the second"));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(done).containsExactlyInAnyOrder("the first", "the second");
    }
}
