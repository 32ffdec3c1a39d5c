package me.wingu.boma.harness.assertions;

import java.util.Collection;
import java.util.Optional;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assert;
import org.assertj.core.api.AssertFactory;

/**
 * What assertions on one subject of a host's state share.
 *
 * @param <S> the assertions' own type
 * @param <A> the subject's type
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public abstract class StateAssert<S extends StateAssert<S, A>, A> extends AbstractAssert<S, A> {

    private Optional<BomaSoftAssertions> soft = Optional.empty();

    /**
     * Creates the assertions and describes them.
     *
     * @param actual the subject's value
     * @param selfType the assertions' own type
     * @param title the description: {@code askari sockets after reboot 1}
     */
    protected StateAssert(A actual, Class<?> selfType, String title) {
        super(actual, selfType);
        as("%s", title);
    }

    /**
     * Fails when something does not hold.
     *
     * @param holds whether it does
     * @param sentence what was expected and what is instead, as a sentence
     * @param seen the relevant part of the actual state, one thing a line
     */
    protected S check(boolean holds, String sentence, Collection<?> seen) {
        if (!holds) {
            failWithMessage("%s", Wording.failure(sentence, seen));
        }
        return myself;
    }

    void collectInto(BomaSoftAssertions assertions) {
        soft = Optional.of(assertions);
    }

    /**
     * Goes on to one thing of the subject. Among soft assertions the next ones are soft too; else a thing that is
     * missing fails at once, so that naming it alone asserts something.
     */
    <T, N extends SoughtAssert<N, T>> N navigate(
            Class<N> type, Sought<T> sought, AssertFactory<Sought<T>, N> factory) {
        if (soft.isEmpty()) {
            N next = factory.createAssert(sought);
            return next.exists();
        }
        // Thrown inside this method of a proxy, the failure would take the place of the next assertions.
        N next = soft.get().softly(type, sought);
        try {
            next.exists();
        } catch (AssertionError missing) {
            soft.get().collectAssertionError(missing);
        }
        return next;
    }
}
