package me.wingu.boma.harness.nftables.semantics;

import java.util.List;

/** The two conditions that ask nothing. */
final class Constants {

    static final Condition ALWAYS = new Condition.And(List.of());
    static final Condition NEVER = new Condition.Or(List.of());

    private Constants() {}
}
