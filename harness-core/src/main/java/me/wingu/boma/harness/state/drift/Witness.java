package me.wingu.boma.harness.state.drift;

import java.util.Set;
import java.util.stream.Stream;
import me.wingu.boma.harness.state.HostState;
import me.wingu.boma.harness.state.Subject;

/**
 * Turns one subject of a state into facts that can be compared with those of another state.
 *
 * @param <T> the subject's type
 */
interface Witness<T> {

    /** Returns what differences call the subject. */
    String name();

    /** Returns the subject. */
    Subject<T> subject();

    /**
     * Returns the facts.
     *
     * @param value the subject's value in this state
     * @param state this state, for what explains the value
     * @param other the state that it will be compared with: what only one of them knows about a thing holds for both
     */
    Stream<Fact> facts(T value, HostState state, HostState other);

    /** Returns what else of a state the facts are taken from, and a boot brings late: it is read again with the subject. */
    default Set<Subject<?>> explainedBy() {
        return Set.of();
    }

    /** Returns whether two values of an attribute mean the same. */
    default boolean same(String name, String before, String after) {
        return before.equals(after);
    }
}
