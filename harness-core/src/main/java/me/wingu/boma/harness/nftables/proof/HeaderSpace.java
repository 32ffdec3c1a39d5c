package me.wingu.boma.harness.nftables.proof;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import me.wingu.boma.harness.nftables.semantics.Condition;
import me.wingu.boma.harness.nftables.semantics.Field;
import me.wingu.boma.harness.nftables.semantics.Interval;

/**
 * The variables of a proof: every bit of every field that a rule can read, then one for each thing that the ruleset
 * does not tell.
 *
 * <p>The order was measured, see docs/decisions/0030: what tells packets apart coarsely first, addresses before ports.
 */
final class HeaderSpace {

    /** The fields that decide most, from the top of the order; the others follow as they are declared. */
    private static final List<Field> FIRST = List.of(
            Field.NFPROTO,
            Field.CT_STATE,
            Field.L4PROTO,
            Field.IIF_NAME,
            Field.OIF_NAME,
            Field.IP_SADDR,
            Field.IP6_SADDR,
            Field.IP_DADDR,
            Field.IP6_DADDR,
            Field.DPORT,
            Field.SPORT,
            Field.TCP_FLAGS);

    private final Bdd bdd;
    private final Map<Field, BitField> fields = new EnumMap<>(Field.class);
    private final Map<Field, Codebook> codebooks = new EnumMap<>(Field.class);
    private final BitField arrival;
    private final BitField diverted;
    private final BitField redirected;
    private final Map<Condition.Unknown, List<Integer>> unknowns = new LinkedHashMap<>();
    private final int firstUnknown;
    private int variables;

    /** Creates the variables for everything that the vocabulary has heard of. */
    HeaderSpace(Bdd bdd, Vocabulary vocabulary) {
        this.bdd = bdd;
        diverted = own(1);
        redirected = own(1);
        arrival = own(Field.CT_STATE.bits());
        Set<Field> order = new LinkedHashSet<>(FIRST);
        order.addAll(EnumSet.allOf(Field.class));
        for (Field field : order) {
            vocabulary.codes(field).ifPresent(codes -> codebooks.put(field, codes));
            Codebook codes = codebooks.get(field);
            fields.put(field, own(codes == null ? field.bits() : codes.width()));
        }
        firstUnknown = variables;
    }

    private BitField own(int bits) {
        BitField field = new BitField(bdd, variables, bits);
        variables += bits;
        return field;
    }

    Bdd bdd() {
        return bdd;
    }

    /** Returns the variables of a field: its bits, or those of its code. */
    BitField field(Field field) {
        return fields.get(field);
    }

    /** Returns the test whether the field, masked, has one of the interval's values. */
    BitTest test(Field field, BigInteger mask, Interval values) {
        BitField bits = fields.get(field);
        Codebook codes = codebooks.get(field);
        return codes == null
                ? new BitTest(bits, mask, values)
                : new BitTest(bits, bits.ones(), codes.codes(values));
    }

    /** Returns the condition that the field has one of the interval's values. */
    int within(Field field, Interval values) {
        return test(field, field.ones(), values).diagram();
    }

    /** Returns the condition that the field has the value. */
    int is(Field field, BigInteger value) {
        return within(field, Interval.of(value));
    }

    /** Returns the condition that the field has the value, or one that nobody tells apart from it. */
    int like(Field field, BigInteger value) {
        Codebook codes = codebooks.get(field);
        return fields.get(field).equal(codes == null ? value : BigInteger.valueOf(codes.code(value)));
    }

    /** Returns the functions of the value's bits in the field, bit 0 first. */
    int[] constant(Field field, BigInteger value) {
        Codebook codes = codebooks.get(field);
        return Draft.constant(
                fields.get(field), codes == null ? value : codes.codes(Interval.of(value)).low());
    }

    /**
     * Returns the field's values that make a condition true, as ascending intervals that do not touch.
     *
     * @param condition a condition on this field alone
     * @param most how many intervals to list before stopping; the last one is then incomplete
     */
    List<Interval> values(Field field, int condition, int most) {
        return Intervals.of(bdd, fields.get(field), condition, most).stream()
                .map(numbers -> new Interval(
                        meaning(field, numbers.low()).low(), meaning(field, numbers.high()).high()))
                .toList();
    }

    /** Returns the values that the field's variables stand for when they hold this number. */
    Interval meaning(Field field, BigInteger number) {
        Codebook codes = codebooks.get(field);
        return codes == null ? Interval.of(number) : codes.meaning(number.intValueExact(), field.ones());
    }

    /** Returns how connection tracking will class the packet; {@link Field#CT_STATE} is what a rule reads. */
    BitField arrival() {
        return arrival;
    }

    /** Returns the bit that says whether the destination was translated to a given address ({@code dnat}). */
    BitField diverted() {
        return diverted;
    }

    /** Returns the bit that says whether the destination was translated to an address of ours ({@code redirect}). */
    BitField redirected() {
        return redirected;
    }

    /** Returns the variable that stands for an unknown; equal unknowns share it. */
    int unknown(Condition.Unknown unknown) {
        return unknownBits(unknown, 1).get(0);
    }

    /** Returns that many variables that stand for an unknown; equal unknowns share them. */
    List<Integer> unknownBits(Condition.Unknown unknown, int bits) {
        List<Integer> own = unknowns.computeIfAbsent(unknown, key -> new ArrayList<>());
        while (own.size() < bits) {
            own.add(variables++);
        }
        return List.copyOf(own.subList(0, bits));
    }

    /** Returns every unknown that got a variable, in the order in which they were met. */
    Set<Condition.Unknown> unknowns() {
        return unknowns.keySet();
    }

    /** Returns the variables that stand for an unknown. */
    List<Integer> variablesOf(Condition.Unknown unknown) {
        return unknowns.getOrDefault(unknown, List.of());
    }

    /** Returns the conjunction of all variables that are no field's. */
    int unknownCube() {
        int cube = NodeTable.TRUE;
        for (int variable = variables - 1; variable >= firstUnknown; variable--) {
            cube = bdd.and(bdd.variable(variable), cube);
        }
        return cube;
    }

    /** Returns how many variables there are so far. */
    int variables() {
        return variables;
    }
}
