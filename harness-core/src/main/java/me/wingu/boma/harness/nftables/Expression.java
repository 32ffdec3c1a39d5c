package me.wingu.boma.harness.nftables;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** A value, or what a rule reads from the packet, its connection or its surroundings. Named as in libnftables-json. */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public sealed interface Expression {

    /** A number. */
    record Numeral(BigInteger value) implements Expression {}

    /** A word: an address, a name, a symbolic constant. */
    record Text(String value) implements Expression {}

    /** {@code exists} or {@code missing}. */
    record Bool(boolean value) implements Expression {}

    /** A named set or map, written {@code @name}. */
    record SetReference(String name) implements Expression {}

    /** The catch-all element, or any value: {@code *}. */
    record Any() implements Expression {}

    /** Alternatives or flags, in a JSON array. */
    record Items(List<Expression> values) implements Expression {
        /** Takes a copy. */
        public Items {
            values = List.copyOf(values);
        }
    }

    /** {@code a . b}. */
    record Concat(List<Expression> parts) implements Expression {
        /** Takes a copy. */
        public Concat {
            parts = List.copyOf(parts);
        }
    }

    /** An anonymous set or map in braces. */
    record SetLiteral(List<SetElement> elements) implements Expression {
        /** Takes a copy. */
        public SetLiteral {
            elements = List.copyOf(elements);
        }
    }

    /** {@code key map { … }}: the value that belongs to the key. */
    record MapLookup(Expression key, Expression data) implements Expression {}

    /** {@code address/length}. */
    record Prefix(Expression address, int length) implements Expression {}

    /** {@code low-high}, both included. */
    record Range(Expression low, Expression high) implements Expression {}

    /** A header field by name; {@code tunnel} names the encapsulation that it is read in, such as {@code vxlan}. */
    record Payload(String protocol, String field, Optional<String> tunnel) implements Expression {}

    /** Bits of the packet by place: base {@code ll}, {@code nh}, {@code th} or {@code ih}; bit offset; length in bits. */
    record RawPayload(String base, int offset, int length) implements Expression {}

    /** An IPv6 extension header's field, or its existence when no field is named. */
    record ExtensionHeader(String name, Optional<String> field, int offset) implements Expression {}

    /** An option of TCP, IP, SCTP ({@code sctp chunk}) or DCCP; its existence when no field is named. */
    record HeaderOption(String protocol, String name, Optional<String> field) implements Expression {}

    /** {@code meta key}. */
    record Meta(String key) implements Expression {}

    /** {@code ct key}; {@code direction} is {@code original} or {@code reply}, {@code family} {@code ip} or {@code ip6}. */
    record Ct(String key, Optional<String> direction, Optional<String> family) implements Expression {}

    /** {@code rt key}. */
    record Routing(String key, Optional<String> family) implements Expression {}

    /** {@code fib flags result}: what the routing table says about an address. */
    record Fib(String result, Set<String> flags) implements Expression {
        /** Takes a copy. */
        public Fib {
            flags = Set.copyOf(flags);
        }
    }

    /** {@code socket key}. */
    record Socket(String key, Optional<Integer> level) implements Expression {}

    /** {@code numgen mode mod modulus offset offset}. */
    record NumberGenerator(String mode, long modulus, long offset) implements Expression {}

    /** {@code jhash expression mod m} or {@code symhash mod m}. */
    record Hash(String algorithm, Optional<Expression> of, long modulus, long offset) implements Expression {}

    /** Passive fingerprints, IPsec, tunnel and other readings that no verdict can be predicted from. */
    record Environment(String kind, String json) implements Expression {}

    /** {@code & | ^ << >>}; two operands or, since nft 1.0.9, more. */
    record Bitwise(String operator, List<Expression> operands) implements Expression {
        /** Takes a copy. */
        public Bitwise {
            operands = List.copyOf(operands);
        }
    }

    /** A verdict as the value of a map's element. */
    record VerdictValue(Verdict verdict) implements Expression {}

    /** Anything else, kept as its JSON. */
    record Unknown(String json) implements Expression {}
}
