package me.wingu.boma.harness.assertions;

import java.util.List;
import me.wingu.boma.harness.state.Jails;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Assertions on the jails of fail2ban.
 *
 * <pre>{@code
 * assertThat(vm.state().jails()).guard("sshd");     // passes when the running server has that jail
 * assertThat(vm.state().jails()).guard("nginx");    // fails when it is not enabled, or the server does not run
 * }</pre>
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public class JailsAssert extends StateAssert<JailsAssert, Jails> {

    /** Creates the assertions. */
    public JailsAssert(Jails actual) {
        super(actual, JailsAssert.class, Wording.title(actual.host(), "fail2ban jails"));
    }

    /** Verifies that the running server guards all of these jails. */
    public JailsAssert guard(String... names) {
        Wording.requireSome(names, "jail");
        List<String> wanted = List.of(names);
        return check(actual.names().containsAll(wanted), "Expecting fail2ban to guard " + wanted + ".", actual.names());
    }
}
