package me.wingu.boma.harness.state;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * What a container engine does with a container that ended, and with one that ran when the host went down.
 *
 * @param name {@code no}, {@code always}, {@code unless-stopped} or {@code on-failure}
 * @param maximumRetries how often {@code on-failure} tries; 0 means without end
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record RestartPolicy(String name, int maximumRetries) {

    @Override
    public String toString() {
        return maximumRetries > 0 ? name + ":" + maximumRetries : name;
    }
}
