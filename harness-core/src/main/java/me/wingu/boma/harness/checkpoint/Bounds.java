package me.wingu.boma.harness.checkpoint;

import java.time.Duration;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * What a store may hold.
 *
 * @param bytes all volumes together; the least recently used checkpoint goes first
 * @param age how long a checkpoint may go unused
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record Bounds(long bytes, Duration age) {}
