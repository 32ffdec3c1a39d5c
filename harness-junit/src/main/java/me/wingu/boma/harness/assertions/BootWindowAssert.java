package me.wingu.boma.harness.assertions;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import me.wingu.boma.harness.probe.BootWindow;
import me.wingu.boma.harness.probe.Reachable;
import me.wingu.boma.harness.probe.Service;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.assertj.core.api.AbstractAssert;

/** Assertions on what could be reached of a host, and when, while it booted. */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public class BootWindowAssert extends AbstractAssert<BootWindowAssert, BootWindow> {

    static final String UNSEEN = " never to be open but it was not looked at since the kernel's start";

    /** Creates the assertions on one boot. */
    public BootWindowAssert(BootWindow actual) {
        super(actual, BootWindowAssert.class);
    }

    /**
     * Verifies that a service was open within a time from the kernel's start.
     *
     * <pre>{@code
     * assertThat(window).opensWithin(ofSeconds(60), tcp(443));   // passes when it first answered after 14 s
     * assertThat(window).opensWithin(ofSeconds(10), tcp(443));   // fails for it
     * }</pre>
     */
    public BootWindowAssert opensWithin(Duration limit, Reachable target) {
        Optional<Duration> opened = firstOpen(target);
        if (opened.isEmpty() || opened.get().compareTo(limit) > 0) {
            fail("Expecting " + target.service() + " to be open within " + limit.toMillis() + " ms but "
                    + opened.map(after -> "it was after " + after.toMillis() + " ms").orElse("it never was"));
        }
        return this;
    }

    /**
     * Verifies that a service was never open after the kernel's start.
     *
     * <pre>{@code
     * assertThat(window).neverOpens(tcp(22));    // passes when the firewall was always there
     * assertThat(window).neverOpens(tcp(443));   // fails when it served in the end
     * }</pre>
     */
    public BootWindowAssert neverOpens(Reachable target) {
        Optional<Duration> opened = firstOpen(target);
        if (actual.staysSilent(target)) {
            throw new IllegalArgumentException(silent(target.service()));
        }
        if (actual.notLookedAtBefore(Instant.MAX).contains(target.service())) {
            fail("Expecting " + target.service() + UNSEEN);
        }
        opened.ifPresent(after ->
                fail("Expecting " + target.service() + " never to be open but it was after " + after.toMillis() + " ms"));
        return this;
    }

    /**
     * Verifies that no probe was answered or refused between the kernel's start and a moment.
     *
     * <pre>{@code
     * assertThat(window).letsNothingInBefore(firewallLoaded);   // passes when nftables.service came before the network
     * assertThat(window).letsNothingInBefore(firewallLoaded);   // fails when sshd was quicker
     * }</pre>
     *
     * @param moment such as the loading of the firewall, by this machine's clock
     */
    public BootWindowAssert letsNothingInBefore(Instant moment) {
        isNotNull();
        if (!moment.isAfter(actual.kernelStart())) {
            throw new IllegalArgumentException(moment + " is before the kernel's start: nothing would be asserted");
        }
        if (actual.staysSilent()) {
            throw new IllegalArgumentException("nothing that was watched tells open from filtered: nothing would be asserted");
        }
        List<Service> unseen = actual.notLookedAtBefore(moment);
        if (!unseen.isEmpty()) {
            fail("Expecting nothing to be reachable before " + Duration.between(actual.kernelStart(), moment).toMillis()
                    + " ms but " + unseen + " were not looked at until then: watch them from before the boot on");
        }
        List<Service> reachable = actual.reachableBefore(moment);
        if (!reachable.isEmpty()) {
            long millis = Duration.between(actual.kernelStart(), moment).toMillis();
            fail("Expecting nothing to be reachable before " + millis + " ms but " + reachable + " could be reached");
        }
        return this;
    }

    static String silent(Service service) {
        return service + " was silent, which tells nothing: prove it, with assertThat(vm.nftables())";
    }

    private Optional<Duration> firstOpen(Reachable target) {
        isNotNull();
        if (actual.ports().stream().noneMatch(port -> port.service().equals(target.service()))) {
            throw new IllegalArgumentException(target.service() + " was not watched");
        }
        return actual.firstOpen(target);
    }

    private void fail(String problem) {
        failWithMessage(
                "%s",
                problem + "\n  from:  " + actual.from() + ", times since the kernel's start"
                        + Tried.block("seen", actual.timeline()));
    }
}
