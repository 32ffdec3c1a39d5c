package me.wingu.boma.harness.assertions;

import me.wingu.boma.harness.state.AuditRules;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Assertions on the kernel's audit rules.
 *
 * <pre>{@code
 * assertThat(vm.audit()).hasRuleMatching("-a always,exit .*euid=0.*");    // passes when root's actions are recorded
 * assertThat(vm.audit()).hasRuleMatching("-w /etc/shadow .*");            // fails without that watch
 * }</pre>
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public class AuditAssert extends StateAssert<AuditAssert, AuditRules> {

    /** Creates the assertions. */
    public AuditAssert(AuditRules actual) {
        super(actual, AuditAssert.class, Wording.title(actual.host(), "audit rules"));
    }

    /** Verifies that a rule, as {@code auditctl -l} prints it, matches as a whole. */
    public AuditAssert hasRuleMatching(String regex) {
        Wording.requireText(regex, "pattern");
        return check(
                actual.rules().stream().anyMatch(rule -> rule.matches(regex)),
                "Expecting an audit rule that matches " + regex + ".",
                actual.rules());
    }
}
