package me.wingu.boma.harness.probe;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import me.wingu.boma.harness.HarnessException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SshProbeTest {

    @Test
    void should_read_the_banner_after_the_lines_that_may_precede_it() throws Exception {
        SshAnswer answer = ask("Welcome\r\nSSH-2.0-OpenSSH_10.0p2 Debian-7\r\n");

        assertThat(answer.greeting().orElseThrow().banner()).isEqualTo("SSH-2.0-OpenSSH_10.0p2 Debian-7");
        assertThat(answer.trial().seen()).isEqualTo("SSH-2.0-OpenSSH_10.0p2 Debian-7");
    }

    @Test
    void should_tell_a_connection_that_is_closed_at_once_from_a_server() throws Exception {
        SshAnswer answer = ask("");

        assertThat(answer.greeting()).isEmpty();
        assertThat(answer.trial().seen()).isEqualTo("connected, then closed by the host before any SSH banner");
    }

    @Test
    void should_tell_another_server_from_ssh() throws Exception {
        assertThat(ask("220 mail\r\n".repeat(30)).trial().seen())
                .isEqualTo("connected, but what answers does not speak SSH");
        assertThat(ask("x".repeat(10_000)).trial().seen()).isEqualTo("connected, but what answers does not speak SSH");
    }

    @ParameterizedTest
    @ValueSource(strings = {"absent", "no-key"})
    void should_not_take_a_key_that_cannot_be_used_for_an_obstacle_of_the_host(String name, @TempDir Path keys)
            throws IOException {
        Files.writeString(keys.resolve("no-key"), "just a text\n");
        SshQuestion question = SshQuestion.login("ansible", keys.resolve(name)).onPort(Loopback.closedPort());

        assertThatThrownBy(() -> Loopback.STRANGER.ssh(Loopback.V4, question, Loopback.PATIENCE))
                .isInstanceOf(HarnessException.class)
                .hasMessageContaining("Reading the SSH key " + keys.resolve(name) + ", to log in as ansible, failed.");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 65_536})
    void should_refuse_a_port_that_is_none(int port) {
        assertThatThrownBy(() -> SshQuestion.banner().onPort(port))
                .isInstanceOf(HarnessException.class)
                .hasMessageContaining("There is no TCP port " + port);
    }

    private static SshAnswer ask(String greeting) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, Loopback.V4)) {
            Thread thread = new Thread(() -> greet(server, greeting));
            thread.start();
            SshQuestion question = SshQuestion.banner().onPort(server.getLocalPort());
            SshAnswer answer = Loopback.STRANGER.ssh(Loopback.V4, question, Patience.DEFAULT);
            thread.join();
            return answer;
        }
    }

    private static void greet(ServerSocket server, String greeting) {
        try (Socket client = server.accept()) {
            client.getOutputStream().write(greeting.getBytes(US_ASCII));
            client.shutdownOutput();
            // Until the probe hangs up: closing with unread data would reset the connection.
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        } catch (IOException reset) {
            throw new UncheckedIOException(reset);
        }
    }
}
