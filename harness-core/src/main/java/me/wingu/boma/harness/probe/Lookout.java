package me.wingu.boma.harness.probe;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Watches services of a host over a reboot, over every IP version that both sides have, from every vantage that does
 * not need the host itself.
 *
 * <p>It is prepared while the host still answers, and begins when the old kernel is gone: each probe of an open port costs
 * the host a process, and would only make it go down later.
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class Lookout implements AutoCloseable {

    private final List<Supplier<BootWatch>> posts;
    private final List<BootWatch> watches = new ArrayList<>();

    private Lookout(List<Supplier<BootWatch>> posts) {
        this.posts = posts;
    }

    static Lookout prepare(List<Vantage> vantages, Outside outside, List<Service> services, Pace pace) {
        List<Supplier<BootWatch>> posts = new ArrayList<>();
        for (IpVersion version : IpVersion.values()) {
            for (Vantage vantage : vantages) {
                if (vantage.versions().contains(version) && !vantage.isWithinTheHost()) {
                    outside.find(version).ifPresent(host ->
                            posts.add(() -> BootWatch.start(vantage, name(vantage, version), host, services, pace)));
                }
            }
        }
        return new Lookout(posts);
    }

    /** Begins to watch; again does nothing. */
    public void begin() {
        if (watches.isEmpty()) {
            posts.forEach(post -> watches.add(post.get()));
        }
    }

    private static String name(Vantage vantage, IpVersion version) {
        return version == IpVersion.IPV4 ? vantage.name() : vantage.name() + " over " + version;
    }

    /**
     * Ends the watch.
     *
     * @param kernelStart when the new kernel started, by this machine's clock
     * @param precision how far that may be off
     * @param firewallLoaded how long after it the firewall was in force; empty when no unit loaded one
     * @return what was seen
     * @throws me.wingu.boma.harness.HarnessException when a probe could not be sent
     */
    public WatchedBoot finish(Instant kernelStart, Duration precision, Optional<Duration> firewallLoaded) {
        close();
        return new WatchedBoot(
                kernelStart,
                precision,
                firewallLoaded,
                watches.stream().map(watch -> watch.finish(kernelStart)).toList());
    }

    /** Ends the watch; a probe on its way may still end in the background. */
    @Override
    public void close() {
        watches.forEach(BootWatch::close);
    }
}
