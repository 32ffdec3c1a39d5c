package me.wingu.boma.harness.nftables;

import java.util.Optional;
import java.util.stream.Collectors;

/** Writes rules in nft's words, for people: unknown parts appear as their JSON. */
final class RuleText {

    private RuleText() {}

    static String of(Rule rule) {
        String body = rule.statements().stream().map(RuleText::of).collect(Collectors.joining(" "));
        return body + rule.comment().map(text -> " comment \"" + text + "\"").orElse("");
    }

    static String of(Statement statement) {
        if (statement instanceof Statement.Match match) {
            return match(match);
        } else if (statement instanceof Statement.Decide decide) {
            return decide.verdict().toString();
        } else if (statement instanceof Statement.VerdictMap map) {
            return text(map.key()) + " vmap " + text(map.data());
        } else if (statement instanceof Statement.Reject reject) {
            return "reject" + reject.type().map(type -> " with " + type).orElse("")
                    + reject.code().map(code -> " " + text(code)).orElse("");
        } else if (statement instanceof Statement.Nat nat) {
            return nat(nat);
        } else if (statement instanceof Statement.Mangle mangle) {
            return text(mangle.key()) + " set " + text(mangle.value());
        } else if (statement instanceof Statement.UpdateSet update) {
            return update(update);
        }
        return special(statement);
    }

    private static String special(Statement statement) {
        if (statement instanceof Statement.Observe observe) {
            return observe.kind();
        } else if (statement instanceof Statement.UseObject use) {
            return use.kind() + (use.kind().startsWith("ct ") ? " set " : " name ") + text(use.name());
        } else if (statement instanceof Statement.Limit limit) {
            return "limit " + limit.json();
        } else if (statement instanceof Statement.Quota quota) {
            return "quota " + quota.json();
        } else if (statement instanceof Statement.CtCount count) {
            return "ct count " + count.json();
        } else if (statement instanceof Statement.Notrack) {
            return "notrack";
        } else if (statement instanceof Statement.Flow flow) {
            return "flow " + flow.operation() + " @" + flow.flowtable();
        } else if (statement instanceof Statement.AnonymousChain chain) {
            return chain.text().replaceAll("\\s+", " ");
        } else if (statement instanceof Statement.Xt xt) {
            return "xt " + xt.type() + " " + xt.name();
        }
        return rare(statement);
    }

    private static String rare(Statement statement) {
        if (statement instanceof Statement.Queue queue) {
            return "queue " + queue.json();
        } else if (statement instanceof Statement.Duplicate duplicate) {
            return "dup " + duplicate.json();
        } else if (statement instanceof Statement.Forward forward) {
            return "fwd " + forward.json();
        } else if (statement instanceof Statement.Tproxy tproxy) {
            return "tproxy " + tproxy.json();
        } else if (statement instanceof Statement.Synproxy synproxy) {
            return "synproxy " + synproxy.json();
        } else if (statement instanceof Statement.Reset reset) {
            return "reset " + text(reset.option());
        } else if (statement instanceof Statement.Unknown unknown) {
            return unknown.json();
        }
        throw new IllegalStateException("no words for " + statement);
    }

    private static String match(Statement.Match match) {
        String operator = match.operator().equals("==") || match.operator().equals("in") ? "" : match.operator() + " ";
        boolean flagMask = match.operator().equals("==") && match.left() instanceof Expression.Bitwise;
        return text(match.left()) + " " + (flagMask ? "== " : operator) + text(match.right());
    }

    private static String nat(Statement.Nat nat) {
        String family = nat.family().map(each -> " " + each.keyword()).orElse("");
        String address = nat.address().map(RuleText::text).orElse("");
        boolean six = nat.port().isPresent() && address.contains(":");
        String target = (six ? "[" + address + "]" : address) + nat.port().map(port -> ":" + text(port)).orElse("");
        String flags = nat.flags().stream().sorted().map(flag -> " " + flag).collect(Collectors.joining());
        return nat.kind() + family + (target.isEmpty() ? "" : " to " + target) + flags;
    }

    private static String update(Statement.UpdateSet update) {
        String extra = update.statements().stream().map(each -> " " + of(each)).collect(Collectors.joining());
        return update.operation() + " @" + update.set() + " { " + text(update.element())
                + update.data().map(data -> " : " + text(data)).orElse("") + extra + " }";
    }

    private static String text(Expression expression) {
        return ExpressionText.of(expression);
    }

    static String optional(Optional<String> word) {
        return word.map(each -> each + " ").orElse("");
    }
}
