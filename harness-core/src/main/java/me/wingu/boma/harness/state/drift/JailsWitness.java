package me.wingu.boma.harness.state.drift;

import java.util.stream.Stream;
import me.wingu.boma.harness.state.HostState;
import me.wingu.boma.harness.state.Jails;
import me.wingu.boma.harness.state.Subject;

/** What fail2ban guards. */
final class JailsWitness implements Witness<Jails> {

    @Override
    public String name() {
        return "fail2ban jails";
    }

    @Override
    public Subject<Jails> subject() {
        return Subject.JAILS;
    }

    @Override
    public Stream<Fact> facts(Jails jails, HostState state, HostState other) {
        return jails.names().stream()
                .map(name -> Fact.of(
                        "jail " + name,
                        "fail2ban-client alone lasts until the reboot: enable it in /etc/fail2ban/jail.d/*.local"));
    }
}
