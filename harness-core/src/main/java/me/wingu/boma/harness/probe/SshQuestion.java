package me.wingu.boma.harness.probe;

import java.nio.file.Path;
import java.util.Optional;
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
     * An account and its key.
     *
     * @param user the account
     * @param privateKey the file of the private key, in OpenSSH's format, without a passphrase
     */
    public record Login(String user, Path privateKey) {}

    /** Returns the question whether an SSH server answers on port 22. */
    public static SshQuestion banner() {
        return new SshQuestion(SSH, Optional.empty());
    }

    /** Returns the question whether an account gets in on port 22 with a key. */
    public static SshQuestion login(String user, Path privateKey) {
        return new SshQuestion(SSH, Optional.of(new Login(user, privateKey)));
    }

    /** Returns the same question for another port. */
    public SshQuestion onPort(int other) {
        return new SshQuestion(other, login);
    }
}
