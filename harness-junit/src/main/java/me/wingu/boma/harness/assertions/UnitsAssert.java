package me.wingu.boma.harness.assertions;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import me.wingu.boma.harness.state.Unit;
import me.wingu.boma.harness.state.Units;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Assertions on the systemd units of a host.
 *
 * <pre>{@code
 * assertThat(vm.units()).noneFailed();                     // passes when none failed
 * assertThat(vm.units()).named("ssh").isEnabled();         // fails when it was started by hand only
 * }</pre>
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public class UnitsAssert extends StateAssert<UnitsAssert, Units> {

    /** Creates the assertions. */
    public UnitsAssert(Units actual) {
        super(actual, UnitsAssert.class, Wording.title(actual.host(), "units"));
    }

    /** Goes on to the unit of that name, {@code .service} left out or not; fails when there is none. */
    public UnitAssert named(String name) {
        String stem = name.replaceFirst("[.@].*", "");
        List<String> around = actual.all().stream()
                .filter(unit -> unit.name().contains(stem))
                .map(Unit::toString)
                .toList();
        return navigate(
                UnitAssert.class,
                new Sought<>(
                        "unit " + name,
                        Wording.title(actual.host(), "units"),
                        actual.named(name).filter(unit -> !unit.load().equals("not-found")),
                        around),
                UnitAssert::new);
    }

    /** Verifies that the host has no such unit. */
    public UnitsAssert hasNone(String name) {
        Wording.requireText(name, "name");
        List<Unit> found = actual.named(name).filter(unit -> !unit.load().equals("not-found")).stream().toList();
        return check(found.isEmpty(), "Expecting no unit " + name + ".", found);
    }

    /** Verifies that no unit failed. */
    public UnitsAssert noneFailed() {
        return noneFailedBut();
    }

    /** Verifies that no unit failed but perhaps these; {@code .service} may be left out. */
    public UnitsAssert noneFailedBut(String... excused) {
        Set<String> known = Stream.of(excused).map(name -> name.indexOf('.') < 0 ? name + ".service" : name).collect(Collectors.toSet());
        List<Unit> failed = actual.failed().filter(unit -> !known.contains(unit.name())).toList();
        return check(failed.isEmpty(), "Expecting no unit to have failed.", failed);
    }
}
