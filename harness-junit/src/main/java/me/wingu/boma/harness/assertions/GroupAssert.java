package me.wingu.boma.harness.assertions;

import java.util.List;
import java.util.Set;
import me.wingu.boma.harness.state.Group;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Assertions on one group.
 *
 * <pre>{@code
 * assertThat(vm.accounts()).group("docker").hasMembers("claude");      // passes when claude is among them
 * assertThat(vm.accounts()).group("sudo").hasOnlyMembers("sjat");      // fails with one more
 * }</pre>
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public class GroupAssert extends SoughtAssert<GroupAssert, Group> {

    /** Creates the assertions. */
    public GroupAssert(Sought<Group> actual) {
        super(actual, GroupAssert.class);
    }

    /** Verifies that these accounts are in it, among others or not. */
    public GroupAssert hasMembers(String... users) {
        Wording.requireSome(users, "account");
        return verify("to have the members " + List.of(users), group -> group.members().containsAll(Set.of(users)));
    }

    /** Verifies that exactly these accounts are in it. */
    public GroupAssert hasOnlyMembers(String... users) {
        Wording.requireSome(users, "account");
        return verify("to have the members " + List.of(users) + " only", g -> g.members().equals(Set.of(users)));
    }

    /** Verifies its number. */
    public GroupAssert hasGid(long gid) {
        return verify("to have the gid " + gid, group -> group.gid() == gid);
    }

    /** Verifies that nobody is in it. */
    public GroupAssert hasNoMembers() {
        return verify("to have no members", group -> group.members().isEmpty());
    }
}
