package me.wingu.boma.harness.state;

import java.util.Optional;
import java.util.function.Function;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.HarnessException.Kind;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * What was learnt about one subject of a host: its value, or why there is none.
 *
 * <p>A host without Docker has no <em>empty</em> list of containers: nobody asked Docker. The difference is kept, so
 * that no test passes because a tool was missing.
 *
 * @param <T> the subject's type
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public sealed interface Reading<T> {

    /** The subject was read. */
    record Known<T>(T value) implements Reading<T> {}

    /**
     * The subject was not read.
     *
     * @param why what stood in the way
     * @param detail what was seen: the missing tool's name, or the collector's own words
     */
    record Missing<T>(Why why, String detail) implements Reading<T> {

        @Override
        public String toString() {
            return why.words + (detail.isBlank() ? "" : ": " + detail);
        }
    }

    /** What stands in the way of a reading. */
    enum Why {
        /** The host has no such tool. */
        NOT_PRESENT("not present"),
        /** The caller left the subject out. */
        NOT_ASKED("not asked for"),
        /** The tool is there, but failed or did not end, or its output could not be understood. */
        FAILED("could not be read");

        private final String words;

        Why(String words) {
            this.words = words;
        }
    }

    /** Returns the value when it is known. */
    default Optional<T> find() {
        return this instanceof Known<T> known ? Optional.of(known.value()) : Optional.empty();
    }

    /** Returns a reading of the mapped value, or this one's reason. */
    default <U> Reading<U> map(Function<? super T, ? extends U> mapper) {
        if (this instanceof Known<T> known) {
            return new Known<>(mapper.apply(known.value()));
        }
        Missing<T> missing = (Missing<T>) this;
        return new Missing<>(missing.why(), missing.detail());
    }

    /**
     * Returns the value.
     *
     * @param subject what this is a reading of, for the failure: {@code "sockets of askari"}
     * @throws HarnessException when it is not known; the message says why
     */
    default T orThrow(String subject) {
        if (this instanceof Known<T> known) {
            return known.value();
        }
        Missing<T> missing = (Missing<T>) this;
        String next = switch (missing.why()) {
            case NOT_PRESENT -> "install the tool on the host, or assert that it is absent";
            case NOT_ASKED -> "add the subject to those that the collector is asked for";
            case FAILED -> "run the tool on the host by hand";
        };
        throw new HarnessException(Kind.STEP, "Nothing is known about the " + subject + ".", missing.toString(), next);
    }
}
