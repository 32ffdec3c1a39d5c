package me.wingu.boma.harness.state.drift;

import java.util.stream.Stream;
import me.wingu.boma.harness.state.HostState;
import me.wingu.boma.harness.state.Resolver;
import me.wingu.boma.harness.state.Subject;
import me.wingu.boma.harness.state.Unit;

/** Name servers and options of the resolver, lines of the hosts file, and which names have an address. */
final class ResolverWitness implements Witness<Resolver> {

    @Override
    public String name() {
        return "names";
    }

    @Override
    public Subject<Resolver> subject() {
        return Subject.RESOLVER;
    }

    @Override
    public Stream<Fact> facts(Resolver resolver, HostState state, HostState other) {
        Stream<Fact> servers = resolver.nameservers().stream()
                .map(server -> Fact.of("name server " + server, InMemory.carrier("/etc/resolv.conf", state)));
        Stream<Fact> hosts = resolver.hosts().stream()
                .map(entry -> Fact.of("hosts entry " + entry, hostsFile(state)));
        // Addresses from the DNS may rotate; that a name has one at all may not.
        Stream<Fact> answers = resolver.answers().entrySet().stream()
                .filter(answer -> !answer.getValue().isEmpty())
                .map(answer -> Fact.of("answer for " + answer.getKey(), hostsFile(state)));
        Stream<Fact> settings = Stream.of(Fact.of("resolver", InMemory.carrier("/etc/resolv.conf", state))
                .with("search", String.join(" ", resolver.search()))
                .with("options", resolver.options().stream().sorted().toList().toString()));
        return Stream.of(servers, settings, hosts, answers).flatMap(part -> part);
    }

    private static String hostsFile(HostState state) {
        String carrier = InMemory.carrier("/etc/hosts", state);
        boolean cloudInit = state.reading(Subject.UNITS)
                .find()
                .flatMap(units -> units.named("cloud-init.service").or(() -> units.named("cloud-init-main.service")))
                .filter(Unit::isEnabled)
                .isPresent();
        return carrier.equals("/etc/hosts") && cloudInit
                ? "/etc/hosts; cloud-init writes it anew at boot while manage_etc_hosts is set"
                : carrier;
    }
}
