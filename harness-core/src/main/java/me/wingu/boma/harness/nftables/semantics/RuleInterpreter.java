package me.wingu.boma.harness.nftables.semantics;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import me.wingu.boma.harness.nftables.Expression;
import me.wingu.boma.harness.nftables.Rule;
import me.wingu.boma.harness.nftables.SetElement;
import me.wingu.boma.harness.nftables.Statement;
import me.wingu.boma.harness.nftables.Verdict;

/** Turns the statements of one rule into steps. */
final class RuleInterpreter {

    /** Targets of iptables that never decide and change nothing that is modelled. */
    private static final Set<String> HARMLESS_TARGETS = Set.of("LOG", "NFLOG", "TCPMSS", "CHECKSUM", "TRACE", "AUDIT");
    private static final Condition TCP =
            Condition.all(Condition.is(Field.L4PROTO, 6), Condition.is(Field.LATER_FRAGMENT, 0));

    private final TableContext context;
    private final Matches matches;
    private final Unknowns unknowns;
    private final Rule rule;
    private final List<Step> steps = new ArrayList<>();

    private RuleInterpreter(TableContext context, RuleId id, Rule rule) {
        this.context = context;
        this.rule = rule;
        this.matches = new Matches(context);
        this.unknowns = new Unknowns(id);
    }

    static RuleMeaning interpret(TableContext context, RuleId id, Rule rule) {
        RuleInterpreter now = new RuleInterpreter(context.forRule(), id, rule);
        rule.statements().forEach(now::statement);
        RuleInterpreter later = new RuleInterpreter(context.afterChange(), id, rule);
        Set<String> asked = now.context.asked();
        if (!asked.isEmpty()) {
            rule.statements().forEach(later::statement);
        }
        return new RuleMeaning(id, rule, now.steps, now.unknowns.all(), asked, later.steps);
    }

    private void statement(Statement statement) {
        if (context.mayChange()) { // one packet now is answered by what the listing shows
            ListingGaps.protocol(statement, steps).ifPresent(this::unknownGuard);
        }
        if (statement instanceof Statement.Match match) {
            guard(match);
        } else if (statement instanceof Statement.Decide decide) {
            decide(decide.verdict());
        } else if (statement instanceof Statement.VerdictMap map) {
            branch(map);
        } else if (statement instanceof Statement.Reject reject) {
            reject(reject);
        } else if (statement instanceof Statement.Nat nat) {
            steps.addAll(new Translations(context).steps(nat, unknowns));
        } else if (statement instanceof Statement.Mangle mangle) {
            mangle(mangle);
        } else if (statement instanceof Statement.UpdateSet update) {
            update(update);
        } else if (statement instanceof Statement.UseObject use) {
            use(use);
        } else {
            special(statement);
        }
    }

    private void special(Statement statement) {
        if (statement instanceof Statement.Observe || statement instanceof Statement.Duplicate) {
            return;
        } else if (statement instanceof Statement.Limit limit) {
            unknownGuard("limit " + limit.json());
        } else if (statement instanceof Statement.Quota quota) {
            unknownGuard("quota " + quota.json());
        } else if (statement instanceof Statement.CtCount count) {
            unknownGuard("ct count " + count.json());
        } else if (statement instanceof Statement.Notrack) {
            steps.add(new Step.Untrack());
        } else if (statement instanceof Statement.Queue) {
            steps.add(new Step.Decide(Ruling.of(Ruling.Kind.QUEUE)));
        } else if (statement instanceof Statement.Forward) {
            steps.add(new Step.Decide(Ruling.of(Ruling.Kind.STOLEN)));
        } else if (statement instanceof Statement.Reset) {
            steps.add(new Step.Guard(TCP));
        } else {
            rare(statement);
        }
    }

    private void rare(Statement statement) {
        if (statement instanceof Statement.Tproxy) {
            unknownGuard("tproxy: whether a socket listens");
        } else if (statement instanceof Statement.Flow) {
            unknownGuard("flow offload: whether the connection qualifies");
        } else if (statement instanceof Statement.Xt xt && xt.type().equals("match")) {
            unknownGuard("the iptables match " + xt.name());
        } else if (statement instanceof Statement.Xt xt) {
            target(xt);
        } else if (statement instanceof Statement.Synproxy) {
            synproxy();
        } else if (statement instanceof Statement.AnonymousChain) {
            opaque("an anonymous chain, which nft does not list as JSON");
        } else {
            opaque("a statement that is not known: " + statement);
        }
    }

    private void synproxy() {
        steps.add(new Step.Guard(TCP));
        opaque("synproxy");
    }

    private void target(Statement.Xt xt) {
        if (!xt.type().equals("watcher") && !HARMLESS_TARGETS.contains(xt.name())) {
            opaque("the iptables target " + xt.name());
        }
    }

    private void opaque(String reason) {
        steps.add(new Step.Opaque(unknowns.next(reason)));
    }

    private void unknownGuard(String reason) {
        steps.add(new Step.Guard(unknowns.next(reason)));
    }

    private void guard(Statement.Match match) {
        try {
            Condition condition = match.left() instanceof Expression.ExtensionHeader header
                    ? matches.extension(match, header, unknowns)
                    : matches.condition(match);
            if (!condition.equals(Condition.always())) {
                steps.add(new Step.Guard(condition));
            }
        } catch (NotModelled e) {
            steps.add(new Step.Guard(Condition.all(matches.requires(match.left()), unknowns.next(e.reason()))));
        }
    }

    private void decide(Verdict verdict) {
        ruling(verdict).ifPresentOrElse(
                ruling -> steps.add(new Step.Decide(ruling)),
                () -> opaque("the chain " + verdict.target().orElse("") + ", which is not in the input"));
    }

    private Optional<Ruling> ruling(Verdict verdict) {
        if (verdict.target().isPresent() && !context.hasChain(verdict.target().get())) {
            return Optional.empty();
        }
        return Optional.of(new Ruling(Ruling.Kind.valueOf(verdict.kind().name()), verdict.target()));
    }

    private void branch(Statement.VerdictMap map) {
        List<SetElement> elements;
        try {
            elements = context.elements(map.data());
        } catch (NotModelled e) {
            opaque(e.reason());
            return;
        }
        try {
            List<Step.Case> cases = new ArrayList<>();
            context.lookups.cases(map.key(), elements).forEach((data, when) -> cases.add(new Step.Case(when, ruling(data))));
            steps.add(new Step.Guard(context.lookups.requires(map.key())));
            steps.add(new Step.Branch(cases));
        } catch (NotModelled e) {
            anyOf(elements, e);
        }
    }

    /** The key cannot be read: each of the verdicts may come, or none. */
    private void anyOf(List<SetElement> elements, NotModelled cause) {
        try {
            steps.add(new Step.Branch(elements.stream()
                    .flatMap(element -> element.data().stream())
                    .distinct()
                    .map(data -> new Step.Case(unknowns.next(cause.reason()), ruling(data)))
                    .toList()));
        } catch (NotModelled e) {
            opaque(e.reason());
        }
    }

    private Ruling ruling(Expression data) {
        if (data instanceof Expression.VerdictValue value) {
            return ruling(value.verdict()).orElseThrow(() -> new NotModelled("a verdict to a chain not in the input"));
        }
        throw new NotModelled("a verdict map whose data is no verdict");
    }

    /** nft adds what the kind of refusal needs: TCP for a reset, the IP version for an ICMP message. */
    private void reject(Statement.Reject reject) {
        String type = reject.type().orElse("");
        HeaderReadings headers = new HeaderReadings(context.table().family());
        switch (type) {
            case "tcp reset" -> reset(reject);
            case "icmp" -> steps.add(new Step.Guard(headers.version(2)));
            case "icmpv6" -> steps.add(new Step.Guard(headers.version(10)));
            default -> { }
        }
        steps.add(new Step.Decide(Ruling.of(Ruling.Kind.REJECT)));
    }

    private void reset(Statement.Reject reject) {
        if (context.mayChange()) { // one packet now is answered by what the listing shows
            ListingGaps.version(rule, rule.statements().indexOf(reject), steps).ifPresent(this::unknownGuard);
        }
        steps.add(new Step.Guard(Condition.is(Field.L4PROTO, 6)));
    }

    private void mangle(Statement.Mangle mangle) {
        try {
            steps.addAll(new Mangles(context).steps(mangle, unknowns));
        } catch (NotModelled e) {
            opaque("a change of " + e.reason());
        }
    }

    private void update(Statement.UpdateSet update) {
        hasValue(update.element());
        update.data().ifPresent(this::hasValue);
        steps.add(new Step.Change(update.set()));
        context.change(update.set());
        if (context.mayChange() && !update.operation().equals("delete")) {
            unknownGuard("whether the set @" + update.set() + " has room for one more element");
        }
        update.statements().forEach(this::statement);
    }

    private void hasValue(Expression expression) {
        try {
            steps.add(new Step.Guard(context.lookups.requires(expression)));
        } catch (NotModelled e) {
            unknownGuard(e.reason());
        }
    }

    private void use(Statement.UseObject use) {
        if (use.name() instanceof Expression.MapLookup lookup) {
            try {
                Condition found = context.lookups.member(lookup.key(), context.elements(lookup.data()));
                steps.add(new Step.Guard(Condition.all(context.lookups.requires(lookup.key()), found)));
            } catch (NotModelled e) {
                unknownGuard(e.reason());
            }
        }
        switch (use.kind()) {
            case "limit", "quota" -> unknownGuard("the " + use.kind() + " object");
            case "synproxy" -> synproxy();
            default -> { }
        }
    }
}
