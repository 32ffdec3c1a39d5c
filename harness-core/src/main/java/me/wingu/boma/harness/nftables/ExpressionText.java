package me.wingu.boma.harness.nftables;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes expressions in nft's words, for people. */
final class ExpressionText {

    /** Keys that nft writes without {@code meta} before them. */
    private static final Set<String> BARE_META = Set.of(
            "iif", "oif", "iifname", "oifname", "iiftype", "oiftype", "skuid", "skgid", "nftrace", "rtclassid",
            "ibrname", "obrname", "pkttype", "cpu", "iifgroup", "oifgroup", "cgroup", "time", "day", "hour");

    private ExpressionText() {}

    static String of(Expression expression) {
        if (expression instanceof Expression.Numeral number) {
            return number.value().toString();
        } else if (expression instanceof Expression.Text text) {
            return text.value();
        } else if (expression instanceof Expression.Bool bool) {
            return bool.value() ? "exists" : "missing";
        } else if (expression instanceof Expression.SetReference reference) {
            return "@" + reference.name();
        } else if (expression instanceof Expression.Any) {
            return "*";
        } else if (expression instanceof Expression.Items items) {
            return join(items.values(), ",");
        } else if (expression instanceof Expression.Concat concat) {
            return join(concat.parts(), " . ");
        } else if (expression instanceof Expression.SetLiteral set) {
            return set.elements().stream().map(ExpressionText::of).collect(Collectors.joining(", ", "{ ", " }"));
        } else if (expression instanceof Expression.Prefix prefix) {
            return of(prefix.address()) + "/" + prefix.length();
        } else if (expression instanceof Expression.Range range) {
            return of(range.low()) + "-" + of(range.high());
        } else if (expression instanceof Expression.MapLookup lookup) {
            return of(lookup.key()) + " map " + of(lookup.data());
        } else if (expression instanceof Expression.Bitwise bitwise) {
            return join(bitwise.operands(), " " + bitwise.operator() + " ");
        } else if (expression instanceof Expression.VerdictValue value) {
            return value.verdict().toString();
        }
        return reading(expression);
    }

    private static String reading(Expression expression) {
        if (expression instanceof Expression.Payload payload) {
            return RuleText.optional(payload.tunnel()) + payload.protocol() + " " + payload.field();
        } else if (expression instanceof Expression.RawPayload raw) {
            return "@" + raw.base() + "," + raw.offset() + "," + raw.length();
        } else if (expression instanceof Expression.Meta meta) {
            return (BARE_META.contains(meta.key()) ? "" : "meta ") + meta.key();
        } else if (expression instanceof Expression.Ct ct) {
            return "ct " + RuleText.optional(ct.direction()) + RuleText.optional(ct.family()) + ct.key();
        } else if (expression instanceof Expression.Fib fib) {
            return "fib " + fib.flags().stream().sorted().collect(Collectors.joining(" . ")) + " " + fib.result();
        } else if (expression instanceof Expression.ExtensionHeader header) {
            return "exthdr " + header.name() + header.field().map(field -> " " + field).orElse("");
        } else if (expression instanceof Expression.HeaderOption option) {
            return option.protocol() + " option " + option.name() + option.field().map(f -> " " + f).orElse("");
        } else if (expression instanceof Expression.Routing routing) {
            return "rt " + RuleText.optional(routing.family()) + routing.key();
        }
        return rare(expression);
    }

    private static String rare(Expression expression) {
        if (expression instanceof Expression.Socket socket) {
            return "socket " + socket.key();
        } else if (expression instanceof Expression.NumberGenerator numgen) {
            return "numgen " + numgen.mode() + " mod " + numgen.modulus();
        } else if (expression instanceof Expression.Hash hash) {
            return hash.algorithm() + hash.of().map(of -> " " + of(of)).orElse("") + " mod " + hash.modulus();
        } else if (expression instanceof Expression.Environment environment) {
            return environment.kind() + " " + environment.json();
        } else if (expression instanceof Expression.Unknown unknown) {
            return unknown.json();
        }
        throw new IllegalStateException("no words for " + expression);
    }

    private static String of(SetElement element) {
        return of(element.key()) + element.data().map(data -> " : " + of(data)).orElse("");
    }

    private static String join(List<Expression> expressions, String separator) {
        return expressions.stream().map(ExpressionText::of).collect(Collectors.joining(separator));
    }
}
