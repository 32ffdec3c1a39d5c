package me.wingu.boma.harness.state.drift;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The order of things of which the first that fits decides. */
final class Order {

    private Order() {}

    /** Tells where the order of what both have differs first; empty where it does not. */
    static String firstDifference(List<String> mine, List<String> theirs) {
        List<String> mineOfBoth = new ArrayList<>(mine);
        mineOfBoth.retainAll(theirs);
        List<String> theirsOfBoth = new ArrayList<>(theirs);
        theirsOfBoth.retainAll(mine);
        return IntStream.range(0, Math.min(mineOfBoth.size(), theirsOfBoth.size()))
                .filter(i -> !mineOfBoth.get(i).equals(theirsOfBoth.get(i)))
                .mapToObj(i -> "\"" + mineOfBoth.get(i) + "\" before \"" + theirsOfBoth.get(i) + "\"")
                .findFirst()
                .orElse("");
    }
}
