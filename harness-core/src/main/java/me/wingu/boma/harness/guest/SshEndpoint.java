package me.wingu.boma.harness.guest;

import java.nio.file.Path;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Where and as whom a guest is reached, and how it proves who it is.
 *
 * @param address the guest's IP address
 * @param port the port of its SSH server, 1 to 65535
 * @param user the account to log in as; it must have password-less sudo
 * @param privateKey the OpenSSH file with the private key of that account
 * @param hostKey the guest's public host key as in {@code known_hosts}: {@code ssh-ed25519 AAAA…}
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record SshEndpoint(String address, int port, String user, Path privateKey, String hostKey) {

    /** Returns the line that pins this guest's host key in a {@code known_hosts} file. */
    public String knownHostsLine() {
        return (port == 22 ? address : "[" + address + "]:" + port) + " " + hostKey;
    }

    @Override
    public String toString() {
        return user + "@" + address + (port == 22 ? "" : ":" + port);
    }
}
