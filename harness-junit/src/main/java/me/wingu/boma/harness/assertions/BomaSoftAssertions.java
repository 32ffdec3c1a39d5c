package me.wingu.boma.harness.assertions;

import java.util.stream.Stream;
import me.wingu.boma.harness.guest.CommandResult;
import me.wingu.boma.harness.probe.BootWindow;
import me.wingu.boma.harness.probe.DnsAnswer;
import me.wingu.boma.harness.probe.HttpAnswer;
import me.wingu.boma.harness.probe.Matrix;
import me.wingu.boma.harness.probe.Reach;
import me.wingu.boma.harness.probe.SshAnswer;
import me.wingu.boma.harness.probe.StunAnswer;
import me.wingu.boma.harness.probe.TlsAnswer;
import me.wingu.boma.harness.probe.TlsOffers;
import me.wingu.boma.harness.probe.WatchedBoot;
import me.wingu.boma.harness.state.Accounts;
import me.wingu.boma.harness.state.AptSettings;
import me.wingu.boma.harness.state.AptSources;
import me.wingu.boma.harness.state.AuditRules;
import me.wingu.boma.harness.state.Boot;
import me.wingu.boma.harness.state.Certificates;
import me.wingu.boma.harness.state.Containers;
import me.wingu.boma.harness.state.CronJobs;
import me.wingu.boma.harness.state.FileState;
import me.wingu.boma.harness.state.Jails;
import me.wingu.boma.harness.state.Journal;
import me.wingu.boma.harness.state.KernelModules;
import me.wingu.boma.harness.state.Mounts;
import me.wingu.boma.harness.state.Network;
import me.wingu.boma.harness.state.Packages;
import me.wingu.boma.harness.state.Processes;
import me.wingu.boma.harness.state.Resolver;
import me.wingu.boma.harness.state.Sockets;
import me.wingu.boma.harness.state.SshdConfig;
import me.wingu.boma.harness.state.Startup;
import me.wingu.boma.harness.state.SudoRights;
import me.wingu.boma.harness.state.Sysctls;
import me.wingu.boma.harness.state.Units;
import me.wingu.boma.harness.state.WireGuard;
import me.wingu.boma.harness.state.access.AccessVerdict;
import me.wingu.boma.harness.state.drift.Drift;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.assertj.core.api.AbstractSoftAssertions;

/**
 * Soft assertions for everything that {@link BomaAssertions} offers on a host: all failures are collected and
 * reported together by {@link #assertAll()}.
 *
 * <pre>{@code
 * BomaSoftAssertions softly = new BomaSoftAssertions();
 * softly.assertThat(vm.units()).noneFailed();
 * softly.assertThat(vm.containers()).named("web").isRunning().isHealthy();
 * softly.assertAll();
 * }</pre>
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public class BomaSoftAssertions extends AbstractSoftAssertions {

    /** Starts soft assertions on the sockets of a host. */
    public SocketsAssert assertThat(Sockets actual) {
        return softly(SocketsAssert.class, actual);
    }

    /** Starts soft assertions on the containers of a host. */
    public ContainersAssert assertThat(Containers actual) {
        return softly(ContainersAssert.class, actual);
    }

    /** Starts soft assertions on whether the operator can get in. */
    public AccessAssert assertThat(AccessVerdict actual) {
        return softly(AccessAssert.class, actual);
    }

    /** Starts soft assertions on the systemd units of a host. */
    public UnitsAssert assertThat(Units actual) {
        return softly(UnitsAssert.class, actual);
    }

    /** Starts soft assertions on how the units of a host came up. */
    public StartupAssert assertThat(Startup actual) {
        return softly(StartupAssert.class, actual);
    }

    /** Starts soft assertions on what a host lost, gained or changed. */
    public DriftAssert assertThat(Drift actual) {
        return softly(DriftAssert.class, actual);
    }

    /** Starts soft assertions on one file of a host. */
    public FileAssert assertThat(FileState actual) {
        return softly(FileAssert.class, actual);
    }

    /** Starts soft assertions on the users and groups of a host. */
    public AccountsAssert assertThat(Accounts actual) {
        return softly(AccountsAssert.class, actual);
    }

    /** Starts soft assertions on what accounts may do through sudo. */
    public SudoAssert assertThat(SudoRights actual) {
        return softly(SudoAssert.class, actual);
    }

    /** Starts soft assertions on the SSH daemon's configuration. */
    public SshdAssert assertThat(SshdConfig actual) {
        return softly(SshdAssert.class, actual);
    }

    /** Starts soft assertions on kernel parameters. */
    public SysctlsAssert assertThat(Sysctls actual) {
        return softly(SysctlsAssert.class, actual);
    }

    /** Starts soft assertions on mounted file systems. */
    public MountsAssert assertThat(Mounts actual) {
        return softly(MountsAssert.class, actual);
    }

    /** Starts soft assertions on interfaces, addresses and routes. */
    public NetworkAssert assertThat(Network actual) {
        return softly(NetworkAssert.class, actual);
    }

    /** Starts soft assertions on Debian's packages. */
    public PackagesAssert assertThat(Packages actual) {
        return softly(PackagesAssert.class, actual);
    }

    /** Starts soft assertions on the boot that a host is in. */
    public BootAssert assertThat(Boot actual) {
        return softly(BootAssert.class, actual);
    }

    /** Starts soft assertions on the warnings and errors of a boot. */
    public JournalAssert assertThat(Journal actual) {
        return softly(JournalAssert.class, actual);
    }

    /** Starts soft assertions on how a host finds addresses for names. */
    public ResolverAssert assertThat(Resolver actual) {
        return softly(ResolverAssert.class, actual);
    }

    /** Starts soft assertions on certificates in files of a host. */
    public CertificatesAssert assertThat(Certificates actual) {
        return softly(CertificatesAssert.class, actual);
    }

    /** Starts soft assertions on WireGuard. */
    public WireGuardAssert assertThat(WireGuard actual) {
        return softly(WireGuardAssert.class, actual);
    }

    /** Starts soft assertions on the processes of a host. */
    public ProcessesAssert assertThat(Processes actual) {
        return softly(ProcessesAssert.class, actual);
    }

    /** Starts soft assertions on what cron runs. */
    public CronAssert assertThat(CronJobs actual) {
        return softly(CronAssert.class, actual);
    }

    /** Starts soft assertions on loaded kernel modules. */
    public ModulesAssert assertThat(KernelModules actual) {
        return softly(ModulesAssert.class, actual);
    }

    /** Starts soft assertions on the kernel's audit rules. */
    public AuditAssert assertThat(AuditRules actual) {
        return softly(AuditAssert.class, actual);
    }

    /** Starts soft assertions on where APT takes packages from. */
    public AptSourcesAssert assertThat(AptSources actual) {
        return softly(AptSourcesAssert.class, actual);
    }

    /** Starts soft assertions on what APT does by itself. */
    public AptSettingsAssert assertThat(AptSettings actual) {
        return softly(AptSettingsAssert.class, actual);
    }

    /** Starts soft assertions on what fail2ban guards. */
    public JailsAssert assertThat(Jails actual) {
        return softly(JailsAssert.class, actual);
    }

    /** Starts soft assertions on a command that a test ran on a host. */
    public CommandAssert assertThat(CommandResult actual) {
        return softly(CommandAssert.class, actual);
    }

    /** Starts soft assertions on what a vantage found at one service of a host. */
    public ReachAssert assertThat(Reach actual) {
        return proxy(ReachAssert.class, Reach.class, actual);
    }

    /** Starts soft assertions on what a server presented in a TLS handshake. */
    public TlsAssert assertThat(TlsAnswer actual) {
        return proxy(TlsAssert.class, TlsAnswer.class, actual);
    }

    /** Starts soft assertions on the TLS versions and cipher suites that a server agrees to. */
    public TlsOffersAssert assertThat(TlsOffers actual) {
        return proxy(TlsOffersAssert.class, TlsOffers.class, actual);
    }

    /** Starts soft assertions on what an HTTP server answered. */
    public HttpAssert assertThat(HttpAnswer actual) {
        return proxy(HttpAssert.class, HttpAnswer.class, actual);
    }

    /** Starts soft assertions on what a STUN server answered. */
    public StunAssert assertThat(StunAnswer actual) {
        return proxy(StunAssert.class, StunAnswer.class, actual);
    }

    /** Starts soft assertions on what a DNS server answered. */
    public DnsAssert assertThat(DnsAnswer actual) {
        return proxy(DnsAssert.class, DnsAnswer.class, actual);
    }

    /** Starts soft assertions on how an SSH server met who asked. */
    public SshAssert assertThat(SshAnswer actual) {
        return proxy(SshAssert.class, SshAnswer.class, actual);
    }

    /** Starts soft assertions on what several vantages found at several services of a host. */
    public MatrixAssert assertThat(Matrix actual) {
        return proxy(MatrixAssert.class, Matrix.class, actual);
    }

    /** Starts soft assertions on what could be reached of a host, and when, while it booted. */
    public BootWindowAssert assertThat(BootWindow actual) {
        return proxy(BootWindowAssert.class, BootWindow.class, actual);
    }

    /** Starts soft assertions on one boot as all vantages saw it from outside. */
    public WatchedBootAssert assertThat(WatchedBoot actual) {
        return proxy(WatchedBootAssert.class, WatchedBoot.class, actual);
    }

    /** Makes assertions of one's own soft: {@code softly.softly(MyAssert.class, value)}. */
    public <N extends StateAssert<N, T>, T> N softly(Class<N> type, T actual) {
        @SuppressWarnings("unchecked") // A proxy takes the actual value's own class only to find the constructor.
        Class<T> actualType = (Class<T>) constructorParameter(type);
        N soft = proxy(type, actualType, actual);
        soft.collectInto(this);
        return soft;
    }

    private static Class<?> constructorParameter(Class<?> type) {
        return Stream.of(type.getConstructors())
                .filter(constructor -> constructor.getParameterCount() == 1)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        type.getName() + " needs a public constructor with the actual value as its only parameter"))
                .getParameterTypes()[0];
    }
}
