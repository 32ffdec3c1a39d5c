package me.wingu.boma.harness.assertions;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import me.wingu.boma.harness.state.SudoRights;
import me.wingu.boma.harness.state.SudoRule;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Assertions on what accounts may do through sudo, as sudo itself evaluates it.
 *
 * <pre>{@code
 * assertThat(vm.sudo()).allowsEverything("claude").asksForNoPassword("claude");    // passes with the drop-in
 * assertThat(vm.sudo()).asksForPassword("sjat");                                   // fails with NOPASSWD anywhere
 * }</pre>
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public class SudoAssert extends StateAssert<SudoAssert, SudoRights> {

    /** Creates the assertions. */
    public SudoAssert(SudoRights actual) {
        super(actual, SudoAssert.class, Wording.title(actual.host(), "sudo rights"));
    }

    /** Verifies that the account may run every command as every user, without exceptions. */
    public SudoAssert allowsEverything(String user) {
        return that(user, "to be allowed everything", actual.allowsEverything(user));
    }

    /**
     * Verifies that the account may run nothing. It must be one that sudo was asked about: one with a login shell, or named in
     * sudoers.
     */
    public SudoAssert allowsNothing(String user) {
        check(
                actual.byUser().containsKey(user),
                "Expecting " + user + " to be allowed nothing, but sudo was not asked about it: there is no such account, or it"
                        + " has no login shell and sudoers does not name it.",
                new TreeSet<>(actual.byUser().keySet()));
        return that(user, "to be allowed nothing", actual.of(user).isEmpty());
    }

    /** Verifies that the account may run this command, written as in sudoers; the last entry that is for it decides. */
    public SudoAssert allows(String user, String command) {
        return that(user, "to be allowed " + command, actual.allows(user, command));
    }

    /** Verifies that the account may run something, and must enter its password for all of it. */
    public SudoAssert asksForPassword(String user) {
        List<String> spared = actual.withoutPassword(user);
        return check(
                granting(user).findAny().isPresent()
                        && granting(user).allMatch(SudoRule::needsPassword)
                        && spared.isEmpty(),
                "Expecting " + user + " to be asked for a password.",
                spared.isEmpty() ? actual.of(user) : spared);
    }

    /** Verifies that the account may run something, and need not enter its password for any of it. */
    public SudoAssert asksForNoPassword(String user) {
        return that(
                user,
                "not to be asked for a password",
                granting(user).findAny().isPresent() && granting(user).noneMatch(SudoRule::needsPassword));
    }

    /** The rules that give something; those that only take away ask for nothing. */
    private Stream<SudoRule> granting(String user) {
        return actual.of(user).stream().filter(SudoRule::grants);
    }

    private SudoAssert that(String user, String expectation, boolean holds) {
        return check(holds, "Expecting " + user + " " + expectation + ".", actual.of(user));
    }
}
