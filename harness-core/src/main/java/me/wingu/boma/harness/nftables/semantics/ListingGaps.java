package me.wingu.boma.harness.nftables.semantics;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import me.wingu.boma.harness.nftables.BaseChain;
import me.wingu.boma.harness.nftables.Chain;
import me.wingu.boma.harness.nftables.Expression;
import me.wingu.boma.harness.nftables.Family;
import me.wingu.boma.harness.nftables.Rule;
import me.wingu.boma.harness.nftables.Ruleset;
import me.wingu.boma.harness.nftables.Statement;
import me.wingu.boma.harness.nftables.Table;

/**
 * What a listing does not tell of the hooks of chains and of rules. As JSON, nft 1.0.6 prints the name of the table where
 * the name of its flag should be, and no device of a chain.
 */
final class ListingGaps {

    private static final Set<String> FLAGS = Set.of("dormant", "owner", "persist");

    private ListingGaps() {}

    /**
     * Returns why a base chain may not run: its table may be dormant, the packet on a device that is not its own, or the listing
     * of a newer nft, with things in it that nobody here knows.
     */
    static Optional<Condition.Unknown> in(Ruleset ruleset, Table table, Chain chain) {
        Optional<BaseChain> base = chain.base();
        if (base.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> strange = ruleset.unrecognised().stream().findFirst().map(Ruleset.Unrecognised::toString);
        if (strange.isPresent()) {
            return doubt(chain, "what the listing says with " + strange.get());
        }
        if (table.flags().stream().anyMatch(flag -> !FLAGS.contains(flag))) {
            return doubt(chain, "whether the table is dormant: its flags are listed as "
                    + String.join(", ", table.flags().stream().sorted().toList()));
        }
        boolean ofDevices = chain.family() == Family.NETDEV || base.get().hook().endsWith("gress");
        return ofDevices && base.get().devices().isEmpty()
                ? doubt(chain, "the devices of the chain, which the listing leaves out")
                : Optional.empty();
    }

    /**
     * Returns why a rule that resets connections may be for one version of IP only. Listing it, nft takes {@code meta
     * nfproto} or {@code meta protocol} for a dependency of the reset and leaves it out (stmt_reject_postprocess in nft's
     * netlink_delinearize.c), unless a statement that is no match stands in between.
     */
    static Optional<String> version(Rule rule, int reset, List<Step> before) {
        boolean several = switch (rule.family()) {
            case INET, BRIDGE, NETDEV -> true;
            case IP, IP6, ARP -> false;
        };
        boolean lost = several
                && reset > 0
                && rule.statements().get(reset - 1) instanceof Statement.Match
                && before.stream().noneMatch(step -> step instanceof Step.Guard guard && oneVersion(guard.condition()));
        return lost
                ? Optional.of("whether the rule is for one version of IP only, which nft leaves out of its listing before "
                        + "\"reject with tcp reset\": write \"counter\" before the reject, or \"ip protocol tcp\"")
                : Optional.empty();
    }

    private static boolean oneVersion(Condition condition) {
        if (condition instanceof Condition.And and) {
            return and.parts().stream().anyMatch(ListingGaps::oneVersion);
        } else if (condition instanceof Condition.Or or) {
            return or.parts().stream().allMatch(ListingGaps::oneVersion);
        }
        return condition instanceof Condition.Test test
                && (test.field() == Field.NFPROTO || test.field() == Field.PROTOCOL)
                && test.values().intervals().size() == 1
                && test.values().intervals().get(0).single();
    }

    /**
     * Returns why a rule that reads ports of whatever protocol may be for one protocol only. Listing it, nft takes {@code ct
     * protocol} for a dependency of {@code th dport} and leaves it out, as it does with any key that names a protocol
     * (payload_dependency_store in nft's payload.c). Who names protocols by {@code meta l4proto} is taken to name them so only.
     */
    static Optional<String> protocol(Statement statement, List<Step> before) {
        boolean lost = key(statement).filter(ListingGaps::portsOfAnyProtocol).isPresent()
                && before.stream().noneMatch(step -> step instanceof Step.Guard guard && namesProtocol(guard.condition()));
        return lost
                ? Optional.of("whether the rule is for one protocol only by \"ct protocol\", which nft leaves out of its "
                        + "listing before \"th\": name the protocols before it, as \"meta l4proto { tcp, udp }\" does")
                : Optional.empty();
    }

    private static Optional<Expression> key(Statement statement) {
        if (statement instanceof Statement.Match match) {
            return Optional.of(match.left());
        } else if (statement instanceof Statement.VerdictMap map) {
            return Optional.of(map.key());
        }
        return statement instanceof Statement.Mangle mangle && mangle.value() instanceof Expression.MapLookup lookup
                ? Optional.of(lookup.key())
                : Optional.empty();
    }

    private static boolean portsOfAnyProtocol(Expression key) {
        List<Expression> parts = key instanceof Expression.Concat concat ? concat.parts() : List.of(key);
        return parts.stream().anyMatch(part -> part instanceof Expression.Payload payload && payload.protocol().equals("th"))
                && parts.stream().noneMatch(part -> part instanceof Expression.Meta meta && meta.key().equals("l4proto"));
    }

    private static boolean namesProtocol(Condition condition) {
        if (condition instanceof Condition.And and) {
            return and.parts().stream().anyMatch(ListingGaps::namesProtocol);
        } else if (condition instanceof Condition.Or or) {
            return or.parts().stream().allMatch(ListingGaps::namesProtocol);
        }
        return condition instanceof Condition.Test test && test.field() == Field.L4PROTO;
    }

    private static Optional<Condition.Unknown> doubt(Chain chain, String reason) {
        RuleId place = new RuleId(chain.family(), chain.table(), chain.name(), 0, 0);
        return Optional.of(new Condition.Unknown(place, -1, reason));
    }
}
