package me.wingu.boma.harness.state;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * A Unix socket that accepts connections.
 *
 * @param path its path; one that begins with {@code @} lies in the abstract name space
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record UnixSocket(String path) {}
