package me.wingu.boma.harness.assertions;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import me.wingu.boma.harness.probe.BootWindow;
import me.wingu.boma.harness.probe.Reachable;
import me.wingu.boma.harness.probe.WatchedBoot;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.assertj.core.api.AbstractAssert;

/** Assertions on one boot as all vantages saw it from outside. */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public class WatchedBootAssert extends AbstractAssert<WatchedBootAssert, WatchedBoot> {

    /** Creates the assertions on one boot. */
    public WatchedBootAssert(WatchedBoot actual) {
        super(actual, WatchedBootAssert.class);
    }

    /**
     * Verifies that from no vantage anything was answered or refused before the firewall was in force.
     *
     * <pre>{@code
     * assertThat(vm.watchedBoot()).letsNothingInBeforeTheFirewall();   // passes when nftables.service came first
     * assertThat(vm.watchedBoot()).letsNothingInBeforeTheFirewall();   // fails when sshd did, or no unit loaded one
     * }</pre>
     */
    public WatchedBootAssert letsNothingInBeforeTheFirewall() {
        isNotNull();
        if (actual.windows().stream().allMatch(BootWindow::staysSilent)) {
            throw new IllegalArgumentException(
                    "the boot was watched from nowhere, or nothing that tells open from filtered: nothing would be asserted");
        }
        if (actual.firewallLoaded().isEmpty()) {
            fail("Expecting a unit to have loaded a firewall but none did");
        }
        List<String> unseen = actual.notSeenBeforeTheFirewall();
        if (!unseen.isEmpty()) {
            fail("Expecting nothing to be reachable before the firewall was in force but nobody looked until then from "
                    + String.join(", from ", unseen));
        }
        List<String> early = actual.reachableBeforeTheFirewall();
        if (!early.isEmpty()) {
            fail("Expecting nothing to be reachable before the firewall was in force but it was from "
                    + String.join(", from ", early));
        }
        return this;
    }

    /**
     * Verifies that a service answered one vantage within a time from the kernel's start.
     *
     * <pre>{@code
     * assertThat(boot).opens(tcp(443), "stranger", ofSeconds(60));   // passes when it first answered after 14 s
     * assertThat(boot).opens(tcp(443), "stranger", ofSeconds(10));   // fails for it
     * }</pre>
     *
     * @param target a service that the host offers
     * @param from the vantage's name; {@code stranger over IPv6} for the other IP version
     * @param within how long after the kernel's start it may take
     */
    public WatchedBootAssert opens(Reachable target, String from, Duration within) {
        isNotNull();
        Optional<Duration> opened = watched(target, from).firstOpen(target);
        if (opened.isEmpty() || opened.get().compareTo(within) > 0) {
            fail("Expecting " + target.service() + " to be open from " + from + " within " + within.toMillis()
                    + " ms but " + opened.map(after -> "it was after " + after.toMillis() + " ms").orElse("it never was"));
        }
        return this;
    }

    /**
     * Verifies that a service never answered one vantage while the host booted.
     *
     * <pre>{@code
     * assertThat(boot).neverOpens(tcp(22), "stranger");    // passes when the firewall was always there
     * assertThat(boot).neverOpens(tcp(443), "stranger");   // fails when it served in the end
     * }</pre>
     *
     * @param target a service that the host offers
     * @param from the vantage's name; {@code stranger over IPv6} for the other IP version
     */
    public WatchedBootAssert neverOpens(Reachable target, String from) {
        isNotNull();
        BootWindow window = watched(target, from);
        if (window.staysSilent(target)) {
            throw new IllegalArgumentException(BootWindowAssert.silent(target.service()));
        }
        if (window.notLookedAtBefore(Instant.MAX).contains(target.service())) {
            fail("Expecting " + target.service() + " from " + from + BootWindowAssert.UNSEEN);
        }
        window.firstOpen(target).ifPresent(after -> fail("Expecting " + target.service() + " never to be open from " + from
                + " but it was after " + after.toMillis() + " ms"));
        return this;
    }

    private BootWindow watched(Reachable target, String from) {
        BootWindow window = actual.from(from);
        if (window.ports().stream().noneMatch(port -> port.service().equals(target.service()))) {
            throw new IllegalArgumentException(
                    target.service() + " was not watched: the host did not listen on it before the reboot");
        }
        return window;
    }

    private void fail(String problem) {
        failWithMessage("%s", problem + Tried.block("seen", actual.timeline()));
    }
}
