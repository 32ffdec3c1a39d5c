package me.wingu.boma.harness.probe;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * What came back for a UDP datagram.
 *
 * @param state open when something came back, closed on ICMP "port unreachable", filtered on another ICMP error, and
 *     open or filtered on silence
 * @param reply the first datagram that came back, read-only
 * @param trial how it was found out
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record DatagramAnswer(PortState state, Optional<ByteBuffer> reply, Trial trial) {

    /** Creates an answer; makes the reply read-only. */
    public DatagramAnswer {
        reply = reply.map(ByteBuffer::asReadOnlyBuffer);
    }
}
