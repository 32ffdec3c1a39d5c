package me.wingu.boma.harness.assertions;

import java.util.Optional;
import me.wingu.boma.harness.state.Sysctls;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Assertions on kernel parameters.
 *
 * <pre>{@code
 * assertThat(vm.sysctls()).has("net.ipv4.ip_forward", "1");    // passes on a Docker host
 * assertThat(vm.sysctls()).has("kernel.sysrq", "0");           // fails with Debian's default of 438
 * }</pre>
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public class SysctlsAssert extends StateAssert<SysctlsAssert, Sysctls> {

    /** Creates the assertions. */
    public SysctlsAssert(Sysctls actual) {
        super(actual, SysctlsAssert.class, Wording.title(actual.host(), "kernel parameters"));
    }

    /** Verifies a parameter's value; of several numbers, with one space between them. */
    public SysctlsAssert has(String name, String value) {
        Optional<String> is = actual.value(name);
        return check(
                is.filter(value::equals).isPresent(),
                "Expecting " + name + " to be " + value + ".",
                is.map(v -> name + " = " + v).stream().toList());
    }

    /** Verifies that the kernel has no such parameter. */
    public SysctlsAssert hasNone(String name) {
        Wording.requireText(name, "name");
        return check(actual.value(name).isEmpty(), "Expecting no parameter " + name + ".", actual.value(name).stream().toList());
    }
}
