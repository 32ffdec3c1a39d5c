package me.wingu.boma.harness.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The samples are those of RFC 5769, sections 2.2 and 2.3. */
class StunResponseTest {

    private static final String TRANSACTION = "b7e7a701bc34d686fa87dfae";
    private static final String HEADER = "2112a442" + TRANSACTION;
    private static final String SOFTWARE = "8022000b7465737420766563746f7220";
    private static final String MAPPED_V4 = "002000080001a147e112a643";
    private static final String SAMPLE_V4 = "0101003c" + HEADER + SOFTWARE + MAPPED_V4
            + "000800142b91f599fd9e90c38c7489f92af9ba53f06be7d7" + "80280004c07d4c96";
    private static final String SAMPLE_V6 = "01010048" + HEADER + SOFTWARE
            + "002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9"
            + "00080014a382954e4be67bf11784c97c8292c275bfe3ed41" + "80280004c8fb0b4c";

    @Test
    void should_read_the_ipv4_response_of_rfc_5769() throws Exception {
        StunBinding binding = read(SAMPLE_V4);

        assertThat(binding.mapped()).isEqualTo(new InetSocketAddress("192.0.2.1", 32853));
        assertThat(binding.software()).contains("test vector");
    }

    @Test
    void should_read_the_ipv6_response_of_rfc_5769() throws Exception {
        assertThat(read(SAMPLE_V6).mapped())
                .isEqualTo(new InetSocketAddress("2001:db8:1234:5678:11:2233:4455:6677", 32853));
    }

    @ParameterizedTest
    @CsvSource({
        "another transaction's id, 0101000c2112a442b7e7a701bc34d686fa87dfaf" + MAPPED_V4,
        "no STUN magic cookie, 0101000c2112a443b7e7a701bc34d686fa87dfae" + MAPPED_V4,
        "no STUN binding response, 0001000c" + HEADER + MAPPED_V4,
        "a STUN length that does not fit, 0101000d" + HEADER + MAPPED_V4,
        "a cut-off STUN attribute, 01010004" + HEADER + "00200008",
        "a STUN address of a wrong length, 0101000c" + HEADER + "002000080002a147e112a643",
        "a wrong STUN fingerprint, 01010014" + HEADER + MAPPED_V4 + "80280004c07d4c96",
        "without XOR-MAPPED-ADDRESS, 01010000" + HEADER,
        "STUN error 401 Unauthorized, 01110014" + HEADER + "0009001000000401556e617574686f72697a6564",
        "shorter than a STUN header, 0101",
    })
    void should_refuse_what_is_no_answer_to_the_request(String reason, String message) {
        assertThatThrownBy(() -> read(message))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining(reason.replace("another transaction's", "another STUN transaction's"));
    }

    @Test
    void should_refuse_every_cut_off_response() {
        byte[] whole = HexFormat.of().parseHex(SAMPLE_V4);
        for (int length = 0; length < whole.length; length++) {
            ByteBuffer part = ByteBuffer.wrap(whole, 0, length).slice();
            assertThatThrownBy(() -> StunResponse.read(part, request())).isInstanceOf(ProtocolException.class);
        }
    }

    @Test
    void should_ask_a_responder_and_read_the_mapped_address() throws Exception {
        try (DatagramSocket responder = new DatagramSocket(new InetSocketAddress(Loopback.V4, 0))) {
            Thread server = new Thread(() -> respond(responder));
            server.start();

            StunAnswer answer = StunAnswer.ask(
                    Loopback.STRANGER, Loopback.V4, responder.getLocalPort(), Patience.DEFAULT);

            server.join();
            assertThat(answer.binding().orElseThrow().mapped().getAddress()).isEqualTo(Loopback.V4);
            assertThat(answer.trial().seen()).startsWith("binding response: mapped address 127.0.0.1:");
        }
    }

    @Test
    void should_say_that_what_answers_is_no_stun_server() throws Exception {
        try (DatagramSocket echo = new DatagramSocket(new InetSocketAddress(Loopback.V4, 0))) {
            Thread server = new Thread(() -> echo(echo));
            server.start();

            StunAnswer answer =
                    StunAnswer.ask(Loopback.STRANGER, Loopback.V4, echo.getLocalPort(), Patience.DEFAULT);

            server.join();
            assertThat(answer.binding()).isEmpty();
            assertThat(answer.trial().seen()).contains("no STUN binding response");
        }
    }

    private static StunBinding read(String hex) throws ProtocolException {
        return StunResponse.read(ByteBuffer.wrap(HexFormat.of().parseHex(hex)), request());
    }

    private static StunRequest request() {
        return new StunRequest(ByteBuffer.wrap(HexFormat.of().parseHex(TRANSACTION)));
    }

    private static void respond(DatagramSocket socket) {
        exchange(socket, request -> {
            ByteBuffer response = ByteBuffer.allocate(32);
            int port = request.getPort() ^ 0x2112;
            int address = ByteBuffer.wrap(request.getAddress().getAddress()).getInt() ^ 0x2112A442;
            response.putShort((short) 0x0101).putShort((short) 12).put(request.getData(), 4, 16);
            response.putShort((short) 0x20).putShort((short) 8).putShort((short) 1);
            return response.putShort((short) port).putInt(address).array();
        });
    }

    private static void echo(DatagramSocket socket) {
        exchange(socket, request -> Arrays.copyOf(request.getData(), request.getLength()));
    }

    private static void exchange(DatagramSocket socket, Function<DatagramPacket, byte[]> answer) {
        try {
            DatagramPacket request = new DatagramPacket(new byte[100], 100);
            socket.receive(request);
            byte[] response = answer.apply(request);
            socket.send(new DatagramPacket(response, response.length, request.getSocketAddress()));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
