package me.wingu.boma.harness.nftables.semantics;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import me.wingu.boma.harness.nftables.Expression;
import me.wingu.boma.harness.nftables.Family;
import me.wingu.boma.harness.nftables.IpAddress;
import me.wingu.boma.harness.nftables.Statement;

/** What {@code snat}, {@code dnat}, {@code masquerade} and {@code redirect} do. */
final class Translations {

    private final TableContext context;

    Translations(TableContext context) {
        this.context = context;
    }

    List<Step> steps(Statement.Nat nat, Unknowns unknowns) {
        Step.Translation.Kind kind = Step.Translation.Kind.valueOf(nat.kind().toUpperCase(Locale.ROOT));
        List<Step> steps = new ArrayList<>();
        List<Step.Target> targets;
        try {
            Optional<Integer> nfproto = nat.address().isPresent() ? Optional.of(nfproto(nat)) : Optional.empty();
            nfproto.ifPresent(number -> steps.add(new Step.Guard(Condition.is(Field.NFPROTO, number))));
            targets = targets(nat, nfproto, steps);
        } catch (NotModelled e) {
            if (nat.address().or(nat::port).filter(Expression.MapLookup.class::isInstance).isPresent()) {
                steps.add(new Step.Guard(unknowns.next("whether the map has the key: " + e.reason())));
            }
            targets = List.of(new Step.Target(Condition.always(), Optional.empty(), Optional.empty(), Optional.empty(),
                    BigInteger.ZERO, Optional.of(unknowns.next(e.reason()))));
        }
        steps.add(new Step.Translate(new Step.Translation(kind, targets)));
        return steps;
    }

    private int nfproto(Statement.Nat nat) {
        Family family = nat.family().orElse(context.table().family());
        return switch (family) {
            case IP -> 2;
            case IP6 -> 10;
            default -> nat.address()
                    .filter(Expression.Text.class::isInstance)
                    .flatMap(text -> IpAddress.parse(((Expression.Text) text).value()))
                    .map(address -> address.v6() ? 10 : 2)
                    .orElseThrow(() -> new NotModelled("a translation without family"));
        };
    }

    /** A part of the target under a condition; without a map there is one, for every packet. */
    private record Choice(Condition when, Optional<Expression> data) {}

    private List<Step.Target> targets(Statement.Nat nat, Optional<Integer> nfproto, List<Step> steps) {
        boolean prefix = nat.typeFlags().contains("prefix") || nat.flags().contains("netmap");
        List<Step.Target> targets = new ArrayList<>();
        List<Choice> ports = choices(nat.port(), steps);
        for (Choice address : choices(nat.address(), steps)) {
            for (Choice port : ports) {
                targets.add(target(Condition.all(address.when(), port.when()), nfproto, address.data(),
                        port.data().map(Translations::port), prefix));
            }
        }
        return targets;
    }

    private List<Choice> choices(Optional<Expression> part, List<Step> steps) {
        if (part.isEmpty() || !(part.get() instanceof Expression.MapLookup lookup)) {
            return List.of(new Choice(Condition.always(), part));
        }
        Map<Expression, Condition> cases = context.lookups.cases(lookup.key(), context.elements(lookup.data()));
        steps.add(new Step.Guard(Condition.all(
                context.lookups.requires(lookup.key()), Condition.any(List.copyOf(cases.values())))));
        List<Choice> choices = new ArrayList<>();
        cases.forEach((data, when) -> choices.add(new Choice(when, Optional.of(data))));
        return choices;
    }

    private static Step.Target target(Condition when, Optional<Integer> nfproto, Optional<Expression> data,
            Optional<Interval> port, boolean prefix) {
        Optional<Interval> newPort = port;
        Optional<Expression> address = data;
        List<Expression> parts = data.map(Translations::parts).orElse(List.of());
        if (parts.size() == 2) {
            address = Optional.of(parts.get(0));
            newPort = Optional.of(port(parts.get(1)));
        }
        BigInteger hostBits = prefix && address.isPresent() && address.get() instanceof Expression.Prefix network
                ? Field.ones((nfproto.orElse(2) == 2 ? 32 : 128) - network.length())
                : BigInteger.ZERO;
        return new Step.Target(
                when, nfproto, address.map(each -> address(each, nfproto)), newPort, hostBits, Optional.empty());
    }

    /** Address and port together are a concatenation, or, since nft 1.1.0, an array. */
    private static List<Expression> parts(Expression data) {
        if (data instanceof Expression.Concat concat) {
            return concat.parts();
        }
        return data instanceof Expression.Items items ? items.values() : List.of(data);
    }

    private static Interval address(Expression expression, Optional<Integer> nfproto) {
        boolean four = nfproto.orElse(2) == 2;
        return only(ValueReader.values(expression, four ? DataType.IPV4 : DataType.IPV6, four ? 32 : 128));
    }

    private static Interval port(Expression expression) {
        return only(ValueReader.values(expression, DataType.PORT, 16));
    }

    private static Interval only(Values values) {
        if (values.intervals().size() != 1) {
            throw new NotModelled("a translation to several ranges");
        }
        return values.intervals().get(0);
    }
}
