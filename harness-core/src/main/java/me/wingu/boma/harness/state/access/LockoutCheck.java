package me.wingu.boma.harness.state.access;

import java.util.List;
import java.util.stream.Stream;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.nftables.Chain;
import me.wingu.boma.harness.nftables.Ruleset;
import me.wingu.boma.harness.nftables.Statement;
import me.wingu.boma.harness.nftables.Verdict;
import me.wingu.boma.harness.state.HostState;
import me.wingu.boma.harness.state.Subject;
import me.wingu.boma.harness.state.Unit;
import me.wingu.boma.harness.state.Units;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Judges from a host's state alone whether the operator can get in: interface, packet filter, listener and account
 * now; and what of these a reboot would bring back: the ruleset in {@code /etc/nftables.conf}, the units that are
 * enabled, addresses that exist only once a tunnel is up.
 *
 * <p>sshd's {@code Match} blocks, hosts in its {@code AllowUsers}, the options of a key and the rules of TCP wrappers are judged
 * for the path's own source.
 *
 * <p>A path is open only when everything on it is known to be open: what cannot be told is an obstacle.
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class LockoutCheck {

    /** What a verdict rests on. */
    public static final List<Subject<?>> SUBJECTS = List.of(
            Subject.SOCKETS,
            Subject.UNITS,
            Subject.NFTABLES,
            Subject.BOOT_NFTABLES,
            Subject.NETWORK,
            Subject.ACCOUNTS,
            Subject.SSHD,
            Subject.MOUNTS,
            Subject.SYSCTLS);

    private final String user;
    private final List<OperatorPath> paths;

    /**
     * Creates a check.
     *
     * @param user the account by which the operator logs in
     * @param paths the ways in
     * @throws IllegalArgumentException when there is no path: the answer would say nothing
     */
    public LockoutCheck(String user, List<OperatorPath> paths) {
        if (paths.isEmpty()) {
            throw new IllegalArgumentException("Name at least one path by which the operator comes.");
        }
        this.user = user;
        this.paths = List.copyOf(paths);
    }

    /**
     * Judges a state.
     *
     * @param state a state that knows the {@link #SUBJECTS}
     * @throws HarnessException when it does not know one of them
     */
    public AccessVerdict judge(HostState state) {
        return new AccessVerdict(
                state.host(),
                user,
                paths.stream().map(path -> judge(state, path)).toList());
    }

    private PathVerdict judge(HostState state, OperatorPath path) {
        Firewall firewall = new Firewall(state, path);
        Listener listener = new Listener(state, path);
        Login login = new Login(state, user, path);
        List<Obstacle> filtered = firewall.obstacles(state.nftables(), "", listener::receives);
        Stream<Obstacle> now = Stream.of(
                        listener.device(),
                        filtered,
                        listener.now(),
                        login.now())
                .flatMap(List::stream);
        Stream<Obstacle> later = Stream.of(
                        listener.deviceAfterReboot(),
                        bootRuleset(state, firewall, listener),
                        otherFirewalls(state),
                        bans(state, path, filtered),
                        unknownFirewall(state, path),
                        listener.afterReboot(),
                        login.afterReboot())
                .flatMap(List::stream);
        return new PathVerdict(path, now.toList(), later.toList());
    }

    /** A ruleset that does not load leaves none at all, which locks nobody out; but then it is not what was meant. */
    private static List<Obstacle> bootRuleset(HostState state, Firewall firewall, Listener listener) {
        return state.reading(Subject.BOOT_NFTABLES)
                .find()
                .map(ruleset -> firewall.obstacles(ruleset, "/etc/nftables.conf: ", listener::willReceive))
                .orElseGet(() -> List.of(new Obstacle(
                        Obstacle.Part.FIREWALL,
                        "/etc/nftables.conf " + state.reading(Subject.BOOT_NFTABLES))));
    }

    /** What iptables denies by default now was loaded by a script, or by hand; nobody can tell whether that happens at boot. */
    private static List<Obstacle> unknownFirewall(HostState state, OperatorPath path) {
        String input = (path.six() ? "ip6" : "ip") + " filter INPUT";
        Stream<Chain> atBoot = state.reading(Subject.BOOT_NFTABLES).find().stream().flatMap(Ruleset::chains);
        return denies(state.nftables().chains(), input) && !denies(atBoot, input) && otherFirewalls(state).isEmpty()
                ? List.of(new Obstacle(
                        Obstacle.Part.FIREWALL,
                        "the chain " + input + " denies by default, and /etc/nftables.conf does not bring it: whether something"
                                + " else does at boot, and with which rules, is not known"))
                : List.of();
    }

    private static boolean denies(Stream<Chain> chains, String name) {
        return chains.filter(chain -> chain.toString().equals(name))
                .anyMatch(chain -> chain.base().filter(base -> base.policy() == Verdict.Kind.DROP).isPresent() || endsInDrop(chain));
    }

    /** Whoever lets the policy accept denies by the last rule. */
    private static boolean endsInDrop(Chain chain) {
        return chain.rules().stream()
                .reduce((first, last) -> last)
                .flatMap(rule -> rule.statements().stream().reduce((first, last) -> last))
                .filter(last -> last instanceof Statement.Reject
                        || (last instanceof Statement.Decide decide && decide.verdict().kind() == Verdict.Kind.DROP))
                .isPresent();
    }

    /** fail2ban keeps its bans in a database, and takes up those that have not ended when it starts. */
    private static List<Obstacle> bans(HostState state, OperatorPath path, List<Obstacle> now) {
        boolean banned = now.stream().anyMatch(obstacle -> obstacle.reason().contains("f2b-"));
        return banned && state.units().named("fail2ban").filter(Unit::startsAtBoot).isPresent()
                ? List.of(new Obstacle(
                        Obstacle.Part.FIREWALL,
                        "fail2ban bans " + path.source() + ", and takes up its bans again at boot: fail2ban-client unban " + path.source()))
                : List.of();
    }

    /** Another program's rules come on top at boot, and only that program knows them. */
    private static List<Obstacle> otherFirewalls(HostState state) {
        return Units.FIREWALLS.stream()
                .filter(name -> !name.equals("nftables.service"))
                .flatMap(name -> state.units().named(name).stream())
                .filter(Unit::startsAtBoot)
                .map(unit -> new Obstacle(
                        Obstacle.Part.FIREWALL,
                        unit.name() + " starts at boot, and what it loads then is not known; disable it if it is not in use"))
                .toList();
    }
}
