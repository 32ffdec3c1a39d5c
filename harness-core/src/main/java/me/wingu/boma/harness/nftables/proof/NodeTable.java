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

    /** The third constant, of diagrams that leave some packets open; see {@link Bdd#decides}. */
    static final int OPEN = 2;

    /** The level of the constants: below every variable. */
    static final int LEAF = Integer.MAX_VALUE;

    private static final int FIRST_CAPACITY = 1 << 12;

    /** A node's place: level, low child, high child, and the next node of its bucket; 0 ends a bucket. */
    private static final int WIDTH = 4;

    private final int limit;
    private int[] nodes = new int[WIDTH * FIRST_CAPACITY];
    private int[] buckets = new int[FIRST_CAPACITY];
    private int capacity = FIRST_CAPACITY;
    private int size = 3;

    NodeTable(int limit) {
        this.limit = limit;
        nodes[WIDTH * FALSE] = LEAF;
        nodes[WIDTH * TRUE] = LEAF;
        nodes[WIDTH * OPEN] = LEAF;
    }

    int level(int node) {
        return nodes[WIDTH * node];
    }

    int low(int node) {
        return nodes[WIDTH * node + 1];
    }

    int high(int node) {
        return nodes[WIDTH * node + 2];
    }

    int size() {
        return size;
    }

    /** Returns the one node with this level and these children; the level must be above both children's. */
    int node(int level, int low, int high) {
        if (low == high) {
            return low;
        }
        int bucket = hash(level, low, high) & (buckets.length - 1);
        for (int found = buckets[bucket]; found != 0; found = nodes[WIDTH * found + 3]) {
            int at = WIDTH * found;
            if (nodes[at + 1] == low && nodes[at + 2] == high && nodes[at] == level) {
                return found;
            }
        }
        if (size == capacity) {
            grow();
            bucket = hash(level, low, high) & (buckets.length - 1);
        }
        int at = WIDTH * size;
        nodes[at] = level;
        nodes[at + 1] = low;
        nodes[at + 2] = high;
        nodes[at + 3] = buckets[bucket];
        buckets[bucket] = size;
        return size++;
    }

    private void grow() {
        if (size >= limit) {
            throw new ProofLimitException("nodes", limit);
        }
        capacity = (int) Math.min(limit, 4L * size);
        nodes = Arrays.copyOf(nodes, WIDTH * capacity);
        buckets = new int[Integer.highestOneBit(2 * capacity - 1)];
        for (int node = OPEN + 1; node < size; node++) {
            int at = WIDTH * node;
            int bucket = hash(nodes[at], nodes[at + 1], nodes[at + 2]) & (buckets.length - 1);
            nodes[at + 3] = buckets[bucket];
            buckets[bucket] = node;
        }
    }

    private static int hash(int level, int low, int high) {
        int mixed = (level * 0x9E3779B1) ^ (low * 0x85EBCA6B) ^ (high * 0xC2B2AE35);
        mixed ^= mixed >>> 15;
        mixed *= 0x2C1B3C6D;
        return mixed ^ (mixed >>> 13);
    }
}
