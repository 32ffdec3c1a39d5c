package me.wingu.boma.harness.state;

import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * What accounts may do through sudo: the effective rights, groups and aliases resolved by {@code sudo -l -U}.
 *
 * @param host what messages call the host and the moment: {@code askari after reboot 1}
 * @param byUser the rules of each account that has a login shell or is named in sudoers; an account without rights has
 *     an empty list
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record SudoRights(String host, Map<String, List<SudoRule>> byUser) {

    /** Copies the map. */
    public SudoRights {
        byUser = Map.copyOf(byUser);
    }

    /** Returns the account's rules; none for an account that has no login shell and no entry. */
    public List<SudoRule> of(String user) {
        return byUser.getOrDefault(user, List.of());
    }
}
