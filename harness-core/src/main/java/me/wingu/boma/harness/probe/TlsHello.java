package me.wingu.boma.harness.probe;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.Optional;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.ServerHello;
import org.bouncycastle.tls.TlsClientProtocol;
import org.bouncycastle.tls.TlsExtensionsUtils;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsFatalAlertReceived;

/**
 * A TLS client that leaves as soon as the server has chosen a cipher suite: nothing is computed by it, so that suites
 * can be proposed that no library offers any more.
 */
final class TlsHello extends TlsClientProtocol {

    private Optional<ServerHello> reply = Optional.empty();

    TlsHello(Socket socket) throws IOException {
        super(socket.getInputStream(), socket.getOutputStream());
    }

    /**
     * Proposes and waits for the choice.
     *
     * @return the number of the chosen suite
     * @throws Refusal when the server agrees to nothing of it
     * @throws IOException when it neither chooses nor refuses
     */
    int say(TlsProposal proposal) throws IOException {
        try {
            connect(new ProposingClient(proposal));
        } catch (TlsFatalAlertReceived alert) {
            throw new Refusal("alert " + alert.getMessage());
        } catch (TlsFatalAlert own) {
            // Bouncy Castle words a connection closed before the handshake's end as this alert of its own.
            if (reply.isEmpty() && own.getAlertDescription() != AlertDescription.handshake_failure) {
                throw new IOException("connected, but what answers does not speak TLS", own);
            }
        } catch (EOFException | SocketException closed) {
            // What it said before counts.
        }
        return choice(proposal);
    }

    private int choice(TlsProposal proposal) throws IOException {
        ServerHello hello = reply.orElseThrow(() -> new Refusal("closed by the host"));
        ProtocolVersion version = version(hello);
        if (!version.equals(CipherSuites.protocol(proposal.version()))) {
            throw new Refusal("the host wants " + version);
        }
        if (!proposal.suites().containsKey(hello.getCipherSuite())) {
            throw new IOException("the host chose a cipher suite that was not proposed");
        }
        return hello.getCipherSuite();
    }

    /** TLS 1.3 calls itself 1.2 and tells the truth in an extension (RFC 8446, section 4.1.3). */
    private static ProtocolVersion version(ServerHello hello) throws IOException {
        ProtocolVersion truth = TlsExtensionsUtils.getSupportedVersionsExtensionServer(hello.getExtensions());
        return truth == null ? hello.getVersion() : truth;
    }

    /** Notes the server's hello, or its request for another one, which names the cipher suite too. */
    @Override
    protected ServerHello receiveServerHelloMessage(ByteArrayInputStream message) throws IOException {
        reply = Optional.of(super.receiveServerHelloMessage(message));
        throw new TlsFatalAlert(AlertDescription.user_canceled);
    }

    /** The server did not agree to what was proposed; the message says how it told so. */
    static final class Refusal extends IOException {

        Refusal(String how) {
            super(how);
        }
    }
}
