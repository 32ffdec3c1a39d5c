package me.wingu.boma.harness.nftables.semantics;

/** Ends the interpretation of one part of a rule; whoever catches it makes the part an unknown with this reason. */
final class NotModelled extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotModelled(String reason) {
        super(reason, null, false, false);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
