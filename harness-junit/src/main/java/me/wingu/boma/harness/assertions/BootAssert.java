package me.wingu.boma.harness.assertions;

import java.util.List;
import me.wingu.boma.harness.state.Boot;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Assertions on the boot that a host is in.
 *
 * <pre>{@code
 * assertThat(vm.boot()).hasParameter("console=ttyS0");    // passes when the kernel was given it
 * assertThat(vm.boot()).isFinished();                     // fails while systemd still starts units
 * }</pre>
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public class BootAssert extends StateAssert<BootAssert, Boot> {

    /** Creates the assertions. */
    public BootAssert(Boot actual) {
        super(actual, BootAssert.class, Wording.title(actual.host(), "boot"));
    }

    /** Verifies that the kernel was given a parameter. */
    public BootAssert hasParameter(String parameter) {
        return check(
                actual.parameters().contains(parameter),
                "Expecting the kernel parameter " + parameter + ".",
                List.of(actual.commandLine()));
    }

    /** Verifies that the kernel's release begins with this. */
    public BootAssert hasKernel(String release) {
        Wording.requireText(release, "release");
        return check(
                actual.kernel().startsWith(release), "Expecting the kernel " + release + ".", List.of(actual.kernel()));
    }

    /** Verifies that this is another boot than that one. */
    public BootAssert isAnotherThan(Boot earlier) {
        return check(
                !actual.id().equals(earlier.id()),
                "Expecting another boot than that of " + earlier.host() + ".",
                List.of("boot id " + actual.id()));
    }

    /** Verifies that systemd has started everything, whether it failed or not. */
    public BootAssert isFinished() {
        return check(
                actual.finishedAt().isPresent(),
                "Expecting the start-up to have finished.",
                List.of("system state " + actual.systemState().orElse("unknown: no systemd")));
    }

    /** Verifies the host's name. */
    public BootAssert hasHostname(String name) {
        return check(actual.hostname().equals(name), "Expecting the host name " + name + ".", List.of(actual.hostname()));
    }

    /** Verifies the time zone: {@code Etc/UTC}. */
    public BootAssert hasTimeZone(String zone) {
        return check(
                actual.timeZone().filter(zone::equals).isPresent(),
                "Expecting the time zone " + zone + ".",
                actual.timeZone().stream().toList());
    }
}
