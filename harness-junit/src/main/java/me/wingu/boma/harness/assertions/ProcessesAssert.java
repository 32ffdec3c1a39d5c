package me.wingu.boma.harness.assertions;

import java.util.List;
import me.wingu.boma.harness.state.HostProcess;
import me.wingu.boma.harness.state.Processes;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Assertions on the processes of a host.
 *
 * <pre>{@code
 * assertThat(vm.processes()).runs("dockerd");               // passes when Docker runs
 * assertThat(vm.processes()).runsOnlyAs("caddy", "caddy");  // fails when one of them is root's
 * }</pre>
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public class ProcessesAssert extends StateAssert<ProcessesAssert, Processes> {

    /** Creates the assertions. */
    public ProcessesAssert(Processes actual) {
        super(actual, ProcessesAssert.class, Wording.title(actual.host(), "processes"));
    }

    /** Verifies that a process of this name runs; at most 15 characters, as the kernel cuts names. */
    public ProcessesAssert runs(String name) {
        return check(
                actual.named(name).findAny().isPresent(),
                "Expecting a process " + name + ".",
                actual.all().stream().map(HostProcess::name).distinct().sorted().toList());
    }

    /** Verifies that no process of this name runs. */
    public ProcessesAssert doesNotRun(String name) {
        Wording.requireText(name, "name");
        return check(
                actual.named(name).findAny().isEmpty(), "Expecting no process " + name + ".", actual.named(name).toList());
    }

    /** Verifies that processes of this name run, and all as this user. */
    public ProcessesAssert runsOnlyAs(String name, String user) {
        runs(name);
        List<HostProcess> others = actual.named(name).filter(process -> !process.user().equals(user)).toList();
        return check(others.isEmpty(), "Expecting " + name + " to run as " + user + " only.", others);
    }
}
