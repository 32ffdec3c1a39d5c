package me.wingu.boma.harness.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import me.wingu.boma.harness.HarnessException;
import org.junit.jupiter.api.Test;

/** What a vantage behind a command says when it is not able to ask at all. */
class CommandVantageTest {

    /** Debian's Python, where no other program can be found. */
    private static final String ALONE = "env PATH=/nonexistent /usr/bin/python3 - no";

    @Test
    void should_not_take_its_own_lack_of_a_tool_for_silence() {
        Vantage guest = Vantage.through("guest", ALONE, CommandVantageTest::shell);

        assertThatThrownBy(() -> guest.reach(Loopback.V4, Service.ping(), Loopback.PATIENCE))
                .isInstanceOf(HarnessException.class)
                .hasMessageContaining("Probing from guest failed: it cannot ask.")
                .hasMessageContaining("No such file or directory: 'ping'");
    }

    @Test
    void should_not_wait_for_the_end_of_an_answer_that_has_none() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, Loopback.V4)) {
            new Thread(() -> answerWithoutEnd(server)).start();
            HttpQuestion question = HttpQuestion.get("http://test.invalid:" + server.getLocalPort() + "/");
            Vantage guest = Vantage.through("guest", "", CommandVantageTest::shell);

            HttpAnswer answer = guest.http(Loopback.V4, question, new Patience(Duration.ofMillis(500), 1));

            assertThat(answer.response()).isEmpty();
            assertThat(answer.trial().seen()).isEqualTo("the answer was not complete within 1000 ms");
        }
    }

    /** A byte each 50 ms, which no timeout of a single reading ends. */
    private static void answerWithoutEnd(ServerSocket server) {
        try (Socket client = server.accept();
                OutputStream answer = client.getOutputStream()) {
            answer.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            while (true) {
                answer.write('.');
                Thread.sleep(50);
            }
        } catch (IOException | InterruptedException theClientIsGone) {
            // nobody is left to be answered
        }
    }

    private static String shell(String script, Duration deadline) {
        try {
            Process process = new ProcessBuilder("sh").redirectErrorStream(true).start();
            process.getOutputStream().write(script.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().close();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
