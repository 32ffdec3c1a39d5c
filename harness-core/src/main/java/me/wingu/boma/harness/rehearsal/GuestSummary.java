package me.wingu.boma.harness.rehearsal;

import java.util.Optional;
import me.wingu.boma.harness.hypervisor.Domain;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * One guest that is there, for a list.
 *
 * @param domain the domain's name
 * @param state whether it runs
 * @param hold why it is there: {@code in-use}, {@code standing-by}, {@code between-steps}, {@code kept}, {@code orphaned} or
 *     {@code foreign}
 * @param address its lease, if any
 * @param run its run directory, if known
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record GuestSummary(
        String domain, String state, String hold, Optional<String> address, Optional<String> run) {

    static GuestSummary of(Domain domain) {
        Optional<VmNote> note = domain.note().flatMap(VmNote::parse);
        return new GuestSummary(
                domain.name(),
                domain.state().name(),
                note.map(GuestSummary::hold).orElse("foreign"),
                domain.lease().map(a -> a.getHostAddress()),
                note.map(VmNote::run));
    }

    private static String hold(VmNote note) {
        if (note.standsBy()) {
            return "standing-by";
        }
        if (note.owner().map(Owner::alive).orElse(false)) {
            return "in-use";
        }
        return switch (note.hold()) {
            case NONE, GETTING_READY, STANDING_BY -> "orphaned";
            case BETWEEN_STEPS -> "between-steps";
            case KEPT -> "kept";
        };
    }

    @Override
    public String toString() {
        return "%s  %s  %s  %s  %s".formatted(domain, state, hold, address.orElse("-"), run.orElse("-"));
    }
}
