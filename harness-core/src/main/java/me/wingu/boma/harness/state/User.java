package me.wingu.boma.harness.state;

import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * An account.
 *
 * @param name its name
 * @param uid its number
 * @param primaryGroup the group of its new files, by name
 * @param groups every group that it is in, the primary one too
 * @param home its home directory
 * @param shell its login shell
 * @param password whether it can log in by password; never the password or its hash
 * @param expired whether the account's expiry date has passed
 * @param passwordDue whether the password has to be changed before anything else is done: it is too old, or somebody wanted it so;
 *     PAM says that of a locked password, too
 * @param shellMissing whether there is no such program as its shell
 * @param maxPasswordDays the maximum password age: after how many days the password must be changed; empty for never
 * @param inactiveDays the password inactivity period: how many days after that it is still taken, to be changed at once;
 *     empty for ever
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record User(
        String name,
        long uid,
        String primaryGroup,
        Set<String> groups,
        String home,
        String shell,
        Password password,
        boolean expired,
        boolean passwordDue,
        boolean shellMissing,
        OptionalInt maxPasswordDays,
        OptionalInt inactiveDays) {

    /** What {@code /etc/shadow} says about a password. */
    public enum Password {
        /** There is one. */
        SET,
        /** None is taken: the field begins with "!", as after {@code passwd -l}, or because the account never got one. */
        LOCKED,
        /** There is none, and none can be entered. */
        NONE,
        /** The empty password lets everyone in. */
        EMPTY,
        /** The account is not in {@code /etc/shadow}. */
        ELSEWHERE
    }

    private static final Set<String> NO_SHELLS = Set.of("nologin", "false", "true", "sync", "git-shell");

    /** Copies the set. */
    public User {
        groups = Set.copyOf(groups);
    }

    /**
     * Returns whether a login gets a shell: it has not expired, and its shell is there and is none that lets nobody work, such as
     * {@code nologin}, {@code false} or {@code git-shell}.
     */
    public boolean canLogIn() {
        return !expired && !shellMissing && !NO_SHELLS.contains(shell.substring(shell.lastIndexOf('/') + 1));
    }

    /** Returns the account as a failure message shows it. */
    @Override
    public String toString() {
        return name + " (" + uid + "), groups " + new TreeSet<>(groups) + ", shell " + shell + ", password "
                + password.name().toLowerCase(Locale.ROOT) + (expired ? ", expired" : "")
                + (passwordDue ? ", which has to be changed" : "")
                + (shellMissing ? "; its shell is missing" : "");
    }
}
