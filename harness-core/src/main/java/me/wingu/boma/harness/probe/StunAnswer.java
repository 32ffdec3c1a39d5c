package me.wingu.boma.harness.probe;

import java.net.InetAddress;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * What came of a STUN binding request (RFC 8489).
 *
 * @param binding what the server answered; empty when nothing, or nothing valid, came back: the trial says why
 * @param trial how it was found out
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record StunAnswer(Optional<StunBinding> binding, Trial trial) {

    /** Asks a STUN server from a vantage. */
    static StunAnswer ask(Vantage vantage, InetAddress host, int port, Patience patience) {
        StunRequest request = StunRequest.random();
        DatagramAnswer answer = vantage.exchange(host, port, request.datagram(), patience);
        Trial trial = answer.trial().retold("STUN binding request to " + Targets.text(host, port));
        if (answer.reply().isEmpty()) {
            return new StunAnswer(Optional.empty(), trial);
        }
        ByteBuffer reply = answer.reply().get();
        try {
            StunBinding binding = StunResponse.read(reply, request);
            String seen = "binding response: mapped address " + Targets.text(binding.mapped());
            return new StunAnswer(Optional.of(binding), trial.having(seen));
        } catch (ProtocolException invalid) {
            return new StunAnswer(Optional.empty(), trial.having(invalid.getMessage()));
        }
    }
}
