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
    private static final int NEW = 8;
    private static final int ESTABLISHED = 2;
    private static final int RELATED = 4;
    private static final int SYN = 2;
    private static final int SYN_ACK = 0x12;
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
            if (wish.admits(Field.CT_STATE, NEW)) {
                mode(way.hook()).flatMap(mode -> make(wish, mode, nfproto)).ifPresent(probes::add);
            } else {
                answer(wish, way.hook(), nfproto).ifPresent(answer -> {
                    probes.add(answer.opener().orElseThrow());
                    probes.add(answer);
                });
            }
        }
    }

    /** Returns a packet of a connection that another packet has opened, or an ICMP message about it. */
    private Optional<Probe> answer(Wish wish, Hook hook, int nfproto) {
        boolean through = hook == Hook.FORWARD || hook == Hook.POSTROUTING || hook == Hook.EGRESS;
        boolean own = hook == Hook.OUTPUT;
        boolean six = nfproto == 10;
        boolean established = wish.admits(Field.CT_STATE, ESTABLISHED);
        boolean related = wish.admits(Field.CT_STATE, RELATED) && wish.admits(Field.L4PROTO, six ? 58 : 1);
        if (!established && !related) {
            return Optional.empty();
        }
        boolean message = related && (!established || random.nextInt(3) == 0);
        boolean udp = message || wish.admits(Field.L4PROTO, 17);
        if (!udp && (own || !wish.admits(Field.L4PROTO, 6))) {
            return Optional.empty();
        }
        return make(wish, through ? Mode.FORWARD : Mode.OUTPUT, nfproto)
                .map(made -> made(made, udp ? 17 : 6, wish))
                .flatMap(made -> through ? Optional.of(made) : local(made, wish, six, own))
                .map(answer -> message ? message(answer, six) : answer);
    }

    /** Returns the probe as the answer of a server, with the question before it. */
    private static Probe made(Probe probe, int protocol, Wish wish) {
        boolean tcp = protocol == 6;
        int flags = wish.admits(Field.TCP_FLAGS, SYN_ACK) ? SYN_ACK : SYN;
        Packet answer = probe.packet()
                .with(Field.L4PROTO, protocol)
                .with(Field.TCP_OFFSET, tcp ? 0x50 : 0)
                .with(Field.TCP_FLAGS, tcp ? flags : 0);
        IpAddress client = answer.destination();
        IpAddress server = answer.source();
        Packet question = Packet.ip(client, server, protocol)
                .with(Field.SPORT, answer.get(Field.DPORT))
                .with(Field.DPORT, answer.get(Field.SPORT))
                .with(Field.TCP_FLAGS, tcp ? SYN : 0)
                .with(Field.TCP_WINDOW, tcp ? 1024 : 0)
                .with(Field.ETHER_SADDR, answer.get(Field.ETHER_SADDR));
        String input = CheckNetwork.OWN.get(0);
        Probe opener = new Probe(CheckNetwork.onWires(question).withInput(input), probe.mode(), false, input, probe.output(), Optional.empty());
        return probe.with(answer).openedBy(opener);
    }

    /** One end of the connection is the namespace itself; the other lies behind the interface of the answer. */
    private Optional<Probe> local(Probe probe, Wish wish, boolean six, boolean own) {
        IpAddress here = six ? CheckNetwork.SIX : CheckNetwork.FOUR;
        Field side = own ? (six ? Field.IP6_SADDR : Field.IP_SADDR) : (six ? Field.IP6_DADDR : Field.IP_DADDR);
        Optional<String> found = device(wish, own ? Field.OIF_NAME : Field.IIF_NAME, 1);
        if (found.isEmpty() || !wish.values(side).map(values -> values.contains(here.value())).orElse(true)) {
            return Optional.empty();
        }
        String device = found.get();
        Packet answer = own ? probe.packet().withSource(here) : probe.packet().withDestination(here).withInput(device);
        Packet question = probe.opener().orElseThrow().packet();
        question = own
                ? question.withDestination(here).withInput(device)
                : question.withSource(here).with(Field.IIF_NAME, 0).with(Field.IIF_TYPE, 0);
        Probe opener = new Probe(question, Mode.OUTPUT, !own, own ? device : "", device, Optional.empty());
        return Optional.of(
                new Probe(answer, Mode.OUTPUT, own, own ? "" : device, device, Optional.of(opener)));
    }

    private static Probe message(Probe answer, boolean six) {
        int unreachable = six ? 0x0104 : 0x0303;
        return answer.with(answer.packet()
                .with(Field.L4PROTO, six ? 58 : 1)
                .with(Field.SPORT, unreachable)
                .with(Field.TH_WORD1, 0)
                .with(Field.TCP_FLAGS, 0));
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
        boolean four = wish.admits(Field.NFPROTO, 2) && wish.admits(Field.PROTOCOL, 0x0800) && family != Family.IP6;
        boolean six = wish.admits(Field.NFPROTO, 10) && wish.admits(Field.PROTOCOL, 0x86dd) && family != Family.IP;
        return four && (!six || random.nextBoolean()) ? 2 : 10;
    }

    private Optional<Probe> make(Wish wish, Mode mode, int nfproto) {
        boolean six = nfproto == 10;
        Packet packet = ordinary(six, wish);
        for (Field field : WIRE) {
            packet = with(packet, field, wish);
        }
        packet = packet.with(Field.PKTTYPE, mode != Mode.OUTPUT && toMany(packet) ? packet.get(Field.PKTTYPE) : BigInteger.ZERO);
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
        boolean own = mode == Mode.OUTPUT;
        if (own) {
            packet = with(packet, Field.MARK, wish);
        }
        return Optional.of(new Probe(CheckNetwork.onWires(packet), mode, own, input.get(), output.get(), Optional.empty()));
    }

    /** The kernel derives the type from the Ethernet address: of those, a host takes broadcast and multicast frames. */
    private static boolean toMany(Packet packet) {
        int type = packet.get(Field.PKTTYPE).intValue();
        return type == 1 || type == 2;
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
