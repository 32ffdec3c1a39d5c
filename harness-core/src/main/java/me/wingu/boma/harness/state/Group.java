package me.wingu.boma.harness.state;

import java.util.Set;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * A group.
 *
 * @param name its name
 * @param gid its number
 * @param members the accounts that are in it, also as their primary group
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record Group(String name, long gid, Set<String> members) {

    /** Copies the set. */
    public Group {
        members = Set.copyOf(members);
    }
}
