package me.wingu.boma.harness.probe;

import java.util.Optional;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * What came of asking an SSH server.
 *
 * @param question what was asked
 * @param greeting how the server met who asked; empty when no SSH server answered: the trial says why
 * @param trial how it was found out
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record SshAnswer(SshQuestion question, Optional<SshGreeting> greeting, Trial trial) {}
