package me.wingu.boma.harness.nftables.proof;

import java.util.Arrays;

/**
 * The shared nodes of all diagrams of one proof: equal nodes are stored once, so that equal functions are equal ints.
 *
 * <p>Nodes are never freed: a proof is short, and its table dies with it. Growth ends at a stated bound.
 */
final class NodeTable {

    static final int FALSE = 0;
    static final int TRUE = 1;

    /** The level of the two constants: below every variable. */
    static final int LEAF = Integer.MAX_VALUE;

    private static final int FIRST_CAPACITY = 1 << 12;

    private final int limit;
    private int[] levels = new int[FIRST_CAPACITY];
    private int[] lows = new int[FIRST_CAPACITY];
    private int[] highs = new int[FIRST_CAPACITY];
    /** Open addressing; 0 marks a free slot, as the constant FALSE is never looked up. Twice the capacity. */
    private int[] slots = new int[2 * FIRST_CAPACITY];
    private int size = 2;

    NodeTable(int limit) {
        this.limit = limit;
        levels[FALSE] = LEAF;
        levels[TRUE] = LEAF;
    }

    int level(int node) {
        return levels[node];
    }

    int low(int node) {
        return lows[node];
    }

    int high(int node) {
        return highs[node];
    }

    int size() {
        return size;
    }

    /** Returns the one node with this level and these children; the level must be above both children's. */
    int node(int level, int low, int high) {
        if (low == high) {
            return low;
        }
        int mask = slots.length - 1;
        int slot = hash(level, low, high) & mask;
        for (int found = slots[slot]; found != 0; found = slots[slot]) {
            if (lows[found] == low && highs[found] == high && levels[found] == level) {
                return found;
            }
            slot = (slot + 1) & mask;
        }
        if (size == levels.length) {
            grow();
            slot = freeSlot(level, low, high);
        }
        levels[size] = level;
        lows[size] = low;
        highs[size] = high;
        slots[slot] = size;
        return size++;
    }

    private void grow() {
        if (size >= limit) {
            throw new ProofLimitException("nodes", limit);
        }
        int capacity = Math.min(limit, 2 * size);
        levels = Arrays.copyOf(levels, capacity);
        lows = Arrays.copyOf(lows, capacity);
        highs = Arrays.copyOf(highs, capacity);
        slots = new int[Integer.highestOneBit(2 * capacity - 1) << 1];
        for (int node = 2; node < size; node++) {
            slots[freeSlot(levels[node], lows[node], highs[node])] = node;
        }
    }

    private int freeSlot(int level, int low, int high) {
        int mask = slots.length - 1;
        int slot = hash(level, low, high) & mask;
        while (slots[slot] != 0) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private static int hash(int level, int low, int high) {
        int mixed = (level * 0x9E3779B1) ^ (low * 0x85EBCA6B) ^ (high * 0xC2B2AE35);
        mixed ^= mixed >>> 15;
        mixed *= 0x2C1B3C6D;
        return mixed ^ (mixed >>> 13);
    }
}
