package me.wingu.boma.harness.waiting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.OtherJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLockTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path scratch;

    @Test
    void should_leave_no_file_behind() {
        assertThat(FileLock.whileHeld(lock(), PATIENCE, () -> Files.exists(lock()))).isTrue();
        assertThat(lock()).doesNotExist();
    }

    @Test
    void should_be_given_back_by_work_that_fails() {
        assertThatThrownBy(() -> FileLock.whileHeld(lock(), PATIENCE, () -> {
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");

        assertThat(FileLock.whileHeld(lock(), PATIENCE, () -> "free")).isEqualTo("free");
    }

    @Test
    void should_let_threads_take_turns() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Callable<Integer> turn = () -> FileLock.whileHeld(lock(), PATIENCE, () -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            return inside.decrementAndGet();
        });
        ExecutorService pool = Executors.newFixedThreadPool(3);
        try {
            for (Future<Integer> done : pool.invokeAll(List.of(turn, turn, turn))) {
                assertThat(done.get()).isZero();
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(most).hasValue(1);
        assertThat(lock()).doesNotExist();
    }

    @Test
    void should_not_be_taken_while_another_process_holds_it() throws Exception {
        try (OtherJvm other = holder()) {
            assertThat(FileLock.attempt(lock())).isEmpty();

            other.finish();

            assertThat(lock()).doesNotExist();
            assertThat(FileLock.whileHeld(lock(), PATIENCE, () -> "free")).isEqualTo("free");
        }
    }

    @Test
    void should_be_held_against_another_process_also_after_a_thread_of_this_one_has_tried() throws Exception {
        FileLock held = FileLock.attempt(lock()).orElseThrow();
        try {
            assertThat(FileLock.attempt(lock())).isEmpty();
            assertThat(seenByAnother()).isEqualTo("taken");
        } finally {
            held.close();
        }
        assertThat(seenByAnother()).isEqualTo("free");
    }

    @Test
    void should_be_free_when_its_holder_died() throws Exception {
        try (OtherJvm other = holder()) {
            other.kill();

            assertThat(lock()).exists();
            assertThat(FileLock.whileHeld(lock(), PATIENCE, () -> "free")).isEqualTo("free");
            assertThat(lock()).doesNotExist();
        }
    }

    @Test
    void should_say_what_hinders_it() {
        Path nowhere = scratch.resolve("missing");

        assertThatThrownBy(() -> FileLock.whileHeld(nowhere.resolve("lock"), PATIENCE, () -> "never"))
                .isInstanceOf(HarnessException.class)
                .hasMessageContaining(nowhere.toString());
    }

    @Test
    void should_tell_once_that_somebody_else_holds_it() throws Exception {
        AtomicInteger told = new AtomicInteger();
        try (OtherJvm other = holder()) {
            assertThatThrownBy(() -> FileLock.take(lock(), Duration.ofMillis(300), told::incrementAndGet))
                    .isInstanceOf(HarnessException.class)
                    .hasMessageContaining("another process holds it");
            other.finish();
        }
        assertThat(told).hasValue(1);
    }

    @Test
    void should_not_be_hindered_by_another_lock_of_the_same_thread() {
        Path second = scratch.resolve("second.lock");
        assertThat(FileLock.whileHeld(lock(), PATIENCE, () -> FileLock.whileHeld(second, PATIENCE, () -> "both")))
                .isEqualTo("both");
    }

    private Path lock() {
        return scratch.resolve("boma-it.lock");
    }

    private OtherJvm holder() throws IOException {
        OtherJvm holder = OtherJvm.start(Other.class, OtherJvm.QUICK, lock().toString(), "hold");
        assertThat(holder.line()).contains("held");
        return holder;
    }

    /** Returns {@code free} or {@code taken}, as another process sees it. */
    private String seenByAnother() throws IOException, InterruptedException {
        try (OtherJvm other = OtherJvm.start(Other.class, OtherJvm.QUICK, lock().toString(), "try")) {
            return other.finish();
        }
    }

    /** Another process, which takes the same lock. */
    static final class Other {

        private Other() {}

        public static void main(String[] args) {
            Path lock = Path.of(args[0]);
            if (args[1].equals("try")) {
                var mine = FileLock.attempt(lock);
                mine.ifPresent(FileLock::close);
                System.out.println(mine.isPresent() ? "free" : "taken");
                return;
            }
            FileLock.whileHeld(lock, PATIENCE, () -> {
                System.out.println("held");
                try {
                    return System.in.read();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
        }
    }
}
