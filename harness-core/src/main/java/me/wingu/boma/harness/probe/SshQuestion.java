package me.wingu.boma.harness.probe;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import me.wingu.boma.harness.HarnessException;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * What is asked of an SSH server: only whether it answers, or also whether a key gets in.
 *
 * @param port the TCP port, 1 to 65535
 * @param login who tries to log in; empty to read the banner only
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record SshQuestion(int port, Optional<Login> login) {

    private static final int SSH = 22;

    /**
     * Creates a question.
     *
     * @throws HarnessException when the port is outside 1 to 65535
     */
    public SshQuestion {
        port = Service.tcp(port).port();
    }

    /**
     * An account and its key.
     *
     * @param user the account
     * @param privateKey the file of the private key, in OpenSSH's format, without a passphrase
     */
    public record Login(String user, Path privateKey) {

        /** Returns the failure to tell when the key itself is the obstacle, and not the host. */
        HarnessException unusable(IOException failed) {
            return new HarnessException(
                    HarnessException.Kind.USAGE,
                    "Reading the SSH key " + privateKey + ", to log in as " + user + ", failed.",
                    failed.toString(),
                    "name the file of a private key in OpenSSH's format, without a passphrase, that this account can read",
                    failed);
        }
    }

    /** Returns the question whether an SSH server answers on port 22. */
    public static SshQuestion banner() {
        return new SshQuestion(SSH, Optional.empty());
    }

    /** Returns the question whether an account gets in on port 22 with a key. */
    public static SshQuestion login(String user, Path privateKey) {
        return new SshQuestion(SSH, Optional.of(new Login(user, privateKey)));
    }

    /**
     * Returns the same question for another port.
     *
     * @param other the TCP port, 1 to 65535
     */
    public SshQuestion onPort(int other) {
        return new SshQuestion(other, login);
    }
}
