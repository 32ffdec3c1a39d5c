package me.wingu.boma.harness.state;

import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * What accounts may do through sudo: the effective rights, groups and aliases resolved by {@code sudo -ll -U}.
 *
 * @param host what messages call the host and the moment: {@code askari after reboot 1}
 * @param byUser the rules of each account that has a login shell or is named in sudoers, in sudo's order; an account
 *     without rights has an empty list
 * @param withoutPassword the settings that spare an account its password for some commands, as some users, or as a member of
 *     a group: {@code Defaults!/bin/ls !authenticate}, {@code exempt_group=adm}
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record SudoRights(
        String host, Map<String, List<SudoRule>> byUser, Map<String, List<String>> withoutPassword) {

    /** Copies the maps. */
    public SudoRights {
        byUser = Map.copyOf(byUser);
        withoutPassword = Map.copyOf(withoutPassword);
    }

    /** Returns the account's rules; none for an account that has no login shell and no entry. */
    public List<SudoRule> of(String user) {
        return byUser.getOrDefault(user, List.of());
    }

    /** Returns the settings that spare the account its password for a part of its rules. */
    public List<String> withoutPassword(String user) {
        return withoutPassword.getOrDefault(user, List.of());
    }

    /**
     * Returns whether the account may run a command as some user. Of several entries that are for it the last one decides
     * (sudoers(5)).
     *
     * @param command the command, written as in sudoers
     */
    public boolean allows(String user, String command) {
        return of(user).stream()
                .flatMap(rule -> rule.commands().stream())
                .filter(entry -> SudoRule.isAbout(entry, command))
                .reduce((first, last) -> last)
                .filter(entry -> !entry.startsWith("!"))
                .isPresent();
    }

    /** Returns whether the account may run every command as every user: nothing is taken away again after that was given. */
    public boolean allowsEverything(String user) {
        boolean everything = false;
        for (SudoRule rule : of(user)) {
            for (String entry : rule.commands()) {
                boolean given = entry.equals("ALL") && rule.runAs().contains("ALL");
                everything = given || (everything && !entry.startsWith("!"));
            }
        }
        return everything;
    }
}
