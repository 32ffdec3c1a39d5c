package me.wingu.boma.harness.guest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.PrivateFiles;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * An ed25519 key pair in OpenSSH's format, made by {@code ssh-keygen}.
 *
 * @param privateFile the file with the private key, readable by its owner alone
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record SshKeyPair(Path privateFile) {

    /**
     * Returns the key pair in a file, making it when it is not there.
     *
     * @param privateFile the file of the private key; the public key is beside it, ending in {@code .pub}
     * @param comment the key's comment
     * @return the pair
     * @throws HarnessException when {@code ssh-keygen} is missing or fails
     */
    public static SshKeyPair ensure(Path privateFile, String comment) {
        if (Files.exists(privateFile) && Files.exists(publicFile(privateFile))) {
            return new SshKeyPair(privateFile);
        }
        return make(privateFile, comment);
    }

    /**
     * Makes a new key pair, replacing one that is there.
     *
     * @param privateFile the file of the private key
     * @param comment the key's comment
     * @return the pair
     * @throws HarnessException when {@code ssh-keygen} is missing or fails
     */
    public static SshKeyPair make(Path privateFile, String comment) {
        try {
            Path directory = privateFile.toAbsolutePath().getParent();
            PrivateFiles.createDirectories(directory);
            Files.deleteIfExists(privateFile);
            Files.deleteIfExists(publicFile(privateFile));
            generate(privateFile, comment);
            return new SshKeyPair(privateFile);
        } catch (IOException e) {
            throw failed(privateFile, e.toString(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(privateFile, "interrupted", e);
        }
    }

    private static void generate(Path privateFile, String comment) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", comment, "-f", privateFile.toString())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException("ssh-keygen: " + output.strip());
        }
    }

    private static HarnessException failed(Path file, String seen, Exception cause) {
        return new HarnessException(
                HarnessException.Kind.MACHINE,
                "Making the SSH key " + file + " failed.",
                seen,
                "check that openssh-client is installed (./boma-it setup) and the directory is writable",
                cause);
    }

    private static Path publicFile(Path privateFile) {
        return privateFile.resolveSibling(privateFile.getFileName() + ".pub");
    }

    /** Returns the public key as one line: type, key, comment. */
    public String publicLine() {
        return read(publicFile(privateFile)).strip();
    }

    /** Returns the private key's text, for a guest's cloud-init seed. */
    public String privateText() {
        return read(privateFile);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw failed(file, e.toString(), e);
        }
    }
}
