package me.wingu.boma.harness.probe;

import java.util.Optional;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * How an SSH server met who asked.
 *
 * @param banner the identification line, such as {@code SSH-2.0-OpenSSH_10.0p2 Debian-7} (RFC 4253, section 4.2)
 * @param hostKey the fingerprint of its host key as {@code ssh-keygen -l} writes it, {@code SHA256:…}; empty when only
 *     the banner was read
 * @param user the account that the key got in as; empty when nobody tried or the key was refused
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record SshGreeting(String banner, Optional<String> hostKey, Optional<String> user) {}
