package me.wingu.boma.harness.nftables.evaluation;

import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * What happened to the packet in one run.
 *
 * @param verdict the end of its way
 * @param path the hooks that it passed or ended in, in order
 * @param trace every rule that matched and every policy that was asked, in order
 * @param decisive the event that ended its way, or the last one; empty when no chain saw it
 * @param last the packet at the end, with translated addresses and set marks
 * @param notes what the ruleset alone does not tell, such as an address chosen by the kernel
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record Outcome(
        Answer verdict,
        List<Hook> path,
        List<TraceEvent> trace,
        Optional<TraceEvent> decisive,
        Packet last,
        List<String> notes) {

    /** Takes copies. */
    public Outcome {
        path = List.copyOf(path);
        trace = List.copyOf(trace);
        notes = List.copyOf(notes);
    }

    /** Returns whether the packet goes to a program of this host. */
    public boolean delivered() {
        return path.contains(Hook.INPUT);
    }

    /** Returns whether the packet passes through this host. */
    public boolean forwarded() {
        return path.contains(Hook.FORWARD);
    }
}
