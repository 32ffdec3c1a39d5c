package me.wingu.boma.harness.nftables;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** One statement of a rule. Named as in libnftables-json. */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public sealed interface Statement {

    /** A comparison: {@code == != < > <= >= in !}. {@code in} and {@code !} test bits. */
    record Match(String operator, Expression left, Expression right) implements Statement {}

    /** accept, drop, continue, return, jump or goto. */
    record Decide(Verdict verdict) implements Statement {}

    /** {@code key vmap data}; a key that is not in the map continues. */
    record VerdictMap(Expression key, Expression data) implements Statement {}

    /** Counts, logs or remembers, and never changes what happens to the packet: counter, log, last, audit. */
    record Observe(String kind, String json) implements Statement {}

    /** {@code limit rate …}: matches until the rate is reached; with {@code over}, afterwards. */
    record Limit(String json) implements Statement {}

    /** {@code quota …}: matches until the amount is reached; with {@code over}, afterwards. */
    record Quota(String json) implements Statement {}

    /** {@code ct count …}: matches while the connections are at most the number; with {@code over}, above it. */
    record CtCount(String json) implements Statement {}

    /** Applies a named object: counter, quota, limit, ct helper, ct timeout, ct expectation, synproxy, secmark, tunnel. */
    record UseObject(String kind, Expression name) implements Statement {}

    /** {@code reject with type code}; the type is empty when nft leaves it to the default. */
    record Reject(Optional<String> type, Optional<Expression> code) implements Statement {}

    /** {@code snat}, {@code dnat}, {@code masquerade} or {@code redirect}. */
    record Nat(
            String kind,
            Optional<Family> family,
            Optional<Expression> address,
            Optional<Expression> port,
            Set<String> flags,
            Set<String> typeFlags)
            implements Statement {
        /** Takes copies. */
        public Nat {
            flags = Set.copyOf(flags);
            typeFlags = Set.copyOf(typeFlags);
        }
    }

    /** {@code key set value}. */
    record Mangle(Expression key, Expression value) implements Statement {}

    /** {@code notrack}. */
    record Notrack() implements Statement {}

    /** {@code add|update|delete @set { element statements }}, with {@code : data} for a map. */
    record UpdateSet(
            String operation, String set, Expression element, Optional<Expression> data, List<Statement> statements)
            implements Statement {
        /** Takes a copy. */
        public UpdateSet {
            statements = List.copyOf(statements);
        }
    }

    /** {@code queue}: a program decides. */
    record Queue(String json) implements Statement {}

    /** {@code dup to …}: a copy goes elsewhere, this packet goes on. */
    record Duplicate(String json) implements Statement {}

    /** {@code fwd to …}: the packet leaves through another device. */
    record Forward(String json) implements Statement {}

    /** {@code tproxy to …}. */
    record Tproxy(String json) implements Statement {}

    /** {@code synproxy …}. */
    record Synproxy(String json) implements Statement {}

    /** {@code flow add @flowtable}. */
    record Flow(String operation, String flowtable) implements Statement {}

    /** {@code reset tcp option …}. */
    record Reset(Expression option) implements Statement {}

    /** {@code jump { … }} or {@code goto { … }}: nft prints only its text. */
    record AnonymousChain(String text) implements Statement {}

    /** An extension of iptables that nft could not translate; its parameters are not in the listing. */
    record Xt(String type, String name) implements Statement {}

    /** Anything else, kept as its JSON. */
    record Unknown(String json) implements Statement {}
}
