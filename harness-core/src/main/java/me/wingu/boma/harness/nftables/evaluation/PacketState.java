package me.wingu.boma.harness.nftables.evaluation;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import me.wingu.boma.harness.nftables.Family;
import me.wingu.boma.harness.nftables.semantics.Condition;
import me.wingu.boma.harness.nftables.semantics.Field;
import me.wingu.boma.harness.nftables.semantics.Ruling;
import org.jspecify.annotations.Nullable;

/** The packet while rules run over it and may change it. */
final class PacketState {

    private static final int NFPROTO = Field.NFPROTO.index();
    private static final int IPV6 = 10;

    final long[] low;
    final long[] high;
    final Choices choices;
    final boolean tracing;
    boolean anyPoison;
    private boolean[] poisoned = {};
    private List<Step> trace = List.of();
    private List<String> notes = List.of();
    private Set<TableSet> changed = Set.of();
    boolean destinationBound;
    boolean sourceBound;
    boolean readdressed;
    boolean redirected;
    boolean divertedAnywhere;

    /** One line of the trace as it is made. */
    record Step(@Nullable CompiledRule rule, Ruling ruling, CompiledChain chain) {}

    /** A named set of a table. */
    record TableSet(Family family, String table, String set) {}

    PacketState(Packet packet, Choices choices, boolean tracing) {
        this.low = packet.low.clone();
        this.high = packet.high.clone();
        this.choices = choices;
        this.tracing = tracing;
    }

    /** Notes that a rule has added an element for this packet to a set, or taken one out. */
    void change(TableSet set) {
        if (changed.isEmpty()) {
            changed = new HashSet<>();
        }
        changed.add(set);
    }

    /** Returns whether the packet has changed one of the sets. */
    boolean hasChanged(Collection<TableSet> sets) {
        return !changed.isEmpty() && !sets.isEmpty() && sets.stream().anyMatch(changed::contains);
    }

    boolean unknown(Condition.Unknown unknown) {
        return choices.decide(unknown, unknown);
    }

    /** Returns the steps so far; most packets are asked for their verdict alone and need no list. */
    List<Step> trace() {
        if (trace.isEmpty()) {
            trace = new ArrayList<>();
        }
        return trace;
    }

    /** Notes what a reader of the verdict should know, once. */
    void note(String text) {
        if (notes.isEmpty()) {
            notes = new ArrayList<>(1);
        }
        if (!notes.contains(text)) {
            notes.add(text);
        }
    }

    List<String> notes() {
        return notes;
    }

    boolean v6() {
        return low[NFPROTO] == IPV6;
    }

    boolean isZero(Field field) {
        return (low[field.index()] | high[field.index()]) == 0;
    }

    boolean poisoned(int field) {
        return anyPoison && poisoned[field];
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

    /** Writes what one field holds into others, and whether it is known. */
    void copy(Field from, Field... to) {
        for (Field each : to) {
            low[each.index()] = low[from.index()];
            high[each.index()] = high[from.index()];
            if (poisoned(from.index())) {
                poison(each);
            }
        }
    }

    void poison(Field field) {
        if (!anyPoison) {
            poisoned = new boolean[low.length];
        }
        poisoned[field.index()] = true;
        anyPoison = true;
    }
}
