package me.wingu.boma.harness.state;

import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Users and groups as the host's name service answers.
 *
 * @param host what messages call the host and the moment: {@code askari after reboot 1}
 * @param users the accounts, in the order of {@code getent passwd}
 * @param groups the groups, by name
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record Accounts(String host, List<User> users, List<Group> groups) {

    /** Copies the lists. */
    public Accounts {
        users = List.copyOf(users);
        groups = List.copyOf(groups);
    }

    /** Returns the account of that name. */
    public Optional<User> user(String name) {
        return users.stream().filter(user -> user.name().equals(name)).findFirst();
    }

    /** Returns the group of that name. */
    public Optional<Group> group(String name) {
        return groups.stream().filter(group -> group.name().equals(name)).findFirst();
    }
}
