package me.wingu.boma.harness.nftables;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Reads one expression; what it does not know becomes {@link Expression.Unknown}. */
final class ExpressionReader {

    private static final Set<String> OPERATORS = Set.of("&", "|", "^", "<<", ">>");
    private static final Set<String> VERDICTS = Set.of("accept", "drop", "continue", "return", "jump", "goto");
    private static final Set<String> ENVIRONMENT = Set.of("osf", "ipsec", "tunnel");

    /** Reads an expression that stands for a value or a reading. */
    Expression read(JsonPlace place) {
        if (place.isString()) {
            return word(place.text());
        } else if (place.isArray()) {
            return new Expression.Items(place.items().stream().map(this::read).toList());
        } else if (place.node().isIntegralNumber()) {
            return new Expression.Numeral(place.number());
        } else if (place.node().isBoolean()) {
            return new Expression.Bool(place.node().booleanValue());
        } else if (place.isObject() && place.node().size() == 1) {
            Map.Entry<String, JsonPlace> only = place.only();
            return object(only.getKey(), only.getValue(), place);
        }
        return new Expression.Unknown(place.json());
    }

    private static Expression word(String text) {
        if (text.equals("*")) {
            return new Expression.Any();
        }
        return text.startsWith("@") ? new Expression.SetReference(text.substring(1)) : new Expression.Text(text);
    }

    private Expression object(String kind, JsonPlace body, JsonPlace whole) {
        if (OPERATORS.contains(kind)) {
            return new Expression.Bitwise(kind, body.items().stream().map(this::read).toList());
        } else if (VERDICTS.contains(kind)) {
            return new Expression.VerdictValue(verdict(kind, body));
        } else if (ENVIRONMENT.contains(kind)) {
            return new Expression.Environment(kind, body.json());
        }
        Optional<Expression> known = composite(kind, body).or(() -> header(kind, body)).or(() -> context(kind, body));
        return known.orElseGet(() -> new Expression.Unknown(whole.json()));
    }

    private Optional<Expression> composite(String kind, JsonPlace body) {
        return switch (kind) {
            case "concat" ->
                Optional.of(new Expression.Concat(body.items().stream().map(this::read).toList()));
            case "set" -> Optional.of(new Expression.SetLiteral(elements(body)));
            case "map" -> when(body.hasOnly("key", "data"), () ->
                    new Expression.MapLookup(read(body.get("key")), read(body.get("data"))));
            case "prefix" -> when(body.hasOnly("addr", "len"), () ->
                    new Expression.Prefix(read(body.get("addr")), body.get("len").integer()));
            case "range" -> when(body.items().size() == 2, () ->
                    new Expression.Range(read(body.items().get(0)), read(body.items().get(1))));
            case "elem" -> when(body.hasOnly("val"), () -> read(body.get("val")));
            default -> Optional.empty();
        };
    }

    private Optional<Expression> header(String kind, JsonPlace body) {
        return switch (kind) {
            case "payload" -> payload(body);
            case "exthdr" -> when(body.hasOnly("name", "field", "offset"), () -> new Expression.ExtensionHeader(
                    body.get("name").text(), text(body, "field"),
                    body.find("offset").map(JsonPlace::integer).orElse(0)));
            case "tcp option", "ip option", "sctp chunk" ->
                when(body.hasOnly("name", "field"), () -> new Expression.HeaderOption(
                        kind.substring(0, kind.indexOf(' ')), body.get("name").text(), text(body, "field")));
            case "dccp option" -> when(body.hasOnly("type"), () -> new Expression.HeaderOption(
                    "dccp", body.get("type").json(), Optional.empty()));
            default -> Optional.empty();
        };
    }

    private static Optional<Expression> payload(JsonPlace body) {
        if (body.hasOnly("base", "offset", "len")) {
            return Optional.of(new Expression.RawPayload(
                    body.get("base").text(), body.get("offset").integer(), body.get("len").integer()));
        }
        return when(body.hasOnly("protocol", "field", "tunnel"), () -> new Expression.Payload(
                body.get("protocol").text(), body.get("field").text(), text(body, "tunnel")));
    }

    private Optional<Expression> context(String kind, JsonPlace body) {
        return switch (kind) {
            case "meta" -> when(body.hasOnly("key"), () -> new Expression.Meta(body.get("key").text()));
            case "ct" -> when(body.hasOnly("key", "dir", "family"), () -> new Expression.Ct(
                    body.get("key").text(), text(body, "dir"), text(body, "family")));
            case "rt" -> when(body.hasOnly("key", "family"), () -> new Expression.Routing(
                    body.get("key").text(), text(body, "family")));
            case "fib" -> when(body.hasOnly("result", "flags"), () -> new Expression.Fib(
                    body.get("result").text(), body.get("flags").words()));
            case "socket" -> when(body.hasOnly("key", "level"), () -> new Expression.Socket(
                    body.get("key").text(), body.find("level").map(JsonPlace::integer)));
            case "numgen" -> when(body.hasOnly("mode", "mod", "offset"), () -> new Expression.NumberGenerator(
                    body.get("mode").text(), body.get("mod").longInteger(), offset(body)));
            case "jhash", "symhash" -> when(body.hasOnly("mod", "offset", "expr", "seed"), () -> new Expression.Hash(
                    kind, body.find("expr").map(this::read), body.get("mod").longInteger(), offset(body)));
            default -> Optional.empty();
        };
    }

    private static long offset(JsonPlace body) {
        return body.find("offset").map(JsonPlace::longInteger).orElse(0L);
    }

    private static Optional<String> text(JsonPlace body, String key) {
        return body.find(key).map(JsonPlace::text);
    }

    private static Optional<Expression> when(boolean known, Supplier<Expression> reading) {
        return known ? Optional.of(reading.get()) : Optional.empty();
    }

    /** Reads the elements of a set or map, named or anonymous. */
    List<SetElement> elements(JsonPlace place) {
        List<SetElement> elements = new ArrayList<>();
        for (JsonPlace item : place.items()) {
            if (item.isArray() && item.items().size() == 2) {
                elements.add(element(item.items().get(0), Optional.of(read(item.items().get(1)))));
            } else {
                elements.add(element(item, Optional.empty()));
            }
        }
        return elements;
    }

    private SetElement element(JsonPlace key, Optional<Expression> data) {
        if (!key.has("elem") || !key.get("elem").isObject() || !key.get("elem").has("val")) {
            return new SetElement(read(key), data, false, List.of());
        }
        JsonPlace elem = key.get("elem");
        List<Statement> statements = new ArrayList<>();
        for (String name : elem.node().propertyNames()) {
            switch (name) {
                case "val", "timeout", "expires", "comment" -> { }
                default -> statements.add(new StatementReader(this).read(name, elem.get(name), elem));
            }
        }
        return new SetElement(read(elem.get("val")), data, elem.has("timeout") || elem.has("expires"), statements);
    }

    /** Reads a verdict whose kind is the member's name. */
    static Verdict verdict(String kind, JsonPlace body) {
        return switch (kind) {
            case "accept" -> Verdict.of(Verdict.Kind.ACCEPT);
            case "drop" -> Verdict.of(Verdict.Kind.DROP);
            case "continue" -> Verdict.of(Verdict.Kind.CONTINUE);
            case "return" -> Verdict.of(Verdict.Kind.RETURN);
            case "jump" -> Verdict.to(Verdict.Kind.JUMP, body.get("target").text());
            case "goto" -> Verdict.to(Verdict.Kind.GOTO, body.get("target").text());
            default -> throw body.wrong("\"" + kind + "\" is no verdict");
        };
    }
}
