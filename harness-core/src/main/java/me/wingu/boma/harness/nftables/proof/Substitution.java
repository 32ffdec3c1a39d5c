package me.wingu.boma.harness.nftables.proof;

/** Functions that take the place of variables; made by {@link Bdd#substitution}. */
final class Substitution {

    /** In the array of functions: the variable stays itself. */
    static final int KEEP = -1;

    private final int operation;
    private final int[] functions;

    Substitution(int operation, int[] functions) {
        this.operation = operation;
        this.functions = functions;
    }

    /** The number under which results are cached. */
    int operation() {
        return operation;
    }

    /** The last variable that may be replaced. */
    int last() {
        return functions.length - 1;
    }

    boolean replaces(int variable) {
        return functions[variable] != KEEP;
    }

    int function(int variable) {
        return functions[variable];
    }
}
