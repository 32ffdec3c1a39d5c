package me.wingu.boma.harness.assertions;

import me.wingu.boma.harness.state.Unit;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Assertions on one systemd unit.
 *
 * <pre>{@code
 * assertThat(vm.units()).named("docker").isActive().isEnabled();     // passes when it runs and starts at boot
 * assertThat(vm.units()).named("telnet.socket").isMasked();          // fails when it could be started
 * }</pre>
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public class UnitAssert extends SoughtAssert<UnitAssert, Unit> {

    /** Creates the assertions. */
    public UnitAssert(Sought<Unit> actual) {
        super(actual, UnitAssert.class);
    }

    /** Verifies that it is up. */
    public UnitAssert isActive() {
        return verify("to be active", Unit::isActive);
    }

    /** Verifies that it is down, and not because it failed. */
    public UnitAssert isInactive() {
        return verify("to be inactive", unit -> unit.active().equals("inactive"));
    }

    /** Verifies that it failed. */
    public UnitAssert isFailed() {
        return verify("to have failed", Unit::isFailed);
    }

    /** Verifies that it starts at boot, by a link in {@code /etc}; one in {@code /run} does not count. */
    public UnitAssert isEnabled() {
        return verify("to be enabled", Unit::isEnabled);
    }

    /** Verifies that it does not start at boot by itself, also not by another name or because a generator wants it. */
    public UnitAssert isNotEnabled() {
        return verify("not to be enabled", unit -> !unit.startsAtBoot());
    }

    /** Verifies that nothing can start it, also after a reboot. */
    public UnitAssert isMasked() {
        return verify("to be masked", unit -> unit.enablement() == Unit.Enablement.MASKED);
    }

    /** Verifies the state in the words of {@code systemctl is-enabled}. */
    public UnitAssert hasEnablement(Unit.Enablement enablement) {
        return verify("to be " + enablement, unit -> unit.enablement() == enablement);
    }

    /** Verifies that a file changes it. */
    public UnitAssert hasDropIn(String path) {
        return verify("to have the drop-in " + path, unit -> unit.dropIns().contains(path), Unit::dropIns);
    }
}
