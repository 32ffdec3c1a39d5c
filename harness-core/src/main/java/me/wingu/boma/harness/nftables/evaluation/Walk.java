package me.wingu.boma.harness.nftables.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import me.wingu.boma.harness.nftables.Family;
import me.wingu.boma.harness.nftables.semantics.Condition;
import me.wingu.boma.harness.nftables.semantics.Field;
import me.wingu.boma.harness.nftables.semantics.RuleId;
import me.wingu.boma.harness.nftables.semantics.Ruling;

/** One packet's way through the hooks, in one run. */
final class Walk {

    private static final Set<Integer> ICMP = Set.of(1, 58);
    private static final Condition.Unknown ROUTE = new Condition.Unknown(
            new RuleId(Family.INET, "(routing)", "(route)", 0, 0), 0, "where the translated packet goes");
    private static final int INVALID = 1;
    private static final int RELATED = 4;
    private static final int UNTRACKED = 64;
    private static final int NEW = 8;

    /** Status bits of a connection whose addresses are settled, translated or not. */
    private static final int SOURCE_DONE = 128;
    private static final int DESTINATION_DONE = 256;

    private final CompiledRuleset ruleset;
    private final Router router;
    private final int order;
    private final PacketState packet;
    private final List<Hook> path = new ArrayList<>(4);
    private Answer verdict = Answer.ACCEPT;
    private boolean sent;
    /** The state before connection tracking, which a rule may change: untracked, or new by the template of a zone. */
    private long early = INVALID;

    Walk(CompiledRuleset ruleset, Router router, int order, PacketState packet) {
        this.ruleset = ruleset;
        this.router = router;
        this.order = order;
        this.packet = packet;
    }

    /** Runs the packet all the way, from its interface or from this host. */
    Answer run() {
        if (packet.isZero(Field.IIF_NAME)) {
            leave();
        } else {
            arrive();
        }
        return verdict;
    }

    /** Runs the packet through one hook only, as it is. */
    Answer run(Hook hook) {
        pass(hook);
        return verdict;
    }

    /** Runs an arriving packet through the hooks that come before routing. */
    void runToRouting() {
        packet.set(Field.OIF_NAME, 0);
        if (pass(Hook.INGRESS)) {
            pass(Hook.PREROUTING);
        }
    }

    Outcome outcome() {
        List<TraceEvent> events = packet.trace().stream()
                .map(step -> new TraceEvent(
                        step.chain().chain,
                        Optional.ofNullable(step.rule()).map(CompiledRule::meaning),
                        step.ruling()))
                .toList();
        Optional<TraceEvent> last = events.isEmpty() ? Optional.empty() : Optional.of(events.get(events.size() - 1));
        return new Outcome(verdict, path, events, last, Packet.of(packet), List.copyOf(packet.notes()));
    }

    private void arrive() {
        int output = Field.OIF_NAME.index();
        long outputHigh = packet.high[output];
        long outputLow = packet.low[output];
        packet.set(Field.OIF_NAME, 0);
        if (!pass(Hook.INGRESS) || !pass(Hook.PREROUTING)) {
            return;
        }
        boolean given = (outputHigh | outputLow) != 0;
        if (packet.redirected) {
            pass(Hook.INPUT);
        } else if (given) {
            packet.high[output] = outputHigh;
            packet.low[output] = outputLow;
            forward();
        } else {
            route();
        }
    }

    private void route() {
        if (router.refuses(packet)) {
            stop("only lo may bring packets for 127.0.0.0/8 (net.ipv4.conf.*.route_localnet = 0)");
            return;
        }
        if (!router.known()) {
            if (packet.readdressed && !router.toLoopback(packet)) {
                packet.note("the host's addresses are not known: a translated packet is taken for forwarded");
                forward();
            } else {
                pass(Hook.INPUT);
            }
            return;
        }
        if (router.bridges(packet)) {
            packet.note("bridge-nf-call-iptables is on: a frame that only passes the bridge takes the forward chains");
        }
        if (packet.divertedAnywhere) {
            routeAnywhere();
            return;
        }
        Router.Leg leg = router.leg(packet);
        if (leg.fate() == Router.Fate.HERE) {
            pass(Hook.INPUT);
        } else if (!router.forwards(packet.v6())) {
            stop(
                    packet.v6()
                            ? "the host does not forward (net.ipv6.conf.all.forwarding = 0)"
                            : "the host does not forward (net.ipv4.ip_forward = 0)");
        } else if (leg.fate() == Router.Fate.NOWHERE) {
            stopWithoutRoute();
        } else {
            output(leg);
            forward();
        }
    }

    /** A translation chose an address that is not told. */
    private void routeAnywhere() {
        if (packet.unknown(ROUTE)) {
            pass(Hook.INPUT);
        } else if (router.forwards(packet.v6())) {
            output(Router.SOMEWHERE);
            forward();
        } else {
            stop("the host does not forward");
        }
    }

    private void stopWithoutRoute() {
        stop("no route leads to " + Packet.of(packet).destination());
    }

    private void stop(String reason) {
        packet.note(reason);
        verdict = Answer.DROP;
    }

    private void output(Router.Leg leg) {
        if (leg.fate() == Router.Fate.SOMEWHERE) {
            packet.note("the destination alone does not tell the output interface: routing rules or several devices do");
            packet.poison(Field.OIF_NAME);
            packet.poison(Field.OIF_TYPE);
            return;
        }
        packet.set(Field.OIF_NAME, leg.device());
        packet.set(Field.OIF_TYPE, leg.linkType());
    }

    /** The kernel counts the hop before it asks the forward hook. */
    private void forward() {
        Field hops = packet.v6() ? Field.IP6_HOPLIMIT : Field.IP_TTL;
        packet.set(hops, Math.max(0, packet.get(hops) - 1));
        if (pass(Hook.FORWARD) && pass(Hook.POSTROUTING)) {
            pass(Hook.EGRESS);
        }
    }

    private void leave() {
        if (packet.isZero(Field.OIF_NAME) && router.known() && !send()) {
            return;
        }
        Packet start = Packet.of(packet);
        if (!pass(Hook.OUTPUT) || !reroute(start) || !pass(Hook.POSTROUTING)) {
            return;
        }
        if (pass(Hook.EGRESS) && Packet.of(packet).output().filter("lo"::equals).isPresent()) {
            packet.set(Field.OIF_NAME, 0);
            packet.set(Field.IIF_NAME, InterfaceNames.number("lo"));
            packet.set(Field.IIF_TYPE, InterfaceNames.linkType("lo"));
            if (pass(Hook.PREROUTING)) {
                pass(Hook.INPUT);
            }
        }
    }

    /** Sets the output interface of a packet of our own; false when there is none. */
    private boolean send() {
        Router.Leg leg = router.leg(packet);
        if (leg.fate() == Router.Fate.NOWHERE) {
            stopWithoutRoute();
            return false;
        }
        output(leg);
        return true;
    }

    /** A translation of the destination at the output hook sends the packet another way. */
    private boolean reroute(Packet start) {
        if (packet.divertedAnywhere && router.known()) {
            output(Router.SOMEWHERE);
            return true;
        }
        boolean same = !router.known() || Packet.of(packet).destination().equals(start.destination());
        return same || send();
    }

    private boolean pass(Hook hook) {
        List<HookChains.Station> stations = ruleset.stations(hook, packet.v6(), order);
        path.add(hook);
        sent |= hook == Hook.OUTPUT;
        boolean seen = sent && hook == Hook.PREROUTING;
        boolean untold = !seen && (hook == Hook.PREROUTING || hook == Hook.OUTPUT);
        Optional<String> device = deviceAt(hook);
        for (HookChains.Station station : stations) {
            if (!station.onDevice(device)) {
                continue;
            }
            if (untold && !station.beforeConntrack()) {
                connect();
                untold = false;
            }
            Ruling ruling = station.nat() ? translate(station, hook) : filter(station, seen);
            verdict = answer(ruling);
            if (verdict != Answer.ACCEPT) {
                return false;
            }
        }
        if (untold) {
            connect();
        }
        return true;
    }

    /** A new connection starts with this packet's addresses and ports. */
    private void connect() {
        if (packet.get(Field.CT_STATE) != NEW) {
            return;
        }
        packet.set(Field.CT_STATUS, 0);
        packet.set(Field.CT_DIRECTION, 0);
        packet.set(Field.CT_MARK, 0);
        packet.copy(Field.IP_SADDR, Field.CT_ORIGINAL_SADDR4, Field.CT_REPLY_DADDR4);
        packet.copy(Field.IP_DADDR, Field.CT_ORIGINAL_DADDR4, Field.CT_REPLY_SADDR4);
        packet.copy(Field.IP6_SADDR, Field.CT_ORIGINAL_SADDR6, Field.CT_REPLY_DADDR6);
        packet.copy(Field.IP6_DADDR, Field.CT_ORIGINAL_DADDR6, Field.CT_REPLY_SADDR6);
        packet.copy(Field.SPORT, Field.CT_ORIGINAL_SPORT, Field.CT_REPLY_DPORT);
        packet.copy(Field.DPORT, Field.CT_ORIGINAL_DPORT, Field.CT_REPLY_SPORT);
    }

    private Optional<String> deviceAt(Hook hook) {
        return switch (hook) {
            case INGRESS -> Packet.of(packet).input();
            case EGRESS -> Packet.of(packet).output();
            default -> Optional.empty();
        };
    }

    /** Before connection tracking has looked at it, every packet counts as invalid, unless a rule says otherwise. */
    private Ruling filter(HookChains.Station station, boolean seen) {
        if (!station.beforeConntrack() || seen) {
            return ruleset.run(station.chains().get(0), packet);
        }
        long state = packet.get(Field.CT_STATE);
        packet.set(Field.CT_STATE, early);
        Ruling ruling = ruleset.run(station.chains().get(0), packet);
        early = packet.get(Field.CT_STATE);
        packet.set(Field.CT_STATE, early == UNTRACKED ? UNTRACKED : state);
        return ruling;
    }

    /** Only the first packet of a connection, or a related one that is no ICMP message, asks; the first chain that binds ends the search. */
    private Ruling translate(HookChains.Station station, Hook hook) {
        boolean destination = hook == Hook.PREROUTING || hook == Hook.OUTPUT;
        long state = packet.get(Field.CT_STATE);
        boolean bound = destination ? packet.destinationBound : packet.sourceBound;
        boolean message = state == RELATED && ICMP.contains((int) packet.get(Field.L4PROTO));
        if ((state != NEW && state != RELATED) || message || bound || !ruleset.tracks(packet.v6())) {
            return Ruling.of(Ruling.Kind.ACCEPT);
        }
        for (CompiledChain chain : station.chains()) {
            Ruling ruling = ruleset.run(chain, packet);
            if (ruling.kind() != Ruling.Kind.ACCEPT) {
                return ruling;
            } else if (destination ? packet.destinationBound : packet.sourceBound) {
                break;
            }
        }
        packet.set(Field.CT_STATUS, packet.get(Field.CT_STATUS) | (destination ? DESTINATION_DONE : SOURCE_DONE));
        if (sent) {
            packet.destinationBound |= destination;
            packet.sourceBound |= !destination;
        }
        return Ruling.of(Ruling.Kind.ACCEPT);
    }

    private static Answer answer(Ruling ruling) {
        return switch (ruling.kind()) {
            case DROP -> Answer.DROP;
            case REJECT -> Answer.REJECT;
            case QUEUE, STOLEN -> Answer.ELSEWHERE;
            default -> Answer.ACCEPT;
        };
    }
}
