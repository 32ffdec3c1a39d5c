package me.wingu.boma.harness.nftables.proof;

import java.util.function.IntBinaryOperator;
import java.util.function.IntUnaryOperator;

/** Combines many diagrams pairwise, as a tree: small ones meet small ones, so that no large one is copied for each. */
final class Balanced {

    private Balanced() {}

    /** Returns the combination of the items 0 to {@code count} − 1; the operation must be associative. */
    static int reduce(int count, IntUnaryOperator item, int neutral, IntBinaryOperator operation) {
        return count == 0 ? neutral : reduce(0, count, item, operation);
    }

    private static int reduce(int from, int to, IntUnaryOperator item, IntBinaryOperator operation) {
        if (to - from == 1) {
            return item.applyAsInt(from);
        }
        int middle = (from + to) >>> 1;
        return operation.applyAsInt(
                reduce(from, middle, item, operation), reduce(middle, to, item, operation));
    }
}
