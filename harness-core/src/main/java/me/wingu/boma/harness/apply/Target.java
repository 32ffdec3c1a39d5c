package me.wingu.boma.harness.apply;

import java.nio.file.Path;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * The one machine that a playbook may act on.
 *
 * @param address the machine's address: its lease on the harness's own network
 * @param port where its sshd listens
 * @param user who logs in, normally {@code ansible}
 * @param privateKey the file of the key that logs in, readable by its owner alone
 * @param hostKey the machine's public host key as {@code known_hosts} has it: {@code ssh-ed25519 AAAA...}
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record Target(String address, int port, String user, Path privateKey, String hostKey) {}
