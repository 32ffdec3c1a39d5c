package me.wingu.boma.harness.probe;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
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
