package me.wingu.boma.harness.assertions;

import static me.wingu.boma.harness.assertions.BomaAssertions.assertThat;
import static me.wingu.boma.harness.assertions.BomaAssertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import me.wingu.boma.harness.probe.DnsAnswer;
import me.wingu.boma.harness.probe.DnsQuestion;
import me.wingu.boma.harness.probe.DnsReply;
import me.wingu.boma.harness.probe.SshAnswer;
import me.wingu.boma.harness.probe.SshGreeting;
import me.wingu.boma.harness.probe.SshQuestion;
import me.wingu.boma.harness.probe.StunAnswer;
import me.wingu.boma.harness.probe.StunBinding;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** STUN, DNS and SSH. */
class AnswerAssertsTest {

    private static final DnsQuestion NAME = new DnsQuestion("host.example.org", "A");
    private static final SshQuestion LOGIN = SshQuestion.login("ansible", Path.of("/keys/id"));
    private static final String BANNER = "SSH-2.0-OpenSSH_10.0p2";

    @Test
    void should_judge_a_stun_binding() {
        InetSocketAddress mapped = new InetSocketAddress(Findings.address("2001:db8::7"), 40_000);
        StunAnswer answer = new StunAnswer(
                Optional.of(new StunBinding(mapped, Optional.empty())), Findings.trial("STUN", "binding response"));
        StunAnswer none = new StunAnswer(Optional.empty(), Findings.trial("STUN", "no answer"));

        assertThat(answer).answers().sees("2001:db8::7");
        assertFails(() -> assertThat(answer).sees("2001:db8::1"), "to see 2001:db8::1 but it sees 2001:db8:0:0:0:0:0:7\n");
        assertFails(() -> assertThat(none).answers(), "Expecting a STUN binding but there was none\n  tried: STUN\n");
    }

    @Test
    void should_judge_a_dns_answer() {
        DnsReply reply = new DnsReply("NOERROR", List.of("198.51.100.5", "198.51.100.6"), false);
        DnsAnswer answer = new DnsAnswer(NAME, Optional.of(reply), Findings.trial("DNS query", "NOERROR"));
        DnsAnswer none = new DnsAnswer(NAME, Optional.empty(), Findings.trial("DNS query", "no answer"));

        assertThat(answer).hasStatus("NOERROR").resolvesTo("198.51.100.6", "198.51.100.5");
        assertFails(() -> assertThat(answer).hasStatus("NXDOMAIN"), "the status NXDOMAIN but it is NOERROR\n");
        assertFails(
                () -> assertThat(answer).resolvesTo("198.51.100.6"),
                "Expecting [198.51.100.6] but the answer is [198.51.100.5, 198.51.100.6]\n");
        assertFails(() -> assertThat(none).hasStatus("NOERROR"), "Expecting a DNS answer but there was none\n");
        assertThatThrownBy(() -> assertThat(answer).resolvesTo()).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void should_judge_an_ssh_login() {
        SshAnswer in = greeted(LOGIN, new SshGreeting(BANNER, Optional.of("SHA256:abc"), Optional.of("ansible")));
        SshAnswer out = greeted(LOGIN, new SshGreeting(BANNER, Optional.of("SHA256:abc"), Optional.empty()));
        SshAnswer none = new SshAnswer(LOGIN, Optional.empty(), Findings.trial("SSH login", "no answer"));

        assertThat(in).answers().letsIn().hasHostKey("SHA256:abc");
        assertThat(out).answers().refusesKey();
        assertFails(() -> assertThat(out).letsIn(), "Expecting the key to get in but it was refused\n  tried: SSH\n");
        assertFails(() -> assertThat(in).refusesKey(), "Expecting the key to be refused but it got in\n");
        assertFails(() -> assertThat(in).hasHostKey("SHA256:xyz"), "host key SHA256:xyz but it is SHA256:abc\n");
        assertFails(() -> assertThat(none).answers(), "Expecting an SSH server but none answered\n");
        assertFails(() -> assertThat(none).refusesKey(), "Expecting an SSH server but none answered\n");
    }

    @Test
    void should_not_judge_a_login_that_nobody_tried() {
        SshAnswer banner =
                greeted(SshQuestion.banner(), new SshGreeting(BANNER, Optional.empty(), Optional.empty()));

        assertThat(banner).answers();
        assertThatThrownBy(() -> assertThat(banner).refusesKey()).isInstanceOf(IllegalStateException.class);
    }

    private static SshAnswer greeted(SshQuestion question, SshGreeting greeting) {
        return new SshAnswer(question, Optional.of(greeting), Findings.trial("SSH", BANNER));
    }

    private static void assertFails(ThrowingCallable assertion, String message) {
        assertThatThrownBy(assertion).isInstanceOf(AssertionError.class).hasMessageContaining(message);
    }
}
