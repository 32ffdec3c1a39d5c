package me.wingu.boma.harness.assertions;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * What assertions on one named thing of a host share.
 *
 * @param <S> the assertions' own type
 * @param <T> the thing's type
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public abstract class SoughtAssert<S extends SoughtAssert<S, T>, T> extends StateAssert<S, Sought<T>> {

    /** Creates the assertions on one thing. */
    protected SoughtAssert(Sought<T> actual, Class<?> selfType) {
        super(actual, selfType, actual.title());
    }

    /** Verifies that it is there. */
    public S exists() {
        return check(actual.found().isPresent(), "Expecting " + actual.what() + ", but there is none.", actual.around());
    }

    /**
     * Fails when the thing is missing, or does not hold what is expected of it.
     *
     * @param expectation what is expected: {@code to be running}
     * @param holds whether the thing holds it
     * @param seen the relevant part of the thing
     */
    protected S verify(String expectation, Predicate<T> holds, Function<T, ?> seen) {
        if (actual.found().isEmpty()) {
            return exists();
        }
        T thing = actual.found().get();
        return check(
                holds.test(thing), "Expecting " + actual.what() + " " + expectation + ".", List.of(seen.apply(thing)));
    }

    /** Fails as {@link #verify(String, Predicate, Function)} does, and shows the whole thing. */
    protected S verify(String expectation, Predicate<T> holds) {
        return verify(expectation, holds, thing -> thing);
    }
}
