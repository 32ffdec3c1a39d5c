package me.wingu.boma.harness.probe;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * How a probe was carried out: what was tried, from where, how long it took and what was seen.
 *
 * @param what what was tried, such as {@code TCP connect to 198.51.100.20:443}
 * @param vantage the name of the vantage
 * @param source the address that it was tried from; empty when that is not known
 * @param at when the first try began
 * @param tries how many tries were made
 * @param took the time from the first try to the answer, or to the end of the patience
 * @param seen what the last try saw, such as {@code connection refused}
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record Trial(
        String what,
        String vantage,
        Optional<InetAddress> source,
        Instant at,
        int tries,
        Duration took,
        String seen) {

    /** Returns the vantage and its source for a person: {@code stranger (198.51.100.7)}. */
    public String from() {
        return source.map(address -> vantage + " (" + Targets.text(address) + ")").orElse(vantage);
    }

    /** Returns the same trial, told in the words of a higher protocol. */
    Trial retold(String better) {
        return new Trial(better, vantage, source, at, tries, took, seen);
    }

    /** Returns the same trial, after a closer look at what came back. */
    Trial having(String closer) {
        return new Trial(what, vantage, source, at, tries, took, closer);
    }

    /** Returns four labelled lines for a failure message, without a final line break. */
    public String describe() {
        return "  tried: " + what
                + "\n  from:  " + from()
                + "\n  took:  " + took.toMillis() + " ms, " + (tries == 1 ? "1 try" : tries + " tries")
                + "\n  seen:  " + seen.strip().replace("\n", "\n         ");
    }
}
