package me.wingu.boma.harness.assertions;

import me.wingu.boma.harness.probe.SshAnswer;
import me.wingu.boma.harness.probe.SshGreeting;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.assertj.core.api.AbstractAssert;

/** Assertions on how an SSH server met who asked. */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public class SshAssert extends AbstractAssert<SshAssert, SshAnswer> {

    /** Creates the assertions on one answer. */
    public SshAssert(SshAnswer actual) {
        super(actual, SshAssert.class);
    }

    /**
     * Verifies that an SSH server answered, whether or not it lets anybody in.
     *
     * <pre>{@code
     * assertThat(vm.outside().ssh(SshQuestion.banner()).from("admin")).answers();      // passes when sshd runs
     * assertThat(vm.outside().ssh(SshQuestion.banner()).from("stranger")).answers();   // fails when the firewall drops it
     * }</pre>
     */
    public SshAssert answers() {
        greeting();
        return this;
    }

    /**
     * Verifies that the key got in.
     *
     * <pre>{@code
     * assertThat(vm.outside().ssh(SshQuestion.login("ansible", key)).from("admin")).letsIn();   // passes
     * assertThat(vm.outside().ssh(SshQuestion.login("root", key)).from("admin")).letsIn();      // fails: PermitRootLogin no
     * }</pre>
     */
    public SshAssert letsIn() {
        if (mustHaveTried().user().isEmpty()) {
            fail("Expecting the key to get in but it was refused");
        }
        return this;
    }

    /**
     * Verifies that an SSH server answered and refused the key.
     *
     * <pre>{@code
     * assertThat(vm.outside().ssh(SshQuestion.login("root", key)).from("admin")).refusesKey();     // passes: PermitRootLogin no
     * assertThat(vm.outside().ssh(SshQuestion.login("ansible", key)).from("admin")).refusesKey();  // fails: it gets in
     * }</pre>
     */
    public SshAssert refusesKey() {
        if (mustHaveTried().user().isPresent()) {
            fail("Expecting the key to be refused but it got in");
        }
        return this;
    }

    /**
     * Verifies the server's host key.
     *
     * <pre>{@code
     * assertThat(ssh).hasHostKey("SHA256:Vy0…");    // passes when ssh-keygen -l shows the same
     * assertThat(ssh).hasHostKey("SHA256:AAA…");    // fails
     * }</pre>
     *
     * @param fingerprint the fingerprint as {@code ssh-keygen -l} writes it
     */
    public SshAssert hasHostKey(String fingerprint) {
        String hostKey = mustHaveTried().hostKey().orElse("unknown");
        if (!hostKey.equals(fingerprint)) {
            fail("Expecting the host key " + fingerprint + " but it is " + hostKey);
        }
        return this;
    }

    private SshGreeting mustHaveTried() {
        SshGreeting greeting = greeting();
        if (actual.question().login().isEmpty()) {
            throw new IllegalStateException("only the banner was read: ask by SshQuestion.login(user, key)");
        }
        return greeting;
    }

    private SshGreeting greeting() {
        isNotNull();
        if (actual.greeting().isEmpty()) {
            fail("Expecting an SSH server but none answered");
        }
        return actual.greeting().orElseThrow();
    }

    private void fail(String problem) {
        failWithMessage("%s", Tried.failure(problem, actual.trial()));
    }
}
