package me.wingu.boma.harness.cli.rehearse;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import me.wingu.boma.harness.state.Boot;
import me.wingu.boma.harness.state.HostState;
import me.wingu.boma.harness.state.Jails;
import me.wingu.boma.harness.state.Link;
import me.wingu.boma.harness.state.Mounts;
import me.wingu.boma.harness.state.Reading;
import me.wingu.boma.harness.state.Subject;
import me.wingu.boma.harness.state.Unit;
import me.wingu.boma.harness.state.User;

/** Tells a person the gist of a host's state; the JSON has all of it. */
final class StateReport {

    private static final int LABEL = 15;

    private final HostState state;

    StateReport(HostState state) {
        this.state = state;
    }

    String text() {
        StringBuilder text = new StringBuilder(state.host() + ", read in " + state.took().toMillis() + " ms");
        slowest(text);
        say(text, "boot", Subject.BOOT, StateReport::boot);
        say(text, "units", Subject.UNITS, units -> Stream.concat(
                        Stream.of(units.all().size() + ", failed: "
                                + units.all().stream().filter(Unit::isFailed).count()),
                        units.all().stream().filter(Unit::isFailed).map(Unit::toString))
                .toList());
        say(text, "containers", Subject.CONTAINERS, containers -> containers.all());
        say(text, "listening", Subject.SOCKETS, sockets -> sockets.listening()
                .filter(socket -> !socket.local().isLoopback())
                .toList());
        say(text, "links", Subject.NETWORK, network -> network.links().stream().filter(Link::up).toList());
        say(text, "routes", Subject.NETWORK, network -> network.routesTo("default").toList());
        say(text, "WireGuard", Subject.WIREGUARD, wireGuard -> wireGuard.devices().stream()
                .map(device -> device.name() + " on " + device.listenPort() + "/udp, peers: "
                        + wireGuard.peers().stream().filter(p -> p.device().equals(device.name())).count())
                .toList());
        say(text, "firewall", Subject.FIREWALL, listing -> listing.chains().stream()
                .filter(chain -> !chain.hook().isEmpty())
                .map(chain -> chain.table() + " " + chain.name() + ": " + chain.hook() + " rules: " + chain.rules().size())
                .toList());
        say(text, "sshd", Subject.SSHD, sshd -> List.of("listens on " + sshd.listenAddresses() + ", keys: "
                + sshd.keys().size()));
        say(text, "names", Subject.RESOLVER, resolver -> List.of("name servers " + resolver.nameservers()
                + ", lines in /etc/hosts: " + resolver.hosts().size()));
        say(text, "accounts", Subject.ACCOUNTS, accounts -> List.of("can log in: "
                + accounts.users().stream().filter(User::canLogIn).map(User::name).toList()));
        say(text, "sudo", Subject.SUDO, sudo -> sudo.byUser().entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .toList());
        say(text, "disks", Subject.MOUNTS, StateReport::disks);
        say(text, "certificates", Subject.CERTIFICATES, certificates -> certificates.all());
        say(text, "cron", Subject.CRON, cron -> List.of(cron.all().size() + " jobs"));
        say(text, "packages", Subject.PACKAGES, packages -> List.of(packages.all().size() + " known to dpkg"));
        say(text, "processes", Subject.PROCESSES, processes -> List.of(String.valueOf(processes.all().size())));
        say(text, "sysctls", Subject.SYSCTLS, sysctls -> List.of(sysctls.values().size() + " parameters"));
        say(text, "modules", Subject.MODULES, modules -> List.of(modules.names().size() + " loaded"));
        say(text, "audit", Subject.AUDIT, audit -> List.of(audit.rules().size() + " rules"));
        say(text, "apt", Subject.APT_SOURCES, sources -> List.of(sources.all().size() + " sources"));
        say(text, "upgrades", Subject.APT_SETTINGS, settings -> List.of("APT::Periodic::Unattended-Upgrade "
                + settings.value("APT::Periodic::Unattended-Upgrade").orElse("is not set")));
        say(text, "jails", Subject.JAILS, Jails::names);
        say(text, "journal", Subject.JOURNAL, journal -> List.of("of this boot, errors: "
                + journal.entries().stream().filter(entry -> entry.priority() <= 3).count() + ", warnings: "
                + journal.entries().stream().filter(entry -> entry.priority() == 4).count()));
        return text.toString();
    }

    private void slowest(StringBuilder text) {
        state.timings().entrySet().stream()
                .max(Map.Entry.comparingByValue(Comparator.naturalOrder()))
                .ifPresent(slow -> text.append(" (slowest collector: %s, %d ms)"
                        .formatted(slow.getKey(), slow.getValue().toMillis())));
    }

    /** One label, and what is known below each other behind it, or why nothing is. */
    private <T> void say(StringBuilder text, String label, Subject<T> subject, Function<T, Collection<?>> lines) {
        Reading<T> reading = state.reading(subject);
        Collection<?> told = reading.find().<Collection<?>>map(lines).orElseGet(() -> List.of(reading));
        String head = label;
        for (Object line : told.isEmpty() ? List.of("none") : told) {
            text.append("\n  ").append((head + " ".repeat(LABEL)), 0, LABEL).append(line);
            head = "";
        }
    }

    private static List<String> boot(Boot boot) {
        return List.of(boot.os().getOrDefault("PRETTY_NAME", "unknown release") + ", kernel " + boot.kernel() + ", up "
                + boot.uptime().toSeconds() + " s, "
                + boot.systemState().map(state -> "systemd: " + state).orElse("no systemd"));
    }

    private static List<String> disks(Mounts mounts) {
        return mounts.usage().entrySet().stream()
                .filter(entry -> mounts.at(entry.getKey()).filter(mount -> !mount.isInMemory()).isPresent())
                .filter(entry -> entry.getValue().bytes() > 0)
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> "%s: %d %% of %.1f GiB".formatted(
                        entry.getKey(), entry.getValue().percentUsed(), entry.getValue().bytes() / 1024.0 / 1024 / 1024))
                .toList();
    }
}
