package me.wingu.boma.harness.nftables.proof;

/**
 * Remembers results of operations on diagrams; a newer result may push an older one out.
 *
 * <p>It grows with the node table, up to a million results (20 MB): a small proof should not pay for a large cache.
 */
final class OperationCache {

    private static final int FIRST_ENTRIES = 1 << 12;
    private static final int MOST_ENTRIES = 1 << 20;
    private static final int WIDTH = 5;

    /** Per entry: the operation, its three operands, and the result plus one, so that a zeroed entry never hits. */
    private int[] entries = new int[FIRST_ENTRIES * WIDTH];

    private int mask = FIRST_ENTRIES - 1;

    /** Returns the remembered result, or −1. */
    int get(int operation, int first, int second, int third) {
        int at = position(operation, first, second, third);
        boolean hit = entries[at] == operation
                && entries[at + 1] == first
                && entries[at + 2] == second
                && entries[at + 3] == third;
        return hit ? entries[at + 4] - 1 : -1;
    }

    void put(int operation, int first, int second, int third, int result) {
        int at = position(operation, first, second, third);
        entries[at] = operation;
        entries[at + 1] = first;
        entries[at + 2] = second;
        entries[at + 3] = third;
        entries[at + 4] = result + 1;
    }

    /** Makes room for a table of that many nodes; forgets everything when it does. */
    void fit(int nodes) {
        int have = mask + 1;
        if (have < nodes && have < MOST_ENTRIES) {
            mask = Math.min(MOST_ENTRIES, 4 * have) - 1;
            entries = new int[(mask + 1) * WIDTH];
        }
    }

    private int position(int operation, int first, int second, int third) {
        int mixed = (operation * 0x27D4EB2F) ^ (first * 0x9E3779B1) ^ (second * 0x85EBCA6B) ^ (third * 0xC2B2AE35);
        mixed ^= mixed >>> 15;
        mixed *= 0x2C1B3C6D;
        mixed ^= mixed >>> 13;
        return (mixed & mask) * WIDTH;
    }
}
