package me.wingu.boma.harness.assertions;

import java.util.List;
import java.util.stream.Stream;
import me.wingu.boma.harness.state.drift.Difference;
import me.wingu.boma.harness.state.drift.Drift;
import me.wingu.boma.harness.state.drift.Excuse;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Assertions on what a host lost, gained or changed between two states.
 *
 * <pre>{@code
 * assertThat(drift).isEmpty();                                                     // passes when nothing differs
 * assertThat(drift).isEmptyExcept(because("rebuilt at boot", "mounts", "/scratch"));  // fails when a route was lost
 * }</pre>
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public class DriftAssert extends StateAssert<DriftAssert, Drift> {

    /** Creates the assertions. */
    public DriftAssert(Drift actual) {
        super(actual, DriftAssert.class, "drift from " + actual.before() + " to " + actual.after());
    }

    /** Verifies that nothing was lost, appeared or changed. */
    public DriftAssert isEmpty() {
        return nothingRemains(actual);
    }

    /** Verifies that nothing differs but what is excused; an excuse that covers nothing is stale, and fails too. */
    public DriftAssert isEmptyExcept(Excuse... excuses) {
        Wording.requireSome(excuses, "excuse");
        List<Excuse> stale = Stream.of(excuses)
                .filter(excuse -> actual.differences().stream().noneMatch(excuse::covers))
                .toList();
        nothingRemains(actual.excusing(List.of(excuses)));
        return check(stale.isEmpty(), "Expecting every excuse to cover a difference; drop those that do not.", stale);
    }

    /** Verifies that something was lost whose name contains this text. */
    public DriftAssert hasLost(String subject, String name) {
        Wording.requireText(name, "name");
        return check(
                actual.lost().anyMatch(d -> d.subject().equals(subject) && d.name().contains(name)),
                "Expecting " + subject + " to have lost \"" + name + "\".",
                actual.differences());
    }

    private DriftAssert nothingRemains(Drift rest) {
        int count = rest.differences().size();
        return check(
                rest.isEmpty(),
                "Expecting no difference, but there " + (count == 1 ? "is 1:" : "are " + count + ":"),
                rest.differences());
    }
}
