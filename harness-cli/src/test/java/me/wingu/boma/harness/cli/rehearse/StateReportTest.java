package me.wingu.boma.harness.cli.rehearse;

import static org.assertj.core.api.Assertions.assertThat;

import me.wingu.boma.harness.state.RecordedHost;
import org.junit.jupiter.api.Test;

class StateReportTest {

    @Test
    void should_tell_the_gist_and_why_something_is_not_known() {
        String text = new StateReport(new RecordedHost().state("askari after reboot 1")).text();

        assertThat(text.lines())
                .first()
                .asString()
                .startsWith("askari after reboot 1, read in ")
                .contains("slowest collector: ");
        assertThat(text)
                .contains("\n  boot           Debian GNU/Linux 13 (trixie), kernel 6.12.107+deb13-cloud-amd64, up ")
                .contains("\n  listening      udp UNCONN 0.0.0.0:51820")
                .contains("\n                 tcp LISTEN 0.0.0.0:22 sshd, ssh.service")
                .contains("\n  containers     web running")
                .contains("\n                 claude: [(ALL) NOPASSWD: ALL, from /etc/sudoers.d/claude]")
                .contains("\n  disks          /: 18 % of ")
                .contains("\n  audit          not present: auditctl")
                .doesNotContain("127.0.0.1:41559");
    }
}
