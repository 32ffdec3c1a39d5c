package me.wingu.boma.harness.nftables;

import java.util.Locale;
import java.util.Optional;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * What a rule or a verdict map says shall happen next.
 *
 * @param kind the kind
 * @param target the chain's name, for {@code jump} and {@code goto} only
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record Verdict(Kind kind, Optional<String> target) {

    /** The kinds of verdicts. */
    public enum Kind {
        /** End this base chain; later base chains of the hook still run. */
        ACCEPT,
        /** The packet is gone, whatever other chains say. */
        DROP,
        /** Go on with the next rule. */
        CONTINUE,
        /** Go back to the calling chain, or to the policy. */
        RETURN,
        /** Evaluate another chain, then come back. */
        JUMP,
        /** Evaluate another chain and do not come back here. */
        GOTO
    }

    /** Checks that exactly the jumping kinds have a target. */
    public Verdict {
        if (target.isPresent() != (kind == Kind.JUMP || kind == Kind.GOTO)) {
            throw new IllegalArgumentException(kind + " with target " + target);
        }
    }

    /** Returns a verdict without target. */
    public static Verdict of(Kind kind) {
        return new Verdict(kind, Optional.empty());
    }

    /** Returns a verdict that leads to another chain. */
    public static Verdict to(Kind kind, String chain) {
        return new Verdict(kind, Optional.of(chain));
    }

    /** Returns the verdict in nft's words, such as {@code jump wan-in}. */
    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT) + target.map(name -> " " + name).orElse("");
    }
}
