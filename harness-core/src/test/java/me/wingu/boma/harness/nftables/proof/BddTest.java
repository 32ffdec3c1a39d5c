package me.wingu.boma.harness.nftables.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import jdd.bdd.BDD;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Compares our diagrams with those of the JDD library, on random functions and over every assignment. */
class BddTest {

    private static final int VARIABLES = 9;
    private static final int FUNCTIONS = 60;

    private final Bdd bdd = new Bdd(ProofLimits.STANDARD);
    private final BDD oracle = new BDD(10_000, 1_000);
    private final int[] ours = new int[FUNCTIONS];
    private final int[] theirs = new int[FUNCTIONS];

    @RepeatedTest(50)
    void should_agree_with_jdd_on_random_functions(RepetitionInfo repetition) {
        build(new Random(repetition.getCurrentRepetition()));

        for (int i = 0; i < FUNCTIONS; i++) {
            for (int assignment = 0; assignment < 1 << VARIABLES; assignment++) {
                boolean[] values = bits(assignment);
                assertThat(value(ours[i], values)).isEqualTo(oracle.member(theirs[i], values));
            }
        }
    }

    @RepeatedTest(10)
    void should_give_equal_functions_equal_numbers(RepetitionInfo repetition) {
        build(new Random(repetition.getCurrentRepetition()));

        for (int i = 0; i < FUNCTIONS; i++) {
            for (int j = 0; j < FUNCTIONS; j++) {
                assertThat(ours[i] == ours[j]).isEqualTo(theirs[i] == theirs[j]);
            }
        }
    }

    @RepeatedTest(20)
    void should_substitute_functions_for_variables_all_at_once(RepetitionInfo repetition) {
        build(new Random(repetition.getCurrentRepetition()));
        int[] replacements = new int[VARIABLES - 1];
        Arrays.fill(replacements, Substitution.KEEP);
        replacements[1] = NodeTable.TRUE;
        replacements[3] = bdd.variable(5);
        replacements[5] = bdd.variable(3);
        replacements[7] = ours[FUNCTIONS - 1];

        int f = ours[FUNCTIONS - 2];
        int substituted = bdd.substitute(f, bdd.substitution(replacements));

        for (int assignment = 0; assignment < 1 << VARIABLES; assignment++) {
            boolean[] values = bits(assignment);
            boolean[] replaced = values.clone();
            replaced[1] = true;
            replaced[3] = values[5];
            replaced[5] = values[3];
            replaced[7] = value(ours[FUNCTIONS - 1], values);
            assertThat(value(substituted, values)).isEqualTo(value(f, replaced));
        }
    }

    /** Two rules, one that accepts and one that drops, with what follows them. */
    @RepeatedTest(20)
    void should_let_the_first_rule_decide_and_the_rest_follow(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        build(random);
        for (int i = 0; i < FUNCTIONS; i++) {
            int accepting = ours[random.nextInt(FUNCTIONS)];
            int dropping = ours[random.nextInt(FUNCTIONS)];
            int accepted = ours[random.nextInt(FUNCTIONS)];
            int rest = ours[random.nextInt(FUNCTIONS)];

            int rulings = bdd.orElse(
                    bdd.decides(accepting, NodeTable.TRUE), bdd.decides(dropping, NodeTable.FALSE));

            assertThat(bdd.resolve(rulings, accepted, rest))
                    .isEqualTo(bdd.ite(accepting, accepted, bdd.difference(rest, dropping)));
            assertThat(bdd.resolve(rulings, NodeTable.TRUE, rest))
                    .isEqualTo(bdd.or(accepting, bdd.difference(rest, dropping)));
        }
    }

    @Test
    void should_refuse_a_proof_that_needs_too_many_nodes() {
        Bdd small = new Bdd(new ProofLimits(1 << 10, Long.MAX_VALUE));

        assertThatThrownBy(() -> blowUp(small))
                .isInstanceOf(ProofLimitException.class)
                .hasMessageContaining("1,024 nodes")
                .hasMessageContaining("Nothing was proved");
    }

    @Test
    void should_refuse_a_proof_that_needs_too_many_steps() {
        Bdd slow = new Bdd(new ProofLimits(1 << 20, 5_000));

        assertThatThrownBy(() -> blowUp(slow))
                .isInstanceOf(ProofLimitException.class)
                .hasMessageContaining("5,000 steps");
    }

    /** The classic function whose diagram is exponential in this order: x0 x16 + x1 x17 + … */
    private static int blowUp(Bdd in) {
        int sum = NodeTable.FALSE;
        for (int i = 0; i < 16; i++) {
            sum = in.or(sum, in.and(in.variable(i), in.variable(16 + i)));
        }
        return sum;
    }

    private void build(Random random) {
        for (int i = 0; i < VARIABLES; i++) {
            ours[i] = bdd.variable(i);
            theirs[i] = oracle.createVar();
        }
        for (int i = VARIABLES; i < FUNCTIONS; i++) {
            int f = random.nextInt(i);
            int g = random.nextInt(i);
            int h = random.nextInt(i);
            switch (random.nextInt(7)) {
                case 0 -> keep(i, bdd.and(ours[f], ours[g]), oracle.and(theirs[f], theirs[g]));
                case 1 -> keep(i, bdd.or(ours[f], ours[g]), oracle.or(theirs[f], theirs[g]));
                case 2 -> keep(i, bdd.xor(ours[f], ours[g]), oracle.xor(theirs[f], theirs[g]));
                case 3 -> keep(i, bdd.not(ours[f]), oracle.not(theirs[f]));
                case 4 -> keep(i, bdd.ite(ours[f], ours[g], ours[h]), oracle.ite(theirs[f], theirs[g], theirs[h]));
                case 5 -> keep(
                        i,
                        bdd.difference(ours[f], ours[g]),
                        oracle.and(theirs[f], oracle.ref(oracle.not(theirs[g]))));
                default -> {
                    int a = random.nextInt(VARIABLES);
                    int b = random.nextInt(VARIABLES);
                    keep(
                            i,
                            bdd.exists(ours[f], bdd.and(bdd.variable(a), bdd.variable(b))),
                            oracle.exists(theirs[f], oracle.ref(oracle.and(theirs[a], theirs[b]))));
                }
            }
        }
    }

    private void keep(int i, int own, int other) {
        ours[i] = own;
        theirs[i] = oracle.ref(other);
    }

    private boolean value(int f, boolean[] values) {
        int at = f;
        while (at > NodeTable.TRUE) {
            at = bdd.child(at, values[bdd.top(at)]);
        }
        return at == NodeTable.TRUE;
    }

    private static boolean[] bits(int assignment) {
        boolean[] values = new boolean[VARIABLES];
        for (int i = 0; i < VARIABLES; i++) {
            values[i] = (assignment >> i & 1) != 0;
        }
        return values;
    }
}
