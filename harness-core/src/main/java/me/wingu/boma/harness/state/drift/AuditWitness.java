package me.wingu.boma.harness.state.drift;

import java.util.stream.Stream;
import me.wingu.boma.harness.state.AuditRules;
import me.wingu.boma.harness.state.HostState;
import me.wingu.boma.harness.state.Subject;

/** The kernel's audit rules. */
final class AuditWitness implements Witness<AuditRules> {

    @Override
    public String name() {
        return "audit rules";
    }

    @Override
    public Subject<AuditRules> subject() {
        return Subject.AUDIT;
    }

    @Override
    public Stream<Fact> facts(AuditRules audit, HostState state, HostState other) {
        return audit.rules().stream()
                .map(rule -> Fact.of(
                        rule, "auditctl alone lasts until the reboot: write it to /etc/audit/rules.d/*.rules"));
    }
}
