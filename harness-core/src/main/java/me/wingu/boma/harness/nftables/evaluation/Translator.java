package me.wingu.boma.harness.nftables.evaluation;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import me.wingu.boma.harness.nftables.HostNetwork;
import me.wingu.boma.harness.nftables.IpAddress;
import me.wingu.boma.harness.nftables.semantics.Field;
import me.wingu.boma.harness.nftables.semantics.Interval;
import me.wingu.boma.harness.nftables.semantics.Ruling;
import me.wingu.boma.harness.nftables.semantics.Step;

/** Carries out network address translation on the packet. */
final class Translator {

    private static final long SNAT = 16;
    private static final long DNAT = 32;

    private final HostNetwork network;

    Translator(HostNetwork network) {
        this.network = network;
    }

    CompiledRule.Action compile(Step.Translation translation, ConditionCompiler conditions) {
        List<Code> codes = translation.targets().stream().map(each -> conditions.compile(each.when())).toList();
        return packet -> {
            for (int i = 0; i < codes.size(); i++) {
                if (codes.get(i).holds(packet)) {
                    return apply(packet, translation, translation.targets().get(i));
                }
            }
            return null;
        };
    }

    private Ruling apply(PacketState packet, Step.Translation translation, Step.Target target) {
        boolean destination = translation.destination();
        if (destination ? packet.destinationBound : packet.sourceBound) {
            return Ruling.of(Ruling.Kind.ACCEPT);
        }
        bind(packet, destination);
        boolean six = packet.get(Field.NFPROTO) == 10;
        Field address = address(destination, six);
        target.unknown().ifPresent(unknown -> {
            packet.note(unknown.rule() + ": " + unknown.reason());
            packet.poison(address);
            packet.poison(destination ? Field.DPORT : Field.SPORT);
            packet.divertedAnywhere |= destination;
        });
        BigInteger before = Packet.of(packet).get(address);
        Optional<BigInteger> chosen = target.address().isPresent()
                ? target.address().map(interval -> chosen(packet, address, interval, before, target.hostBits()))
                : own(packet, translation, six);
        chosen.ifPresent(value -> packet.set(address, value));
        boolean readdressed = chosen.filter(value -> !value.equals(before)).isPresent();
        packet.readdressed |= destination && (readdressed || target.unknown().isPresent());
        Field port = destination ? Field.DPORT : Field.SPORT;
        BigInteger portBefore = Packet.of(packet).get(port);
        Optional<BigInteger> portChosen =
                target.port().map(range -> chosen(packet, port, range, portBefore, BigInteger.ZERO));
        portChosen.ifPresent(value -> packet.set(port, value));
        if (readdressed || portChosen.filter(value -> !value.equals(portBefore)).isPresent()) { // nf_nat_setup_info
            packet.set(Field.CT_STATUS, packet.get(Field.CT_STATUS) | (destination ? DNAT : SNAT));
        }
        packet.copy(address, reply(destination, six));
        packet.copy(port, destination ? Field.CT_REPLY_SPORT : Field.CT_REPLY_DPORT);
        return Ruling.of(Ruling.Kind.ACCEPT);
    }

    private static void bind(PacketState packet, boolean destination) {
        if (destination) {
            packet.destinationBound = true;
        } else {
            packet.sourceBound = true;
        }
    }

    private static Field address(boolean destination, boolean six) {
        if (destination) {
            return six ? Field.IP6_DADDR : Field.IP_DADDR;
        }
        return six ? Field.IP6_SADDR : Field.IP_SADDR;
    }

    /** Replies come from where the translated packet goes, and go to where it comes from. */
    private static Field reply(boolean destination, boolean six) {
        if (destination) {
            return six ? Field.CT_REPLY_SADDR6 : Field.CT_REPLY_SADDR4;
        }
        return six ? Field.CT_REPLY_DADDR6 : Field.CT_REPLY_DADDR4;
    }

    /** The kernel keeps an address that is in the range already; otherwise any of the range may come. */
    private static BigInteger chosen(
            PacketState packet, Field field, Interval range, BigInteger before, BigInteger hostBits) {
        if (hostBits.signum() > 0) {
            return range.low().or(before.and(hostBits));
        } else if (!range.single()) {
            packet.note("the translation picks one of a range; the first is shown");
            packet.poison(field);
        }
        return range.low();
    }

    /** The interface's own address: of the output for masquerade, of the input for redirect, loopback for our own. */
    private Optional<BigInteger> own(PacketState state, Step.Translation translation, boolean six) {
        Packet packet = Packet.of(state);
        if (translation.kind() == Step.Translation.Kind.REDIRECT) {
            state.redirected = true;
            return packet.input().isEmpty()
                    ? Optional.of(IpAddress.of(six ? "::1" : "127.0.0.1").value())
                    : addressOf(packet.input().get(), six, state, Field.IP_DADDR);
        } else if (translation.kind() == Step.Translation.Kind.MASQUERADE) {
            return packet.output().isEmpty()
                    ? Optional.empty()
                    : addressOf(packet.output().get(), six, state, Field.IP_SADDR);
        }
        return Optional.empty();
    }

    private Optional<BigInteger> addressOf(String link, boolean six, PacketState state, Field field) {
        Optional<BigInteger> found = network.link(link).stream()
                .flatMap(each -> each.addresses().stream())
                .filter(each -> each.address().v6() == six)
                .map(each -> each.address().value())
                .findFirst();
        if (found.isEmpty()) {
            state.note("the address of " + link + " is not known");
            state.poison(six ? Field.valueOf(field.name().replace("IP_", "IP6_")) : field);
        }
        return found;
    }
}
