package me.wingu.boma.harness.assertions;

import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
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

    /** Verifies that the account may run every command as every user. */
    public SudoAssert allowsEverything(String user) {
        return that(user, "to be allowed everything", rules -> rules.stream()
                .anyMatch(rule -> rule.runAs().contains("ALL") && rule.commands().contains("ALL")));
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
        return that(user, "to be allowed nothing", List::isEmpty);
    }

    /** Verifies that the account may run exactly this command, written as in sudoers. */
    public SudoAssert allows(String user, String command) {
        return that(user, "to be allowed " + command, rules -> rules.stream()
                .anyMatch(rule -> rule.commands().contains(command) || rule.commands().contains("ALL")));
    }

    /** Verifies that the account may run something, and must enter its password for all of it. */
    public SudoAssert asksForPassword(String user) {
        return that(user, "to be asked for a password", rules -> !rules.isEmpty()
                && rules.stream().allMatch(SudoRule::needsPassword));
    }

    /** Verifies that the account may run something, and need not enter its password for any of it. */
    public SudoAssert asksForNoPassword(String user) {
        return that(user, "not to be asked for a password", rules -> !rules.isEmpty()
                && rules.stream().noneMatch(SudoRule::needsPassword));
    }

    private SudoAssert that(String user, String expectation, Predicate<List<SudoRule>> holds) {
        return check(holds.test(actual.of(user)), "Expecting " + user + " " + expectation + ".", actual.of(user));
    }
}
