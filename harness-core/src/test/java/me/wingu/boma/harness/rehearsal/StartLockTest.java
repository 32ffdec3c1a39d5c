package me.wingu.boma.harness.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import me.wingu.boma.harness.HarnessException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartLockTest {

    @TempDir
    private Path scratch;

    @Test
    void should_leave_no_file_behind() {
        assertThat(StartLock.whileHeld(lock(), () -> Files.exists(lock()))).isTrue();
        assertThat(lock()).doesNotExist();
    }

    @Test
    void should_be_given_back_by_work_that_fails() {
        assertThatThrownBy(() -> StartLock.whileHeld(lock(), () -> {
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");

        assertThat(StartLock.whileHeld(lock(), () -> "free")).isEqualTo("free");
    }

    @Test
    void should_let_threads_take_turns() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Callable<Integer> turn = () -> StartLock.whileHeld(lock(), () -> {
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
        try (Other other = Other.holding(lock())) {
            assertThat(StartLock.attempt(lock())).isEmpty();

            other.finish();

            assertThat(lock()).doesNotExist();
            assertThat(StartLock.whileHeld(lock(), () -> "free")).isEqualTo("free");
        }
    }

    @Test
    void should_be_held_against_another_process_also_after_a_thread_of_this_one_has_tried() throws Exception {
        StartLock held = StartLock.attempt(lock()).orElseThrow();
        try {
            assertThat(StartLock.attempt(lock())).isEmpty();
            assertThat(Other.trying(lock())).isEqualTo("taken");
        } finally {
            held.release();
        }
        assertThat(Other.trying(lock())).isEqualTo("free");
    }

    @Test
    void should_be_free_when_its_holder_died() throws Exception {
        try (Other other = Other.holding(lock())) {
            other.kill();

            assertThat(lock()).exists();
            assertThat(StartLock.whileHeld(lock(), () -> "free")).isEqualTo("free");
            assertThat(lock()).doesNotExist();
        }
    }

    @Test
    void should_say_what_hinders_it() {
        Path nowhere = scratch.resolve("missing");

        assertThatThrownBy(() -> StartLock.whileHeld(nowhere.resolve("lock").resolve("lock"), () -> "never"))
                .isInstanceOf(HarnessException.class)
                .hasMessageContaining(nowhere.toString());
    }

    private Path lock() {
        return scratch.resolve("boma-it.lock");
    }

    /** Another process, which takes the same lock. */
    static final class Other implements AutoCloseable {

        private final Process process;

        private Other(Process process) {
            this.process = process;
        }

        static Other holding(Path lock) throws IOException {
            Other other = start(lock, "hold");
            assertThat(other.line()).isEqualTo("held");
            return other;
        }

        /** Returns {@code free} or {@code taken}, as another process sees it. */
        static String trying(Path lock) throws IOException {
            try (Other other = start(lock, "try")) {
                return other.line();
            }
        }

        private static Other start(Path lock, String what) throws IOException {
            return new Other(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                            "-Xshare:auto",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Other.class.getName(),
                            lock.toString(),
                            what)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        }

        private String line() throws IOException {
            BufferedReader output = process.inputReader();
            return String.valueOf(output.readLine());
        }

        void finish() throws IOException, InterruptedException {
            process.getOutputStream().close();
            assertThat(process.waitFor()).isZero();
        }

        void kill() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }

        /** The other process's side. */
        public static void main(String[] args) {
            Path lock = Path.of(args[0]);
            if (args[1].equals("try")) {
                var mine = StartLock.attempt(lock);
                mine.ifPresent(StartLock::release);
                System.out.println(mine.isPresent() ? "free" : "taken");
                return;
            }
            StartLock.whileHeld(lock, () -> {
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
