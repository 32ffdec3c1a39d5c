package me.wingu.boma.harness.state;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * A process that holds a socket.
 *
 * @param name the kernel's name of the process, at most 15 characters: {@code sshd}
 * @param pid its process id
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record SocketProcess(String name, int pid) {}
