package me.wingu.boma.harness.nftables.evaluation;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import me.wingu.boma.harness.nftables.semantics.Condition;
import me.wingu.boma.harness.nftables.semantics.Field;
import me.wingu.boma.harness.nftables.semantics.Ruling;
import org.jspecify.annotations.Nullable;

/** The packet while rules run over it and may change it. */
final class PacketState {

    final long[] low;
    final long[] high;
    final boolean[] poisoned = new boolean[Field.values().length];
    final Choices choices;
    final List<Step> trace = new ArrayList<>();
    final Set<String> notes = new LinkedHashSet<>();
    final boolean tracing;
    boolean anyPoison;
    boolean destinationBound;
    boolean sourceBound;
    boolean redirected;

    /** One line of the trace as it is made. */
    record Step(@Nullable CompiledRule rule, Ruling ruling, CompiledChain chain) {}

    PacketState(Packet packet, Choices choices, boolean tracing) {
        this.low = packet.low.clone();
        this.high = packet.high.clone();
        this.choices = choices;
        this.tracing = tracing;
    }

    boolean unknown(Condition.Unknown unknown) {
        return choices.decide(unknown, unknown);
    }

    long get(Field field) {
        return low[field.index()];
    }

    void set(Field field, long value) {
        low[field.index()] = value;
        high[field.index()] = 0;
    }

    void set(Field field, BigInteger value) {
        low[field.index()] = value.longValue();
        high[field.index()] = value.shiftRight(64).longValue();
    }

    void poison(Field field) {
        poisoned[field.index()] = true;
        anyPoison = true;
    }
}
