package me.wingu.boma.harness.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import me.wingu.boma.harness.HarnessException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class WakeUpServiceTest {

    @TempDir
    private Path keys;

    private final AtomicInteger wakeUps = new AtomicInteger();

    @Test
    void should_wake_up_for_the_run_that_asks() {
        whileListening(wakeUps::incrementAndGet, () -> assertThat(asked()).isTrue());
        assertThat(wakeUps).hasValue(1);
        assertThat(keys).isEmptyDirectory();
    }

    @Test
    void should_go_on_listening_when_a_run_hangs_up_without_an_order() {
        whileListening(wakeUps::incrementAndGet, () -> {
            WakeUpService.Call.to(keys).close();
            assertThat(asked()).isTrue();
        });
        assertThat(wakeUps).hasValue(1);
    }

    @Test
    void should_leave_it_to_the_run_when_the_guest_does_not_wake_up() {
        Runnable failing = () -> {
            throw new HarnessException(HarnessException.Kind.STEP, "The restored guest is not as it was saved.", "", "");
        };
        whileListening(failing, () -> {
            assertThat(asked()).isFalse();
            assertThat(asked()).as("once more").isFalse();
        });
    }

    @Test
    void should_answer_the_run_that_asked_before_it_was_closed() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch closing = new CountDownLatch(1);
        CompletableFuture<Boolean> awake = new CompletableFuture<>();
        Runnable slow = () -> {
            asked.countDown();
            await(closing);
        };
        whileListening(slow, () -> {
            awake.completeAsync(this::asked);
            await(asked);
            closing.countDown();
        });
        assertThat(awake.get()).isTrue();
    }

    @Test
    void should_leave_it_to_the_run_when_nobody_listens() throws IOException {
        assertThat(asked()).as("nothing there").isFalse();
        try (ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            killed.bind(UnixDomainSocketAddress.of(keys.resolve("wake-up.sock")));
        }
        assertThat(keys).as("what a killed process leaves").isNotEmptyDirectory();
        assertThat(asked()).isFalse();

        whileListening(wakeUps::incrementAndGet, () -> assertThat(asked()).as("the next one in its place").isTrue());
    }

    @Test
    void should_do_without_where_the_path_is_too_long_for_a_socket() throws IOException {
        keys = Files.createDirectory(keys.resolve("k".repeat(120)));
        whileListening(wakeUps::incrementAndGet, () -> assertThat(asked()).isFalse());
        assertThat(wakeUps).hasValue(0);
    }

    private void whileListening(Runnable wakeUp, Runnable test) {
        WakeUpService service = WakeUpService.listen(keys, wakeUp);
        try {
            test.run();
        } finally {
            service.close();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean asked() {
        try (WakeUpService.Call call = WakeUpService.Call.to(keys)) {
            return call.wakesUp();
        }
    }
}
