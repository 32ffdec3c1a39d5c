package me.wingu.boma.harness.state.drift;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import me.wingu.boma.harness.state.HostState;
import me.wingu.boma.harness.state.Subject;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * What differs between two states of a host: normally one before a reboot and one after it.
 *
 * <p>What every boot brings anew is left out: process ids, handles and counters of the packet filter, ephemeral ports,
 * the names and addresses of virtual Ethernet pairs, lease times, sessions of users, and units that run only on
 * demand. A container's address counts as the container's name. On a host that nobody changed, the drift is empty.
 *
 * <p>Compared are sockets, containers, units, interfaces, addresses, routes, the packet filter, WireGuard, accounts,
 * sudo rights, sshd, names, mounts, kernel parameters, packages, APT sources, certificates, cron, audit rules, fail2ban
 * jails, kernel, host name and time zone.
 * Processes, loaded modules and the journal are not.
 *
 * @param before what messages call the first state
 * @param after what messages call the second state
 * @param differences the differences, by subject
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record Drift(String before, String after, List<Difference> differences) {

    private static final List<Witness<?>> WITNESSES = List.of(
            new BootWitness(),
            new ContainerWitness(),
            new UnitWitness(),
            new SocketWitness(),
            new FirewallWitness(),
            new InterfaceWitness(),
            new RouteWitness(),
            new WireGuardWitness(),
            new MountWitness(),
            new SysctlWitness(),
            new AccountWitness(),
            new SudoWitness(),
            new SshdWitness(),
            new ResolverWitness(),
            new PackageWitness(),
            new CertificateWitness(),
            new CronWitness(),
            new AuditWitness(),
            new JailsWitness(),
            new AptSourcesWitness());

    /** Copies the list. */
    public Drift {
        differences = List.copyOf(differences);
    }

    /** Returns what differs between the two states. */
    public static Drift between(HostState before, HostState after) {
        List<Difference> differences = WITNESSES.stream()
                .flatMap(witness -> new Comparison<>(witness, before, after).differences().stream())
                .toList();
        return new Drift(before.host(), after.host(), differences);
    }

    /** Returns whether nothing differs. */
    public boolean isEmpty() {
        return differences.isEmpty();
    }

    /** Returns the drift without what the excuses cover. */
    public Drift excusing(Collection<Excuse> excuses) {
        return new Drift(
                before,
                after,
                differences.stream()
                        .filter(difference -> excuses.stream().noneMatch(excuse -> excuse.covers(difference)))
                        .toList());
    }

    /**
     * Returns what to read again, of a host that has just booted, to see whether what is missing was only late: the subjects of
     * all that is {@link #missing()}, and what explains them. What appeared does not go again by waiting.
     */
    public Set<Subject<?>> mayComeLate() {
        Set<String> names = missing().map(Difference::subject).collect(Collectors.toSet());
        return WITNESSES.stream()
                .filter(witness -> names.contains(witness.name()))
                .flatMap(witness -> Stream.concat(Stream.of(witness.subject()), witness.explainedBy().stream()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Returns what is not there as it was: lost, changed or not known. */
    public Stream<Difference> missing() {
        return differences.stream().filter(difference -> difference.kind() != Difference.Kind.APPEARED);
    }

    /** Returns what was lost. */
    public Stream<Difference> lost() {
        return differences.stream().filter(difference -> difference.kind() == Difference.Kind.LOST);
    }

    /** Returns the drift as a report: one difference after the other, or one line that there is none. */
    @Override
    public String toString() {
        String title = "drift from " + before + " to " + after + ": ";
        if (isEmpty()) {
            return title + "none";
        }
        return title + differences.size() + "\n"
                + differences.stream().map(Difference::toString).collect(Collectors.joining("\n"));
    }
}
