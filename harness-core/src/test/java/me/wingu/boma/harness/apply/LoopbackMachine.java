package me.wingu.boma.harness.apply;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import me.wingu.boma.harness.guest.SshEndpoint;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;

/** An SSH server on loopback that runs commands on this machine as this user, so that Ansible has a host to act on. */
final class LoopbackMachine implements AutoCloseable {

    private final SshServer server;
    private final SshEndpoint target;

    private LoopbackMachine(SshServer server, SshEndpoint target) {
        this.server = server;
        this.target = target;
    }

    static LoopbackMachine start(Path directory) throws IOException, GeneralSecurityException {
        KeyPair hostKey = keyPair();
        KeyPair userKey = keyPair();
        SshServer server = SshServer.setUpDefaultServer();
        server.setHost("127.0.0.1");
        server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
        server.setPublickeyAuthenticator(
                (user, key, session) -> KeyUtils.compareKeys(key, userKey.getPublic()));
        server.setCommandFactory((channel, command) -> new ProcessCommand(command));
        server.start();
        SshEndpoint target = new SshEndpoint(
                "127.0.0.1",
                server.getPort(),
                System.getProperty("user.name"),
                privateKey(directory, userKey),
                PublicKeyEntry.toString(hostKey.getPublic()));
        return new LoopbackMachine(server, target);
    }

    SshEndpoint target() {
        return target;
    }

    @Override
    public void close() throws IOException {
        server.close(true);
    }

    private static KeyPair keyPair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(3072);
        return generator.generateKeyPair();
    }

    private static Path privateKey(Path directory, KeyPair pair) throws IOException {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(pair.getPrivate().getEncoded());
        Path file = directory.resolve("id_test");
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(
                file, "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n");
    }
}
