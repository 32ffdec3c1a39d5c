package me.wingu.boma.harness.state.drift;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import me.wingu.boma.harness.state.HostState;
import me.wingu.boma.harness.state.SshdConfig;
import me.wingu.boma.harness.state.Subject;

/** The SSH daemon's settings, the keys by which it is known, and those that it accepts. */
final class SshdWitness implements Witness<SshdConfig> {

    @Override
    public String name() {
        return "sshd";
    }

    @Override
    public Subject<SshdConfig> subject() {
        return Subject.SSHD;
    }

    @Override
    public Stream<Fact> facts(SshdConfig sshd, HostState state, HostState other) {
        Stream<Fact> settings = sshd.settings().entrySet().stream()
                .map(entry -> Fact.of(entry.getKey(), InMemory.carrier("/etc/ssh/sshd_config", state))
                        .with("", entry.getValue().stream().sorted().collect(Collectors.joining(", "))));
        Stream<Fact> keys = sshd.keys().stream()
                .map(key -> Fact.of(
                                "key " + key.fingerprint() + " of " + key.user(), InMemory.carrier(key.file(), state))
                        .with("options", key.options()));
        Stream<Fact> own = sshd.hostKeys().stream()
                .map(key -> Fact.of("host key " + key.file(), "who knows the old one is warned of an impostor; cloud-init makes"
                                + " new ones for what it takes for a new machine")
                        .with("", key.fingerprint()));
        Stream<Fact> blocks = blocks(sshd).stream()
                .map(block -> Fact.of(block, InMemory.carrier("/etc/ssh/sshd_config", state)));
        Stream<Fact> rules = sshd.hostsRules().stream()
                .distinct()
                .map(rule -> Fact.of(rule.toString(), InMemory.carrier(rule.file(), state)));
        Stream<Fact> order = Stream.of(Fact.of("Match blocks", InMemory.carrier("/etc/ssh/sshd_config", state))
                .with("order", other.reading(Subject.SSHD).find()
                        .map(theirs -> Order.firstDifference(blocks(sshd), blocks(theirs)))
                        .orElse("")));
        return Stream.of(settings, keys, own, blocks, order, rules).flatMap(facts -> facts);
    }

    /** The first block that sets a thing decides it. */
    private static List<String> blocks(SshdConfig sshd) {
        return sshd.matchBlocks().stream().map(SshdConfig.MatchBlock::toString).distinct().toList();
    }
}
