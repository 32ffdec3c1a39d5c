package me.wingu.boma.hosts;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofSeconds;
import static me.wingu.boma.harness.assertions.BomaAssertions.assertThat;
import static me.wingu.boma.harness.assertions.BomaAssertions.eventually;
import static me.wingu.boma.harness.assertions.BomaAssertions.from;
import static me.wingu.boma.harness.assertions.BomaAssertions.tcp;
import static me.wingu.boma.harness.assertions.BomaAssertions.udp;
import static me.wingu.boma.harness.probe.IpVersion.IPV4;
import static me.wingu.boma.harness.probe.IpVersion.IPV6;
import static me.wingu.boma.harness.probe.TlsVersion.TLS_1_2;
import static me.wingu.boma.harness.probe.TlsVersion.TLS_1_3;
import static me.wingu.boma.harness.rehearsal.RebootKind.POWER_LOSS;
import static me.wingu.boma.harness.state.Subject.CONTAINERS;
import static me.wingu.boma.harness.state.Subject.JOURNAL;
import static me.wingu.boma.harness.state.Subject.NETWORK;
import static me.wingu.boma.harness.state.Subject.WIREGUARD;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import me.wingu.boma.harness.junit.AfterReboot;
import me.wingu.boma.harness.junit.IntegrationVm;
import me.wingu.boma.harness.junit.Last;
import me.wingu.boma.harness.junit.Reverted;
import me.wingu.boma.harness.nftables.proof.Firewall;
import me.wingu.boma.harness.probe.Issuance;
import me.wingu.boma.harness.probe.TlsAnswer;
import me.wingu.boma.harness.probe.TlsSession;
import me.wingu.boma.harness.probe.Trust;
import me.wingu.boma.harness.profile.CertTier;
import me.wingu.boma.harness.rehearsal.Rehearsal;
import me.wingu.boma.harness.rehearsal.Vm;
import me.wingu.boma.harness.state.HostState;
import me.wingu.boma.harness.state.access.LockoutCheck;
import me.wingu.boma.harness.state.access.OperatorPath;
import me.wingu.boma.harness.state.drift.Drift;
import org.junit.jupiter.api.Test;

/**
 * askari as it should be: a public Docker host, coordinator and member of its own mesh, that comes back from every reboot and
 * lets its operator in. What is asserted of it holds after the site was applied, after a reboot and after a power loss.
 */
@IntegrationVm(host = "askari")
class AskariIT {

    private static final String TEST_SITE = "test.askari.wingu.me";
    private static final String COORDINATOR = "netbird.askari.wingu.me";

    // The firewall.

    @Test
    void nothingButTheAgreedServicesIsAdmitted(Vm vm) {
        admitsOnlyTheAgreedServices(vm, vm.nftables());
    }

    @AfterReboot
    void stillNothingElseIsAdmitted(Vm vm) {
        admitsOnlyTheAgreedServices(vm, vm.nftables());
    }

    @AfterReboot(POWER_LOSS)
    void nothingElseIsAdmittedAfterAPowerLoss(Vm vm) {
        admitsOnlyTheAgreedServices(vm, vm.nftables());
    }

    private static void admitsOnlyTheAgreedServices(Vm vm, Firewall firewall) {
        assertThat(firewall)
                .inbound(from("wan").newConnections().toThisHost())
                .acceptsOnly(
                        tcp(80),
                        tcp(443),
                        udp(3478),
                        tcp(22).from(vm.address("admin"), vm.address("admin6")),
                        udp(546).from("fe80::/10")); // the answer to a DHCPv6 request
    }

    /** Before Docker leads some of them on to its containers: its rules are no part of the file. */
    @Test
    void theNextBootAdmitsTheAgreedServicesAndNothingElse(Vm vm) {
        Firewall next = vm.nftablesOfTheNextBoot();
        admitsOnlyTheAgreedServices(vm, next);
        alwaysAdmitsTheAgreedServices(vm, next);
        assertThat(next).inbound(from("wan").newConnections()).alwaysAccepts(tcp(80), tcp(443));
    }

    @Test
    void theAgreedServicesAreAlwaysAdmitted(Vm vm) {
        alwaysAdmitsTheAgreedServices(vm, vm.nftables());
    }

    @AfterReboot
    void theAgreedServicesAreStillAdmitted(Vm vm) {
        alwaysAdmitsTheAgreedServices(vm, vm.nftables());
    }

    private static void alwaysAdmitsTheAgreedServices(Vm vm, Firewall firewall) {
        assertThat(firewall)
                .inbound(from("wan").newConnections())
                .alwaysAccepts(udp(3478), tcp(22).from(vm.address("admin"), vm.address("admin6")));
        assertThat(firewall).inbound(from("wt0").newConnections()).alwaysAccepts(tcp(22));
    }

    @Test
    void onlyTheInputChainDeniesByDefault(Vm vm) {
        assumeThat(vm.scenario())
                .as("scenarios of a forward chain that denies are about what comes of it")
                .isNotIn(Optional.of("forward-drop"), Optional.of("forward-drop-in"));
        assertThat(vm.nftables()).hook("input").dropsByDefault();
        assertThat(vm.nftables()).chain("inet filter forward").hasPolicy("accept");
    }

    @Test
    void publishedPortsLeadToTheProxy(Vm vm) {
        publishesTheProxy(vm);
    }

    @AfterReboot
    void publishedPortsStillLeadToTheProxy(Vm vm) {
        publishesTheProxy(vm);
    }

    private static void publishesTheProxy(Vm vm) {
        String proxy = vm.containers().named("reverse-proxy").orElseThrow().networks().get(0).ipv4().orElseThrow();
        assertThat(vm.nftables())
                .inbound(from("wan").newConnections())
                .alwaysReaches(tcp(443), proxy, 443)
                .alwaysReaches(tcp(80), proxy, 80);
    }

    @Test
    void containersReachOut(Vm vm, Rehearsal rehearsal) {
        masquerades(vm, rehearsal);
    }

    @AfterReboot
    void containersStillReachOut(Vm vm, Rehearsal rehearsal) {
        masquerades(vm, rehearsal);
    }

    /** A connection from a container to the network's own name server, whose answers find back only through a translation. */
    private static void masquerades(Vm vm, Rehearsal rehearsal) {
        assumeThat(rehearsal.plan().egress()).as("there is a way out").isTrue();
        assertThat(vm.egress(vm.address("admin")).reach(tcp(53)).from("reverse-proxy")).isOpen();
    }

    // The operator's ways in.

    @Test
    void sshdListensOnEveryAddress(Vm vm) {
        assertThat(vm.sockets()).listener(tcp(22)).isOnEveryAddress();
        assertThat(vm.sshd()).listensOnEveryAddress();
    }

    @Test
    void sshdTakesKeysOnly(Vm vm) {
        assertThat(vm.sshd()).forbidsPasswords().forbidsRootLogin();
    }

    @Test
    void theOperatorGetsIn(Vm vm) {
        admitsTheOperator(vm);
    }

    @AfterReboot
    void theOperatorStillGetsIn(Vm vm) {
        admitsTheOperator(vm);
    }

    @AfterReboot(POWER_LOSS)
    void theOperatorGetsInAfterAPowerLoss(Vm vm) {
        admitsTheOperator(vm);
    }

    private static void admitsTheOperator(Vm vm) {
        assertThat(vm.reach(tcp(22)).from("admin")).isOpen();
        assertThat(vm.reach(tcp(22)).over(IPV6).from("admin")).isOpen();
    }

    @Test
    void theMeshLeadsToSsh(Vm vm) {
        admitsTheMesh(vm);
    }

    @AfterReboot
    void theMeshStillLeadsToSsh(Vm vm) {
        admitsTheMesh(vm);
    }

    @AfterReboot(POWER_LOSS)
    void theMeshLeadsToSshAfterAPowerLoss(Vm vm) {
        admitsTheMesh(vm);
    }

    private static void admitsTheMesh(Vm vm) {
        eventually(vm.settling(ofSeconds(45)), () -> assertThat(vm.reach(tcp(22)).from("mesh")).isOpen());
    }

    @Test
    void strangersDoNotReachSsh(Vm vm) {
        keepsStrangersOut(vm);
    }

    @AfterReboot
    void strangersStillDoNotReachSsh(Vm vm) {
        keepsStrangersOut(vm);
    }

    @AfterReboot(POWER_LOSS)
    void strangersDoNotReachSshAfterAPowerLoss(Vm vm) {
        keepsStrangersOut(vm);
    }

    private static void keepsStrangersOut(Vm vm) {
        assertThat(vm.outside().matrix(tcp(22)).from("stranger", "admin").over(IPV4, IPV6).probe())
                .isExactly(
                        """
                                       22/tcp
                        stranger IPv4  filtered
                        stranger IPv6  filtered
                        admin    IPv4  open
                        admin    IPv6  open
                        """);
    }

    @Test
    void theOperatorIsNotLockedOutByTheNextBoot(Vm vm) {
        LockoutCheck check = new LockoutCheck(
                "ansible",
                List.of(OperatorPath.ssh("admin", vm.address("admin"), wan(vm)), OperatorPath.ssh("mesh", "100.99.0.7", "wt0")));
        isInTheMesh(vm); // that takes as long as the coordinator takes to be healthy
        assertThat(check.judge(vm.state())).isOpenBy("admin", "mesh").survivesRebootBy("admin");
    }

    private static String wan(Vm vm) {
        return vm.state().network().routesTo("default").findFirst().orElseThrow().device().orElseThrow();
    }

    // What the host serves.

    @Test
    void theProxyServes(Vm vm) {
        assertThat(vm.containers()).named("reverse-proxy").isRunning().survivesReboot();
        serves(vm, TEST_SITE);
    }

    @AfterReboot
    void theProxyServesAgain(Vm vm) {
        assertThat(vm.containers()).named("reverse-proxy").isRunning();
        serves(vm, TEST_SITE);
    }

    @AfterReboot(POWER_LOSS)
    void theProxyServesAfterAPowerLoss(Vm vm) {
        serves(vm, TEST_SITE);
    }

    @Test
    void theCoordinatorsSiteIsServed(Vm vm) {
        serves(vm, COORDINATOR);
    }

    @AfterReboot
    void theCoordinatorsSiteIsServedAgain(Vm vm) {
        serves(vm, COORDINATOR);
    }

    @AfterReboot(POWER_LOSS)
    void theCoordinatorsSiteIsServedAfterAPowerLoss(Vm vm) {
        serves(vm, COORDINATOR);
    }

    private static void serves(Vm vm, String site) {
        eventually(
                vm.settling(ofSeconds(45)),
                () -> assertThat(vm.http("https://" + site + "/").from("stranger")).hasStatus(200));
    }

    @AfterReboot
    void publishedPortsAreReachable(Vm vm) {
        assertThat(vm.reach(tcp(80)).from("stranger")).isOpen();
        assertThat(vm.reach(tcp(443)).from("stranger")).isOpen();
    }

    @AfterReboot(POWER_LOSS)
    void publishedPortsAreReachableAfterAPowerLoss(Vm vm) {
        assertThat(vm.reach(tcp(80)).from("stranger")).isOpen();
        assertThat(vm.reach(tcp(443)).from("stranger")).isOpen();
    }

    @Test
    void stunAnswers(Vm vm) {
        assertThat(vm.containers()).named("netbird-stun").isRunning().survivesReboot();
        answersStun(vm);
    }

    @AfterReboot
    void stunStillAnswers(Vm vm) {
        answersStun(vm);
    }

    @AfterReboot(POWER_LOSS)
    void stunAnswersAfterAPowerLoss(Vm vm) {
        answersStun(vm);
    }

    private static void answersStun(Vm vm) {
        eventually(
                vm.settling(ofSeconds(45)),
                () -> assertThat(vm.outside().stun().from("stranger")).answers().sees(vm.address("stranger")));
    }

    // Certificates.

    @Test
    void certificatesAreOfTheTier(Vm vm, Rehearsal rehearsal) {
        presentsCertificatesOf(rehearsal.plan().certs(), vm);
    }

    @AfterReboot
    void certificatesAreStillOfTheTier(Vm vm, Rehearsal rehearsal) {
        presentsCertificatesOf(rehearsal.plan().certs(), vm);
    }

    @AfterReboot(POWER_LOSS)
    void certificatesAreOfTheTierAfterAPowerLoss(Vm vm, Rehearsal rehearsal) {
        presentsCertificatesOf(rehearsal.plan().certs(), vm);
    }

    private static void presentsCertificatesOf(CertTier tier, Vm vm) {
        for (String site : List.of(TEST_SITE, COORDINATOR)) {
            TlsAnswer tls = vm.tls(site).from("stranger");
            assertThat(tls).isFor(site).isValidFor(ofHours(1));
            switch (tier) {
                case INTERNAL -> assertThat(tls).isIssuedBy(Issuance.PRIVATE).isTrustedBy(rootOf(vm));
                case LE_STAGING -> {
                    assertThat(tls).isTrustedBy(rootOf(vm)).isNotTrustedBy(Trust.ofThePublic());
                    assertThat(session(tls).issuer()).containsAnyOf("Pebble", "(STAGING)");
                }
                case LE_PROD_WILDCARD -> assertThat(tls).isIssuedBy(Issuance.PUBLIC).isTrustedBy(Trust.ofThePublic());
            }
        }
    }

    /** What the site lays down for clients of an authority that the public does not know. */
    private static Trust rootOf(Vm vm) {
        return Trust.in(vm.file("/var/lib/reverse-proxy/root.crt").content().orElseThrow());
    }

    private static TlsSession session(TlsAnswer tls) {
        return tls.session().orElseThrow();
    }

    @Test
    void noOldTlsIsOffered(Vm vm) {
        assertThat(vm.tlsOffers(TEST_SITE).from("stranger"))
                .offersOnly(TLS_1_2, TLS_1_3)
                .offersNoSuiteMatching("CBC|RC4|NULL|anon|^TLS_RSA_");
    }

    @Test
    void aCertificateThatIsDueIsRenewed(Vm vm, Rehearsal rehearsal) {
        assumeThat(rehearsal.plan().certs()).isEqualTo(CertTier.LE_STAGING);
        TlsSession old = session(vm.tls(TEST_SITE).from("stranger"));
        vm.start("acme-renew.service");
        eventually(vm.settling(ofSeconds(45)), () -> {
            TlsAnswer renewed = vm.tls(TEST_SITE).from("stranger");
            assertThat(renewed).isTrustedBy(rootOf(vm));
            assertThat(session(renewed).certificate().getSerialNumber()).isNotEqualTo(old.certificate().getSerialNumber());
        });
        assertThat(vm.units()).named("acme-renew.timer").isActive().isEnabled();
    }

    // The mesh.

    @Test
    void theCoordinatorIsHealthy(Vm vm) {
        assertThat(vm.containers())
                .named("netbird-coordinator")
                .survivesReboot()
                .publishesNothing()
                .mounts("netbird-data", "/var/lib/netbird");
        hasAHealthyCoordinator(vm);
    }

    @AfterReboot
    void theCoordinatorIsHealthyAgain(Vm vm) {
        hasAHealthyCoordinator(vm);
    }

    @AfterReboot(POWER_LOSS)
    void theCoordinatorIsHealthyAfterAPowerLoss(Vm vm) {
        hasAHealthyCoordinator(vm);
    }

    /** The fourth hazard's cause without its effect: what the coordinator needs to start is there. */
    @Test
    @Last
    void theCoordinatorComesUpWithoutEgress(Vm vm) {
        vm.faults().noEgress();
        vm.faults().killedContainer("netbird-coordinator");
        hasAHealthyCoordinator(vm);
    }

    private static void hasAHealthyCoordinator(Vm vm) {
        eventually(
                vm.settling(ofSeconds(45)),
                () -> assertThat(vm.refresh(CONTAINERS).containers()).named("netbird-coordinator").isHealthy());
    }

    @Test
    void theMeshIsUp(Vm vm) {
        isInTheMesh(vm);
        assertThat(vm.units()).named("mesh-agent.service").isEnabled();
    }

    @AfterReboot
    void theMeshIsUpAgain(Vm vm) {
        isInTheMesh(vm);
    }

    @AfterReboot(POWER_LOSS)
    void theMeshIsUpAfterAPowerLoss(Vm vm) {
        isInTheMesh(vm);
    }

    private static void isInTheMesh(Vm vm) {
        eventually(vm.settling(ofSeconds(45)), () -> {
            HostState state = vm.refresh(NETWORK, WIREGUARD, JOURNAL).state();
            assertThat(state.network())
                    .as("the mesh, of which its agent complained: %s", state.journal().of("mesh-agent.service").toList())
                    .hasAddress("wt0", "100.99.0.1/16");
            assertThat(state.wireGuard()).hasDevice("wt0");
        });
    }

    // Upkeep.

    @Test
    void everythingThatGuardsTheHostRunsAndComesBack(Vm vm) {
        assertThat(vm.units()).noneFailed();
        assertThat(vm.units()).named("nftables.service").isEnabled();
        for (String unit : List.of("docker.service", "ssh.service", "fail2ban.service", "auditd.service")) {
            assertThat(vm.units()).named(unit).isActive().isEnabled();
        }
        assertThat(vm.units()).named("apt-daily-upgrade.timer").isActive().isEnabled();
        assertThat(vm.state().packages()).areInstalled("unattended-upgrades");
        assertThat(vm.state().aptSettings()).have("APT::Periodic::Unattended-Upgrade", "1");
    }

    @Test
    void theJailOfSshIsGuarded(Vm vm) {
        assertThat(vm.state().jails()).guard("sshd");
    }

    @Test
    void rootActionsAreRecorded(Vm vm) {
        assertThat(vm.state().audit()).hasRuleMatching(".*execve.*-F euid=0.*-F auid>=1000.*root-by-person");
    }

    // Rollback of a bad ruleset.

    @Test
    @Last
    @Reverted
    void aRulesetThatLocksTheOperatorOutIsTakenBack(Vm vm) {
        new Lockout(vm).isTakenBackWithin(Duration.ofSeconds(45), vm.patience(ofSeconds(10)));
    }

    @Test
    @Last
    @Reverted
    void withoutTheTimerTheVerdictNamesTheRule(Vm vm) {
        new Lockout(vm).isNamedByTheVerdict(wan(vm));
    }

    // Nothing lost.

    @AfterReboot
    void theRebootChangedNothing(Vm vm, Drift drift) {
        assumeThat(vm.scenario()).as("a scenario may plant losses; their effect is what it is about").isEmpty();
        assertThat(drift).isEmpty();
    }

    @AfterReboot(POWER_LOSS)
    void thePowerLossChangedNothing(Vm vm, Drift drift) {
        assumeThat(vm.scenario()).as("a scenario may plant losses; their effect is what it is about").isEmpty();
        assertThat(drift).isEmpty();
    }
}
