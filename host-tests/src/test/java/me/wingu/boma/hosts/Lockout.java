package me.wingu.boma.hosts;

import static java.time.Duration.ofSeconds;
import static me.wingu.boma.harness.assertions.BomaAssertions.assertThat;
import static me.wingu.boma.harness.assertions.BomaAssertions.eventually;
import static me.wingu.boma.harness.assertions.BomaAssertions.tcp;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import me.wingu.boma.harness.rehearsal.Vm;
import me.wingu.boma.harness.state.access.AccessVerdict;
import me.wingu.boma.harness.state.access.LockoutCheck;
import me.wingu.boma.harness.state.access.OperatorPath;

/**
 * The rehearsal of the worst mistake: a ruleset that lets the operator in no more. It is loaded as the role loads one, by
 * {@code base-firewall-load}; the harness keeps the connection that it has, and tries new ones from outside. Who rehearses it
 * has the VM reverted: its loading takes Docker's rules away.
 */
final class Lockout {

    private final Vm vm;

    Lockout(Vm vm) {
        this.vm = vm;
    }

    /** Loads the bad ruleset with the timer armed, and does nothing but watch. */
    void isTakenBackWithin(Duration timeout, Duration tolerance) {
        assertThat(vm.reach(tcp(22)).from("admin")).isOpen();
        Instant armed = Instant.now();
        load(timeout);
        assertThat(vm.reach(tcp(22)).from("admin")).as("SSH under the bad ruleset").isFiltered();
        eventually(
                timeout.plus(tolerance),
                () -> assertThat(vm.reach(tcp(22)).from("admin")).as("SSH after the rollback").isOpen());
        Duration lockedOut = Duration.between(armed, Instant.now());
        assertThat(lockedOut)
                .as("from the loading of the bad ruleset until the operator gets in again")
                .isBetween(timeout.minusSeconds(5), timeout.plus(tolerance));
        System.out.printf(Locale.ROOT, "The operator was locked out for %.1f s.%n", lockedOut.toMillis() / 1000.0);
        assertThat(vm.shell().run("tail -n +2 /etc/nftables.conf | cmp - /run/lockout-good", ofSeconds(30)))
                .as("the ruleset that the next boot loads, compared with the one before the mistake")
                .succeeded();
    }

    /** Loads the bad ruleset with nothing to take it back, and asks why the operator does not get in. */
    void isNamedByTheVerdict(String wan) {
        load(Duration.ZERO);
        AccessVerdict verdict = new LockoutCheck(
                        "ansible", List.of(OperatorPath.ssh("admin", vm.address("admin"), wan)))
                .judge(vm.refresh().state());
        assertThat(verdict.isOpenNow()).as("%s", verdict).isFalse();
        assertThat(verdict.survivesReboot()).as("%s", verdict).isFalse();
        assertThat(verdict.toString()).contains("tcp dport 22 drop");
    }

    private void load(Duration timeout) {
        String script =
                """
                cp /etc/nftables.conf /run/lockout-good
                sed '/type filter hook input/a ct state new tcp dport 22 drop' /run/lockout-good >/etc/nftables.conf
                base-firewall-load %d /run/lockout-good
                """
                        .formatted(timeout.toSeconds());
        assertThat(vm.shell().run(script, vm.patience(ofSeconds(60)))).as("loading the bad ruleset").succeeded();
    }
}
