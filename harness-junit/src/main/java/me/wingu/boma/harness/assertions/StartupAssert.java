package me.wingu.boma.harness.assertions;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import me.wingu.boma.harness.state.Startup;
import me.wingu.boma.harness.state.UnitStart;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Assertions on how the units of a host came up.
 *
 * <pre>{@code
 * assertThat(vm.startup()).started("nftables", "docker");    // passes when nftables was up before Docker began
 * assertThat(vm.startup()).neverRestarted("docker");         // fails when systemd had to start it again
 * }</pre>
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public class StartupAssert extends StateAssert<StartupAssert, Startup> {

    /** Creates the assertions. */
    public StartupAssert(Startup actual) {
        super(actual, StartupAssert.class, Wording.title(actual.host(), "start-up"));
    }

    /** Verifies that the first unit was up before the second one began to start. */
    public StartupAssert started(String first, String before) {
        UnitStart one = unit(first);
        UnitStart two = unit(before);
        boolean ordered = one.activeAt()
                .flatMap(up -> two.startedAt().map(begin -> up.compareTo(begin) <= 0))
                .orElse(false);
        return check(ordered, "Expecting " + first + " to be up before " + before + " started.", List.of(one, two));
    }

    /** Verifies that the first unit is ordered after the second one, not only happened to start after it. */
    public StartupAssert orders(String unit, String after) {
        UnitStart start = unit(unit);
        return check(
                start.after().contains(after) || start.after().contains(after + ".service"),
                "Expecting " + unit + " to be ordered after " + after + ".",
                List.of("After=" + String.join(" ", new TreeSet<>(start.after()))));
    }

    /** Verifies that systemd never had to start these again. */
    public StartupAssert neverRestarted(String... units) {
        Wording.requireSome(units, "unit");
        List<String> restarted = Stream.of(units)
                .map(this::unit)
                .filter(unit -> unit.restarts() > 0)
                .map(unit -> unit.name() + " restarted " + unit.restarts() + " times, result " + unit.result())
                .toList();
        return check(restarted.isEmpty(), "Expecting " + List.of(units) + " never to have restarted.", restarted);
    }

    /** Verifies that a timer is up and has a next run. */
    public StartupAssert hasScheduled(String timer) {
        UnitStart unit = unit(timer.endsWith(".timer") ? timer : timer + ".timer");
        return check(
                unit.nextRun().isPresent() || !unit.schedule().isEmpty(),
                "Expecting " + timer + " to have a next run.",
                List.of(unit));
    }

    private UnitStart unit(String name) {
        Optional<UnitStart> unit = actual.of(name);
        if (unit.isEmpty()) {
            throw failure("%s", Wording.failure(
                    "Expecting unit " + name + " to have started, but it has not.",
                    actual.all().stream().map(UnitStart::name).toList()));
        }
        return unit.get();
    }
}
