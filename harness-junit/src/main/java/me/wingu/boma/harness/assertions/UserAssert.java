package me.wingu.boma.harness.assertions;

import java.util.List;
import java.util.Set;
import me.wingu.boma.harness.state.User;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Assertions on one account.
 *
 * <pre>{@code
 * assertThat(vm.accounts()).user("claude").hasNoUsablePassword();    // passes when it is locked or absent
 * assertThat(vm.accounts()).user("claude").isNotInGroup("sudo");     // fails when someone added it
 * }</pre>
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public class UserAssert extends SoughtAssert<UserAssert, User> {

    /** Creates the assertions. */
    public UserAssert(Sought<User> actual) {
        super(actual, UserAssert.class);
    }

    /** Verifies that it is in all of these groups, among others or not. */
    public UserAssert isInGroups(String... groups) {
        Wording.requireSome(groups, "group");
        return verify("to be in " + List.of(groups), user -> user.groups().containsAll(Set.of(groups)));
    }

    /** Verifies that it is in exactly these groups, its primary one included. */
    public UserAssert isInOnlyGroups(String... groups) {
        Wording.requireSome(groups, "group");
        return verify("to be in " + List.of(groups) + " only", user -> user.groups().equals(Set.of(groups)));
    }

    /** Verifies that it is not in this group. */
    public UserAssert isNotInGroup(String group) {
        Wording.requireText(group, "group");
        return verify("not to be in " + group, user -> !user.groups().contains(group));
    }

    /** Verifies that no password lets it in: it is locked, or there is none to enter. */
    public UserAssert hasNoUsablePassword() {
        return verify(
                "to have no usable password",
                user -> user.password() == User.Password.LOCKED || user.password() == User.Password.NONE);
    }

    /** Verifies that a password lets it in. */
    public UserAssert hasPassword() {
        return verify("to have a password", user -> user.password() == User.Password.SET);
    }

    /** Verifies its login shell. */
    public UserAssert hasShell(String shell) {
        return verify("to have the shell " + shell, user -> user.shell().equals(shell));
    }

    /** Verifies its home directory. */
    public UserAssert hasHome(String home) {
        return verify("to have the home " + home, user -> user.home().equals(home), User::home);
    }

    /** Verifies its number. */
    public UserAssert hasUid(long uid) {
        return verify("to have the uid " + uid, user -> user.uid() == uid);
    }

    /**
     * Verifies that its password must be changed after this many days or fewer.
     *
     * @param days at least 1
     */
    public UserAssert hasPasswordForAtMost(int days) {
        return verify(
                "to have to change its password within " + days + " days",
                user -> user.maxPasswordDays().orElse(Integer.MAX_VALUE) <= days,
                user -> user + ", password for "
                        + (user.maxPasswordDays().isEmpty() ? "ever" : user.maxPasswordDays().getAsInt() + " days"));
    }

    /** Verifies that it has no login shell, or has expired. */
    public UserAssert cannotLogIn() {
        return verify("to have no login shell, or to have expired", user -> !user.canLogIn());
    }
}
