package me.wingu.boma.harness.probe;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.SecurityUtils;
import net.schmizz.sshj.transport.verification.HostKeyVerifier;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.keyprovider.KeyProvider;

/**
 * Tries whether a key gets in, and leaves at once.
 *
 * <p>The host key is reported, not judged: a public-key login tells an impostor nothing that he could use.
 */
final class SshLogin {

    // As for the shell of the guest: sshj would take all of its cryptography from Bouncy Castle, which is here for TLS.
    static {
        SecurityUtils.setRegisterBouncyCastle(false);
    }

    private final Source source;
    private final Patience patience;

    SshLogin(Source source, Patience patience) {
        this.source = source;
        this.patience = patience;
    }

    SshGreeting greet(InetSocketAddress target, SshQuestion.Login login) throws IOException {
        NotedHostKey hostKey = new NotedHostKey();
        try (SSHClient client = new SSHClient()) {
            KeyProvider key = key(client, login);
            client.addHostKeyVerifier(hostKey);
            client.setConnectTimeout(patience.eachMillis());
            client.setTimeout(patience.eachMillis());
            client.getTransport().setTimeoutMs(patience.eachMillis());
            client.connect(target.getAddress(), target.getPort(), source.address(), 0);
            Optional<String> user = authenticate(client, login.user(), key);
            return new SshGreeting(
                    "SSH-2.0-" + client.getTransport().getServerVersion(), Optional.of(hostKey.fingerprint), user);
        }
    }

    /** Reads the key before anything is sent: what is wrong with it says nothing about the host. */
    private static KeyProvider key(SSHClient client, SshQuestion.Login login) {
        try {
            KeyProvider key = client.loadKeys(login.privateKey().toString());
            key.getPrivate();
            return key;
        } catch (IOException failed) {
            throw login.unusable(failed);
        }
    }

    private static Optional<String> authenticate(SSHClient client, String user, KeyProvider key) throws IOException {
        try {
            client.authPublickey(user, key);
            return Optional.of(user);
        } catch (UserAuthException refused) {
            return Optional.empty();
        }
    }

    /** Notes the host key's fingerprint and lets it pass. */
    private static final class NotedHostKey implements HostKeyVerifier {

        /** Written by the client's reading thread before the key exchange ends, read after it. */
        private volatile String fingerprint = "";

        @Override
        public boolean verify(String hostname, int port, PublicKey key) {
            byte[] encoded = new Buffer.PlainBuffer().putPublicKey(key).getCompactData();
            fingerprint = "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(sha256(encoded));
            return true;
        }

        @Override
        public List<String> findExistingAlgorithms(String hostname, int port) {
            return List.of();
        }

        private static byte[] sha256(byte[] bytes) {
            try {
                return MessageDigest.getInstance("SHA-256").digest(bytes);
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException("every JDK has SHA-256", impossible);
            }
        }
    }
}
