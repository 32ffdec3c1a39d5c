package me.wingu.boma.hosts;

import static java.time.Duration.ofSeconds;
import static me.wingu.boma.harness.assertions.BomaAssertions.assertThat;
import static me.wingu.boma.harness.assertions.BomaAssertions.eventually;
import static me.wingu.boma.harness.assertions.BomaAssertions.from;
import static me.wingu.boma.harness.assertions.BomaAssertions.tcp;
import static me.wingu.boma.harness.assertions.BomaAssertions.udp;

import java.util.List;
import me.wingu.boma.harness.guest.CommandResult;
import me.wingu.boma.harness.junit.AfterReboot;
import me.wingu.boma.harness.junit.IntegrationVm;
import me.wingu.boma.harness.rehearsal.Vm;
import me.wingu.boma.harness.state.drift.Drift;
import org.junit.jupiter.api.Test;

/** ubongo as it should be: the control host, where people use their password, and the automation worker leaves traces. */
@IntegrationVm(host = "ubongo")
class UbongoIT {

    private static final String COORDINATOR = "netbird.askari.wingu.me";
    private static final String PIN = "77.42.120.136";

    // The firewall, and who gets in.

    @Test
    void nothingButSshIsAdmitted(Vm vm) {
        admitsSshOnly(vm);
    }

    @AfterReboot
    void stillNothingButSshIsAdmitted(Vm vm) {
        admitsSshOnly(vm);
    }

    private static void admitsSshOnly(Vm vm) {
        assertThat(vm.nftables())
                .inbound(from("wan").newConnections().toThisHost())
                .acceptsOnly(
                        tcp(22).from(vm.address("admin"), vm.address("lan")),
                        udp(546).from("fe80::/10")); // the answer to a DHCPv6 request
        assertThat(vm.nftables()).inbound(from("wt0").newConnections().toThisHost()).alwaysAccepts(tcp(22));
        assertThat(vm.nftables()).hook("input").dropsByDefault();
    }

    @Test
    void theLanGetsInAndNobodyElse(Vm vm) {
        admitsTheLan(vm);
    }

    @AfterReboot
    void theLanStillGetsInAndNobodyElse(Vm vm) {
        admitsTheLan(vm);
    }

    private static void admitsTheLan(Vm vm) {
        assertThat(vm.reach(tcp(22)).from("lan")).isOpen();
        assertThat(vm.reach(tcp(22)).from("admin")).isOpen();
        assertThat(vm.reach(tcp(22)).from("stranger")).isFiltered();
    }

    @Test
    void sshdTakesKeysOnlyAndNoRoot(Vm vm) {
        assertThat(vm.sshd()).forbidsPasswords().forbidsRootLogin().listensOnEveryAddress();
    }

    // The automation worker.

    @Test
    void theWorkerHasNoPasswordAndTheGroupsItNeeds(Vm vm) {
        assertThat(vm.accounts()).user("claude").hasNoUsablePassword().isInOnlyGroups("claude", "docker", "libvirt", "kvm");
    }

    @Test
    void theWorkerMayDoEverythingByOneDropIn(Vm vm) {
        assertThat(vm.sudo()).allowsEverything("claude").asksForNoPassword("claude");
        assertThat(vm.shell().run("grep -rl claude /etc/sudoers /etc/sudoers.d", ofSeconds(30)).stdout().strip())
                .as("the files that give the worker its rights")
                .isEqualTo("/etc/sudoers.d/base-ai-worker");
    }

    /** Logs in as the worker, acts as root, and looks for the act under the worker's name. */
    @Test
    void whatTheWorkerDoesAsRootIsKnownToBeItsDoing(Vm vm) {
        CommandResult acted = vm.shell()
                .run(
                        """
                        set -e
                        dir=$(mktemp -d)
                        trap 'rm -rf "$dir" /home/claude/.ssh' EXIT
                        ssh-keygen -q -t ed25519 -N '' -f "$dir/key"
                        install -d -o claude -g claude -m 700 /home/claude/.ssh
                        install -o claude -g claude -m 600 "$dir/key.pub" /home/claude/.ssh/authorized_keys
                        ssh -i "$dir/key" -o BatchMode=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null \
                            claude@127.0.0.1 sudo -n /usr/bin/id -u
                        """,
                        vm.patience(ofSeconds(30)));
        assertThat(acted).succeeded().printed("0");
        eventually(
                vm.patience(ofSeconds(20)),
                () -> assertThat(vm.shell()
                                .run("ausearch --input-logs -k root-by-person -ul claude -x /usr/bin/id -i", ofSeconds(30)))
                        .as("the audit log's entries of claude running id as root")
                        .succeeded()
                        .printed("auid=claude"));
    }

    // The operator.

    @Test
    void theOperatorActsAsRootWithAPassword(Vm vm) {
        assertThat(vm.accounts()).user("sjat").isInGroups("sudo", "libvirt", "kvm").hasPassword();
        assertThat(vm.sudo()).allowsEverything("sjat").asksForPassword("sjat");
    }

    // The mesh pin.

    @Test
    void theCoordinatorIsPinned(Vm vm) {
        assertThat(vm.state().resolver()).hasHostsEntry(COORDINATOR, PIN).resolves(COORDINATOR, PIN);
    }

    /** With every name server out of reach, the coordinator's name still has an address, and no other name has one. */
    @AfterReboot
    void theCoordinatorIsFoundWhileDnsIsDead(Vm vm) {
        vm.faults().noNames();
        assertThat(vm.shell().run("resolvectl flush-caches", ofSeconds(30))).succeeded();
        assertThat(vm.shell().run("timeout 60 getent ahostsv4 " + COORDINATOR, ofSeconds(90))).succeeded().printed(PIN);
        assertThat(vm.shell().run("timeout 60 getent ahostsv4 example.org", ofSeconds(90)).succeeded())
                .as("another name is resolved while DNS is dead")
                .isFalse();
    }

    // The harness's own host.

    @Test
    void theHarnessFindsWhatItNeeds(Vm vm) {
        assertThat(vm.state().packages())
                .areInstalled("libvirt-daemon-system", "qemu-system-x86", "qemu-utils", "ansible-core", "mmdebstrap", "maven");
        assertThat(vm.units()).named("libvirtd.socket").isActive().isEnabled();
        for (String user : List.of("sjat", "claude")) {
            assertThat(vm.shell().run("runuser -u " + user + " -- virsh -c qemu:///system list --all", vm.patience(ofSeconds(30))))
                    .as("libvirt, asked by %s", user)
                    .succeeded();
        }
    }

    @Test
    void noContainerServesHere(Vm vm) {
        assertThat(vm.units()).hasNone("docker.service");
    }

    @Test
    void everythingThatGuardsTheHostRunsAndComesBack(Vm vm) {
        assertThat(vm.units()).noneFailed();
        assertThat(vm.units()).named("nftables.service").isEnabled();
        for (String unit : List.of("ssh.service", "fail2ban.service", "auditd.service")) {
            assertThat(vm.units()).named(unit).isActive().isEnabled();
        }
        assertThat(vm.state().packages()).areInstalled("unattended-upgrades");
        assertThat(vm.state().aptSettings()).have("APT::Periodic::Unattended-Upgrade", "1");
        assertThat(vm.state().audit()).hasRuleMatching(".*execve.*-F euid=0.*-F auid>=1000.*root-by-person");
    }

    @AfterReboot
    void theRebootChangedNothing(Drift drift) {
        assertThat(drift).isEmpty();
    }
}
