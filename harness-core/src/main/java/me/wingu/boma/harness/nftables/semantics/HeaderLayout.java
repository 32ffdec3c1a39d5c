package me.wingu.boma.harness.nftables.semantics;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Where the fields of each header stand, so that a rule may read any run of bits. */
enum HeaderLayout {
    ETHERNET(at(0, Field.ETHER_DADDR), at(48, Field.ETHER_SADDR), at(96, Field.ETHER_TYPE)),
    ARP(
            at(0, Field.ARP_HTYPE), at(16, Field.ARP_PTYPE), at(32, Field.ARP_HLEN), at(40, Field.ARP_PLEN),
            at(48, Field.ARP_OPERATION), at(64, Field.ARP_SADDR_ETHER), at(112, Field.ARP_SADDR_IP),
            at(144, Field.ARP_DADDR_ETHER), at(192, Field.ARP_DADDR_IP)),
    IPV4(
            at(0, Field.IP_VERSION_IHL), at(8, Field.IP_TOS), at(16, Field.IP_LENGTH), at(32, Field.IP_ID),
            at(48, Field.IP_FRAG_OFF), at(64, Field.IP_TTL), at(72, Field.L4PROTO), at(80, Field.IP_CHECKSUM),
            at(96, Field.IP_SADDR), at(128, Field.IP_DADDR)),
    IPV6(
            at(0, Field.IP6_FIRST_WORD), at(32, Field.IP6_LENGTH), at(56, Field.IP6_HOPLIMIT),
            at(64, Field.IP6_SADDR), at(192, Field.IP6_DADDR)),
    TRANSPORT(
            at(0, Field.SPORT), at(16, Field.DPORT), at(32, Field.TH_WORD1), at(64, Field.TH_WORD2),
            at(96, Field.TCP_OFFSET), at(104, Field.TCP_FLAGS), at(112, Field.TCP_WINDOW),
            at(128, Field.TCP_CHECKSUM), at(144, Field.TCP_URGPTR));

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<Placed> fields;

    HeaderLayout(Placed... fields) {
        this.fields = List.of(fields);
    }

    private record Placed(int offset, Field field) {}

    private static Placed at(int offset, Field field) {
        return new Placed(offset, field);
    }

    /**
     * Returns the runs that make up these bits, in order.
     *
     * @throws NotModelled when some of the bits belong to no field
     */
    List<Reading.Slice> slices(int offset, int length) {
        List<Reading.Slice> slices = new ArrayList<>();
        int from = offset;
        while (from < offset + length) {
            Placed placed = covering(from);
            int end = Math.min(offset + length, placed.offset() + placed.field().bits());
            int below = placed.offset() + placed.field().bits() - end;
            slices.add(new Reading.Slice(
                    placed.field(), below, end - from, Field.ones(end - from), BigInteger.ZERO));
            from = end;
        }
        return slices;
    }

    private Placed covering(int bit) {
        return fields.stream()
                .filter(placed -> placed.offset() <= bit && bit < placed.offset() + placed.field().bits())
                .findFirst()
                .orElseThrow(() -> new NotModelled("header bits that the model does not hold"));
    }

    /** Returns the reading of these bits; several fields can be compared with single values only. */
    Reading reading(int offset, int length, DataType type, Condition requires) {
        List<Reading.Slice> slices = slices(offset, length);
        return slices.size() == 1
                ? Reading.of(slices.get(0), type, requires)
                : Reading.derived(type, length, requires, values -> split(slices, length, values));
    }

    private static Condition split(List<Reading.Slice> slices, int length, Values values) {
        List<Condition> alternatives = new ArrayList<>();
        for (Interval interval : values.intervals()) {
            List<Condition> parts = new ArrayList<>();
            int below = length;
            for (Reading.Slice slice : slices) {
                below -= slice.bits();
                BigInteger low = interval.low().shiftRight(below);
                BigInteger high = interval.high().shiftRight(below);
                boolean wholeRest = interval.low().and(Field.ones(below)).signum() == 0
                        && interval.high().and(Field.ones(below)).equals(Field.ones(below));
                if (!low.equals(high) && !wholeRest) {
                    throw new NotModelled("a range over several header fields");
                }
                BigInteger ones = Field.ones(slice.bits());
                parts.add(slice.test(Values.between(low.and(ones), high.and(ones))));
                if (!low.equals(high)) {
                    break;
                }
            }
            alternatives.add(Condition.all(parts));
        }
        return Condition.any(alternatives);
    }
}
