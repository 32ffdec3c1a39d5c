package me.wingu.boma.harness.probe;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;

/** Sends a datagram and waits for one to come back. */
final class UdpProbe {

    /** As often as Linux sends a SYN within the default patience: one lost packet proves nothing. */
    private static final int DATAGRAMS_PER_TRY = 3;

    private static final int LARGEST = 65_535;

    private final Source source;

    UdpProbe(Source source) {
        this.source = source;
    }

    Reach reach(InetAddress host, Service service, Patience patience) {
        DatagramAnswer answer = exchange(host, service.port(), Payloads.forPort(service.port()), patience);
        return new Reach(host, service, answer.state(), answer.trial());
    }

    DatagramAnswer exchange(InetAddress host, int port, ByteBuffer request, Patience patience) {
        InetSocketAddress target = new InetSocketAddress(host, port);
        byte[] bytes = Bytes.of(request);
        Tried<ByteBuffer> tried = Tried.to(
                "UDP datagram of " + bytes.length + " bytes to " + Targets.text(target),
                source,
                patience,
                () -> attempt(target, bytes, patience.eachMillis()),
                reply -> "answer of " + reply.remaining() + " bytes");
        boolean silent = tried.state() == PortState.FILTERED && tried.trial().seen().equals(Obstacle.SILENCE);
        return new DatagramAnswer(
                silent ? PortState.OPEN_OR_FILTERED : tried.state(), tried.value(), tried.trial());
    }

    private ByteBuffer attempt(InetSocketAddress target, byte[] request, int millis) throws IOException {
        try (DatagramSocket socket = source.datagrams()) {
            // Connected, so that ICMP errors are told, and datagrams from elsewhere are not taken for an answer.
            socket.connect(target);
            socket.setSoTimeout(Math.max(1, millis / DATAGRAMS_PER_TRY));
            for (int sent = 1; ; sent++) {
                socket.send(new DatagramPacket(request, request.length));
                DatagramPacket reply = new DatagramPacket(new byte[LARGEST], LARGEST);
                try {
                    socket.receive(reply);
                    return ByteBuffer.wrap(reply.getData(), 0, reply.getLength()).slice();
                } catch (SocketTimeoutException silence) {
                    if (sent == DATAGRAMS_PER_TRY) {
                        throw silence;
                    }
                }
            }
        }
    }
}
