package me.wingu.boma.harness.assertions;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import me.wingu.boma.harness.state.Accounts;
import me.wingu.boma.harness.state.Group;
import me.wingu.boma.harness.state.User;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Assertions on the users and groups of a host.
 *
 * <pre>{@code
 * assertThat(vm.accounts()).user("claude").isInGroups("docker").hasNoUsablePassword();   // passes as deployed
 * assertThat(vm.accounts()).group("sudo").hasOnlyMembers("sjat");                        // fails with one more
 * }</pre>
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public class AccountsAssert extends StateAssert<AccountsAssert, Accounts> {

    /** Creates the assertions. */
    public AccountsAssert(Accounts actual) {
        super(actual, AccountsAssert.class, Wording.title(actual.host(), "accounts"));
    }

    /** Goes on to the account of that name; fails when there is none. */
    public UserAssert user(String name) {
        List<String> around = actual.users().stream().filter(User::canLogIn).map(User::toString).toList();
        return navigate(
                UserAssert.class,
                new Sought<>("user " + name, Wording.title(actual.host(), "accounts"), actual.user(name), around),
                UserAssert::new);
    }

    /** Goes on to the group of that name; fails when there is none. */
    public GroupAssert group(String name) {
        List<String> around = actual.groups().stream().map(Group::name).toList();
        return navigate(
                GroupAssert.class,
                new Sought<>("group " + name, Wording.title(actual.host(), "accounts"), actual.group(name), around),
                GroupAssert::new);
    }

    /** Verifies that there is no such account. */
    public AccountsAssert hasNoUser(String name) {
        Wording.requireText(name, "name");
        return check(actual.user(name).isEmpty(), "Expecting no user " + name + ".", actual.user(name).stream().toList());
    }

    /** Verifies that these accounts can log in, by their shell, and no others but root. */
    public AccountsAssert onlyTheseCanLogIn(String... names) {
        Wording.requireSome(names, "account");
        Set<String> can = actual.users().stream()
                .filter(user -> user.canLogIn() && user.uid() != 0 && !user.shell().endsWith("/sync"))
                .map(User::name)
                .collect(Collectors.toCollection(TreeSet::new));
        return check(
                can.equals(Set.of(names)),
                "Expecting exactly " + new TreeSet<>(Set.of(names)) + " to have a login shell, but " + can + " have one.",
                actual.users().stream().filter(user -> can.contains(user.name())).toList());
    }
}
