package me.wingu.boma.harness.nftables.kernel;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import me.wingu.boma.harness.nftables.Chain;
import me.wingu.boma.harness.nftables.Family;
import me.wingu.boma.harness.nftables.IpAddress;
import me.wingu.boma.harness.nftables.evaluation.Hook;
import me.wingu.boma.harness.nftables.evaluation.Packet;
import me.wingu.boma.harness.nftables.semantics.Condition;
import me.wingu.boma.harness.nftables.semantics.Field;
import me.wingu.boma.harness.nftables.semantics.RuleMeaning;
import me.wingu.boma.harness.nftables.semantics.RulesetMeaning;
import me.wingu.boma.harness.nftables.semantics.Step;
import me.wingu.boma.harness.nftables.semantics.Values;

/** Makes packets for a ruleset: for each rule some that should hit it and some that just miss it, and random ones. */
final class PacketMaker {

    private static final List<Field> WIRE = List.of(
            Field.IP_TOS, Field.IP_TTL, Field.IP_FRAG_OFF, Field.IP6_FIRST_WORD, Field.IP6_HOPLIMIT, Field.SPORT,
            Field.DPORT, Field.TH_WORD1, Field.TH_WORD2, Field.TCP_FLAGS, Field.TCP_WINDOW, Field.TCP_URGPTR,
            Field.ETHER_SADDR, Field.PKTTYPE);
    private static final int HITS = 3;
    private static final int MISSES = 3;
    private static final int RANDOM = 20;

    private final Random random;
    private final List<String> interfaces;

    PacketMaker(long seed, List<String> interfaces) {
        this.random = new Random(seed);
        this.interfaces = interfaces;
    }

    List<Probe> make(RulesetMeaning ruleset) {
        Ways ways = new Ways(ruleset);
        List<Probe> probes = new ArrayList<>();
        ruleset.chains().forEach(chain -> chain.rules().forEach(rule ->
                ways.into(chain.chain()).forEach(way -> probes(rule, way, chain.chain(), probes))));
        for (Mode mode : Mode.values()) {
            for (int i = 0; i < RANDOM; i++) {
                make(new Wish(random), mode, i % 2 == 0 ? 2 : 10).ifPresent(probes::add);
            }
        }
        return probes;
    }

    private void probes(RuleMeaning rule, Ways.Way way, Chain chain, List<Probe> probes) {
        List<Condition> own = conditions(rule);
        for (int i = 0; i < HITS + MISSES; i++) {
            Wish wish = new Wish(random);
            way.conditions().forEach(condition -> wish.add(condition, true));
            int missed = i < HITS || own.isEmpty() ? -1 : random.nextInt(own.size());
            for (int k = 0; k < own.size(); k++) {
                wish.add(own.get(k), k != missed);
            }
            int nfproto = version(wish, chain.family());
            mode(way.hook()).flatMap(mode -> make(wish, mode, nfproto)).ifPresent(probes::add);
        }
    }

    private Optional<Mode> mode(Hook hook) {
        List<Mode> fitting = List.of(Mode.values()).stream().filter(mode -> Mode.leadsTo(mode, hook)).toList();
        return fitting.isEmpty() ? Optional.empty() : Optional.of(fitting.get(random.nextInt(fitting.size())));
    }

    /** Every elementary part on its own, so that a near miss fails in exactly one. */
    private static List<Condition> conditions(RuleMeaning rule) {
        List<Condition> parts = new ArrayList<>();
        for (Step step : rule.steps()) {
            if (step instanceof Step.Guard guard && guard.condition() instanceof Condition.And and) {
                parts.addAll(and.parts());
            } else if (step instanceof Step.Guard guard) {
                parts.add(guard.condition());
            } else if (step instanceof Step.Branch branch) {
                parts.add(new Condition.Or(branch.cases().stream().map(Step.Case::when).toList()));
            }
        }
        return parts;
    }

    private int version(Wish wish, Family family) {
        Optional<Values> asked = wish.values(Field.NFPROTO);
        boolean four = asked.map(values -> values.contains(BigInteger.TWO)).orElse(true) && family != Family.IP6;
        boolean six = asked.map(values -> values.contains(BigInteger.TEN)).orElse(true) && family != Family.IP;
        return four && (!six || random.nextBoolean()) ? 2 : 10;
    }

    private Optional<Probe> make(Wish wish, Mode mode, int nfproto) {
        boolean six = nfproto == 10;
        Packet packet = ordinary(six, wish);
        for (Field field : WIRE) {
            packet = with(packet, field, wish);
        }
        packet = address(packet, six ? Field.IP6_SADDR : Field.IP_SADDR, wish, true);
        packet = address(packet, six ? Field.IP6_DADDR : Field.IP_DADDR, wish, false);
        Optional<String> input = mode == Mode.OUTPUT ? Optional.of("") : device(wish, Field.IIF_NAME, 0);
        Optional<String> output = mode == Mode.INPUT ? Optional.of("") : device(wish, Field.OIF_NAME, 1);
        if (input.isEmpty() || output.isEmpty()) {
            return Optional.empty();
        }
        if (!input.get().isEmpty()) {
            packet = packet.withInput(input.get());
        }
        return Optional.of(new Probe(packet, mode, input.get(), output.get()));
    }

    private Packet ordinary(boolean six, Wish wish) {
        int[] usual = {6, 17, six ? 58 : 1};
        BigInteger protocol = wish.choose(Field.L4PROTO, BigInteger.ZERO)
                .orElse(BigInteger.valueOf(usual[random.nextInt(usual.length)]));
        IpAddress source = IpAddress.of(six ? "2001:db8:1::" + hex() : "203.0.113." + octet());
        IpAddress destination = IpAddress.of(six ? "2001:db8:2::" + hex() : "192.0.2." + octet());
        Packet packet = Packet.ip(source, destination, protocol.intValue());
        boolean icmp = protocol.intValue() == 1 || protocol.intValue() == 58;
        int echo = six ? 128 : 8;
        return packet.with(Field.SPORT, icmp ? echo << 8 : 1024 + random.nextInt(64_000))
                .with(Field.DPORT, random.nextInt(65_536))
                .with(Field.TH_WORD1, random.nextInt() & 0xffff_ffffL)
                .with(Field.TCP_FLAGS, protocol.intValue() == 6 ? 2 : 0)
                .with(Field.TCP_WINDOW, 1024)
                .with(Field.ETHER_SADDR, 0x02_0000_0000_01L);
    }

    private String hex() {
        return Integer.toHexString(1 + random.nextInt(65_535));
    }

    private int octet() {
        return 1 + random.nextInt(254);
    }

    private static Packet with(Packet packet, Field field, Wish wish) {
        return wish.choose(field, packet.get(field)).map(value -> packet.with(field, value)).orElse(packet);
    }

    private static Packet address(Packet packet, Field field, Wish wish, boolean source) {
        IpAddress chosen = wish.choose(field, packet.get(field))
                .map(value -> new IpAddress(packet.v6(), value))
                .orElse(source ? packet.source() : packet.destination());
        return source ? packet.withSource(chosen) : packet.withDestination(chosen);
    }

    /** Returns one of our interfaces that the wish allows; for a wish that none can meet, none. */
    private Optional<String> device(Wish wish, Field field, int usual) {
        Optional<Values> asked = wish.values(field);
        List<String> fitting = interfaces.stream()
                .filter(name -> asked.map(values -> values.contains(InterfaceNames.number(name))).orElse(true))
                .toList();
        if (fitting.contains(CheckNetwork.OWN.get(usual))) {
            return Optional.of(CheckNetwork.OWN.get(usual));
        }
        return fitting.isEmpty() ? Optional.empty() : Optional.of(fitting.get(random.nextInt(fitting.size())));
    }
}
