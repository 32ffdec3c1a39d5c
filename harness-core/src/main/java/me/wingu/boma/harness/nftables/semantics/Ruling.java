package me.wingu.boma.harness.nftables.semantics;

import java.util.Locale;
import java.util.Optional;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * How a rule ends the packet's way through its chain.
 *
 * @param kind the kind
 * @param chain the name of the chain in the same table, for {@code JUMP} and {@code GOTO} only
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record Ruling(Kind kind, Optional<String> chain) {

    /** The kinds of rulings. */
    public enum Kind {
        /** Ends this base chain; later base chains of the hook still run. */
        ACCEPT,
        /** The packet is gone in silence. */
        DROP,
        /** The packet is gone and its sender is told. */
        REJECT,
        /** Go on with the next statement of this rule. */
        CONTINUE,
        /** Back to the calling chain, or to the policy. */
        RETURN,
        /** Into another chain, and back after it. */
        JUMP,
        /** Into another chain without coming back here. */
        GOTO,
        /** A program decides. */
        QUEUE,
        /** The packet leaves by another way ({@code fwd}); this path ends. */
        STOLEN
    }

    /** Returns a ruling without chain. */
    public static Ruling of(Kind kind) {
        return new Ruling(kind, Optional.empty());
    }

    /** Returns the ruling in lower case, such as {@code jump wan-in}. */
    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT) + chain.map(name -> " " + name).orElse("");
    }
}
