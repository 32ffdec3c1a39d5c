package me.wingu.boma.harness.nftables.proof;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import me.wingu.boma.harness.nftables.IpAddress;
import me.wingu.boma.harness.nftables.IpPrefix;
import me.wingu.boma.harness.nftables.semantics.Condition;
import me.wingu.boma.harness.nftables.semantics.Field;
import me.wingu.boma.harness.nftables.semantics.Interval;
import me.wingu.boma.harness.nftables.semantics.RulesetMeaning;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** Lists everything that a network can reach, at a host and behind it. */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class ExposureSurvey {

    private static final int MOST_SOURCES = 24;
    private static final int MOST_NUMBERS = 4_096;
    private static final Map<Integer, String> PROTOCOLS = names();

    private final RulesetMeaning ruleset;
    private final ProofLimits limits;

    /** Creates a survey of a ruleset on its host. */
    public ExposureSurvey(RulesetMeaning ruleset, ProofLimits limits) {
        this.ruleset = ruleset;
        this.limits = limits;
    }

    /**
     * Lists what can be reached.
     *
     * @throws ProofLimitException when the survey would need more than the limits allow
     * @throws IllegalArgumentException when the host has no such interface
     */
    public List<Exposure> of(Arrivals arrivals) {
        Inquiry inquiry = new Inquiry(List.of(ruleset), Question.about(arrivals), limits);
        Bdd bdd = inquiry.bdd();
        Passage passage = inquiry.passage(ruleset);
        int sent = bdd.and(
                bdd.and(inquiry.arriving(arrivals), inquiry.encode(Sendable.opening())),
                bdd.and(passage.routing().hereOrBehind(), passage.routing().addressed(arrivals.destination())));
        int accepted = passage.fold(NodeTable.TRUE, NodeTable.TRUE);
        return new Listing(inquiry, sent, bdd.and(sent, accepted)).all();
    }

    private static Map<Integer, String> names() {
        Map<Integer, String> names = new LinkedHashMap<>();
        names.put(6, "tcp");
        names.put(17, "udp");
        names.put(132, "sctp");
        names.put(1, "icmp");
        names.put(58, "icmpv6");
        return names;
    }

    /** One survey's rows. */
    private final class Listing {

        private final Inquiry inquiry;
        private final Bdd bdd;
        private final HeaderSpace space;
        private final int sent;
        private final int certain;
        private final int possible;
        private final List<Exposure> rows = new ArrayList<>();

        Listing(Inquiry inquiry, int sent, int accepted) {
            this.inquiry = inquiry;
            this.bdd = inquiry.bdd();
            this.space = inquiry.space();
            this.sent = sent;
            int unknowns = space.unknownCube();
            this.certain = bdd.not(bdd.exists(bdd.not(accepted), unknowns));
            this.possible = bdd.difference(bdd.exists(accepted, unknowns), certain);
        }

        List<Exposure> all() {
            for (int version : new int[] {4, 6}) {
                PROTOCOLS.forEach((number, name) -> {
                    rows(version, number, name, certain, true);
                    rows(version, number, name, possible, false);
                });
                others(version);
            }
            return rows;
        }

        private void others(int version) {
            int others = NodeTable.FALSE;
            for (int number : PROTOCOLS.keySet()) {
                others = bdd.or(others, space.is(Field.L4PROTO, BigInteger.valueOf(number)));
            }
            int rest = bdd.difference(bdd.and(bdd.or(certain, possible), version(version)), others);
            int protocols = keep(rest, Field.L4PROTO);
            for (Interval interval : space.values(Field.L4PROTO, protocols, MOST_NUMBERS)) {
                int here = bdd.and(rest, space.within(Field.L4PROTO, interval));
                boolean sure = bdd.and(here, certain) != NodeTable.FALSE;
                add(version, "protocol " + text(interval), List.of(), here, bdd.and(sent, version(version)), sure);
            }
        }

        private void rows(int version, int number, String name, int reachable, boolean sure) {
            int protocol = bdd.and(version(version), space.is(Field.L4PROTO, BigInteger.valueOf(number)));
            int here = bdd.and(reachable, protocol);
            boolean message = name.startsWith("icmp");
            Field field = message ? Field.SPORT : Field.DPORT;
            int left = here;
            while (left != NodeTable.FALSE) {
                int port = keep(left, field);
                BigInteger first = space.values(field, port, 0).get(0).low();
                int same = sameSources(here, field, first, version);
                int group = bdd.and(left, same);
                List<String> numbers = space.values(field, keep(group, field), MOST_NUMBERS).stream()
                        .map(interval -> message ? types(interval) : text(interval))
                        .toList();
                add(version, name, whole(numbers), group, bdd.and(sent, bdd.and(protocol, same)), sure);
                left = bdd.difference(left, same);
            }
        }

        /** Returns the numbers that the same sources can reach as the given one. */
        private int sameSources(int reachable, Field field, BigInteger number, int version) {
            Field source = source(version);
            int bySource = keep(reachable, field, source);
            int wanted = bdd.substitute(bySource, new Draft(space)
                    .set(space.field(field), space.constant(field, number))
                    .substitution());
            return bdd.not(bdd.exists(bdd.xor(bySource, wanted), cube(space.field(source))));
        }

        private void add(int version, String protocol, List<String> numbers, int group, int asked, boolean sure) {
            Field source = source(version);
            int reached = keep(group, source);
            boolean everybody = keep(asked, source) == reached;
            List<String> sources = everybody ? List.of("any") : addresses(reached, version);
            rows.add(new Exposure(
                    version, protocol, numbers, sources, sure, new Portrait(inquiry, ruleset.network()).of(group)));
        }

        private List<String> addresses(int condition, int version) {
            List<Interval> intervals = space.values(source(version), condition, MOST_SOURCES);
            List<String> texts = new ArrayList<>();
            intervals.stream()
                    .limit(MOST_SOURCES)
                    .map(interval -> range(interval, version == 6))
                    .forEach(texts::add);
            if (intervals.size() > MOST_SOURCES) {
                texts.add("and more");
            }
            return texts;
        }

        private Field source(int version) {
            return version == 6 ? Field.IP6_SADDR : Field.IP_SADDR;
        }

        private int version(int version) {
            return inquiry.encode(Condition.is(Field.NFPROTO, version == 6 ? 10 : 2));
        }

        /** Forgets all variables but those of the fields. */
        private int keep(int condition, Field... fields) {
            int cube = NodeTable.TRUE;
            for (int variable : bdd.support(condition).stream().boxed().sorted(java.util.Comparator.reverseOrder()).toList()) {
                boolean kept = false;
                for (Field field : fields) {
                    kept |= space.field(field).has(variable);
                }
                cube = kept ? cube : bdd.and(bdd.variable(variable), cube);
            }
            return bdd.exists(condition, cube);
        }

        private int cube(BitField field) {
            int cube = NodeTable.TRUE;
            for (int bit = 0; bit < field.width(); bit++) {
                cube = bdd.and(bdd.variable(field.variable(bit)), cube);
            }
            return cube;
        }
    }

    private static List<String> whole(List<String> numbers) {
        return numbers.equals(List.of("0-65535")) || numbers.equals(List.of("0-255")) ? List.of("all") : numbers;
    }

    private static String text(Interval interval) {
        return interval.single() ? interval.low().toString() : interval.low() + "-" + interval.high();
    }

    /** The message type is the upper byte of the word, its code the lower one. */
    private static String types(Interval interval) {
        BigInteger low = interval.low().shiftRight(8);
        BigInteger high = interval.high().shiftRight(8);
        return low.equals(high) ? low.toString() : low + "-" + high;
    }

    private static String range(Interval interval, boolean v6) {
        IpAddress low = new IpAddress(v6, interval.low());
        IpAddress high = new IpAddress(v6, interval.high());
        BigInteger size = interval.high().subtract(interval.low()).add(BigInteger.ONE);
        if (size.equals(BigInteger.ONE)) {
            return low.toString();
        }
        boolean aligned = size.bitCount() == 1 && low.value().and(size.subtract(BigInteger.ONE)).signum() == 0;
        return aligned ? new IpPrefix(low, low.bits() - size.getLowestSetBit()).toString() : low + "-" + high;
    }
}
