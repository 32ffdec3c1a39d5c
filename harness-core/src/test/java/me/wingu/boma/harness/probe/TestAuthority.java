package me.wingu.boma.harness.probe;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate authority in a key store of the JDK's own {@code keytool}, and servers' keys signed by it. */
public final class TestAuthority {

    private static final String PASSWORD = "changeit";

    private final Path store;
    private int servers;

    public TestAuthority(Path store, String distinguishedName) throws IOException {
        this.store = store;
        keytool("-genkeypair", "-alias", "ca", "-keyalg", "EC", "-dname", distinguishedName, "-ext", "bc:c");
    }

    /** The authority's own certificate, in PEM form. */
    public String root() throws IOException, GeneralSecurityException {
        byte[] der = entries().getCertificate("ca").getEncoded();
        String body = Base64.getMimeEncoder().encodeToString(der);
        return "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
    }

    /** A server with a certificate for some names, written as {@code dns:a.example.org,ip:127.0.0.1}. */
    public SSLContext server(String names) throws IOException, GeneralSecurityException {
        return serverWith("-ext", "san=" + names, "-validity", "30");
    }

    /** A server with a certificate that ended five days ago. */
    SSLContext expiredServer(String names) throws IOException, GeneralSecurityException {
        return serverWith("-ext", "san=" + names, "-startdate", "-10d", "-validity", "5");
    }

    /** A server that shows the authority's own certificate: one that signed itself. */
    SSLContext selfSignedServer() throws IOException, GeneralSecurityException {
        return context("ca");
    }

    /** Makes a server whose certificate has a subject, and no other name. */
    SSLContext serverCalled(String distinguishedName) throws IOException, GeneralSecurityException {
        String alias = "server-" + servers++;
        keytool("-genkeypair", "-alias", alias, "-keyalg", "EC", "-dname", distinguishedName, "-signer", "ca");
        return context(alias);
    }

    private SSLContext serverWith(String... options) throws IOException, GeneralSecurityException {
        String alias = "server-" + servers++;
        List<String> arguments = new ArrayList<>(List.of(
                "-genkeypair", "-alias", alias, "-keyalg", "EC", "-dname", "CN=server", "-signer", "ca"));
        arguments.addAll(List.of(options));
        keytool(arguments.toArray(String[]::new));
        return context(alias);
    }

    private SSLContext context(String alias) throws IOException, GeneralSecurityException {
        KeyStore all = entries();
        Certificate[] chain = all.getCertificateChain(alias);
        KeyStore one = KeyStore.getInstance("PKCS12");
        one.load(null, null);
        one.setKeyEntry(alias, all.getKey(alias, PASSWORD.toCharArray()), PASSWORD.toCharArray(), chain);
        KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
        managers.init(one, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private KeyStore entries() throws IOException, GeneralSecurityException {
        return KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    }

    private void keytool(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException(String.join(" ", command) + ": " + output);
        }
    }
}
