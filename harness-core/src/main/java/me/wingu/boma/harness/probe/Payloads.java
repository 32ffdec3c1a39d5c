package me.wingu.boma.harness.probe;

import java.nio.ByteBuffer;
import java.util.Set;

/** What a UDP service must be sent to be heard: most stay silent unless they are spoken to in their own protocol. */
final class Payloads {

    private static final int DNS = 53;
    private static final int NTP = 123;
    private static final int STUN = 3478;
    private static final int NTP_LENGTH = 48;
    /** Leap indicator 0, version 4, mode 3: a client (RFC 5905, section 7.3). */
    private static final byte NTP_CLIENT = 0x23;

    private Payloads() {}

    /** Returns whether a request is sent that the service answers; by TCP and ICMP something always does. */
    static boolean areKnownFor(Service service) {
        return service.protocol() != Protocol.UDP || Set.of(DNS, NTP, STUN).contains(service.port());
    }

    /** Returns a request of the port's well-known protocol, or a single zero for any other. */
    static ByteBuffer forPort(int port) {
        return switch (port) {
            case DNS -> DnsQuestion.rootServers().datagram();
            case NTP -> ByteBuffer.allocate(NTP_LENGTH).put(0, NTP_CLIENT);
            case STUN -> StunRequest.random().datagram();
            default -> ByteBuffer.allocate(1);
        };
    }
}
