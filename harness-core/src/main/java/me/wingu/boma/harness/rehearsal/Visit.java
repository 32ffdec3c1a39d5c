package me.wingu.boma.harness.rehearsal;

import java.util.List;
import java.util.Optional;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.probe.Service;
import me.wingu.boma.harness.state.HostState;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** A look at a guest that somebody else works on, or nobody any more; it changes nothing and leaves no trace. */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class Visit implements AutoCloseable {

    private final Rehearsal rehearsal;

    Visit(Rehearsal rehearsal) {
        this.rehearsal = rehearsal;
    }

    /** The name of the file in which a run keeps the state that its reboots are compared with. */
    static String recordBefore(int reboot) {
        return "state-before-reboot-" + reboot + ".json";
    }

    /** Returns the guest. */
    public Vm vm() {
        return rehearsal.vm();
    }

    /** Returns the scenario that the guest was made for; empty for the host as it should be. */
    public Optional<String> scenario() {
        return rehearsal.plan().scenario().map(scenario -> scenario.name());
    }

    /** Returns what the guest listens on for others, and what its containers publish. */
    public List<Service> services() {
        return Doors.of(vm().state());
    }

    /**
     * Returns the state before the last reboot, as the run recorded it.
     *
     * @throws HarnessException when this run made no reboot
     */
    public HostState beforeTheLastReboot() {
        String host = rehearsal.plan().profile().host();
        return rehearsal.beforeTheLastReboot().orElseThrow(() -> new HarnessException(
                HarnessException.Kind.USAGE,
                "There is nothing to compare the state of " + host + " with: its run recorded no reboot.",
                "run directory: " + rehearsal.directory().path(),
                "./boma-it reboot " + host + ", or name a file that ./boma-it state " + host + " --json wrote earlier"));
    }

    /** Lets go of the guest's connection. */
    @Override
    public void close() {
        rehearsal.close();
    }
}
