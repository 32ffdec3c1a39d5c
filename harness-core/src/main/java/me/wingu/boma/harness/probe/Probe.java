package me.wingu.boma.harness.probe;

import java.net.InetAddress;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * A question about a host that still has to be put from somewhere.
 *
 * <pre>{@code
 * Reach reach = outside.reach(tcp(443)).over(IPV6).from("stranger");
 * }</pre>
 *
 * @param <R> what comes of it
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class Probe<R> {

    private final Outside outside;
    private final Question<R> question;
    private final IpVersion version;
    private final Patience patience;

    Probe(Outside outside, Question<R> question, IpVersion version, Patience patience) {
        this.outside = outside;
        this.question = question;
        this.version = version;
        this.patience = patience;
    }

    /** Returns the same question, to be put over another IP version; IPv4 unless said otherwise. */
    public Probe<R> over(IpVersion other) {
        return new Probe<>(outside, question, other, patience);
    }

    /** Returns the same question, to be put with another patience than the host's own. */
    public Probe<R> patiently(Patience other) {
        return new Probe<>(outside, question, version, other);
    }

    /**
     * Puts the question and waits for what comes of it, as long as the patience lasts.
     *
     * @param vantage the name of a vantage
     * @throws me.wingu.boma.harness.HarnessException when the vantage is unknown or cannot send, or the host has no
     *     address of the wanted IP version
     */
    public R from(String vantage) {
        return from(outside.vantage(vantage));
    }

    /** Puts the question from a vantage that the host's profile does not name. */
    public R from(Vantage vantage) {
        return question.put(vantage, outside.address(version), patience);
    }

    /** What is asked of a vantage. */
    @FunctionalInterface
    interface Question<R> {

        R put(Vantage vantage, InetAddress host, Patience patience);
    }
}
