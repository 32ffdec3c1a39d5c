package me.wingu.boma.harness.nftables;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one statement; what it does not know becomes {@link Statement.Unknown}. */
final class StatementReader {

    private static final Pattern MAP_UPDATE = Pattern.compile("(?<operation>add|update|delete) @(?<map>\\S+) "
            + "\\{ (?<key>.*?)(?: timeout \\S+)?(?: expires \\S+)? : (?<data>.*) \\}");
    private static final Pattern HEADER_FIELD = Pattern.compile("(ip|ip6|tcp|udp|th) ([a-z]+)");

    private final ExpressionReader expressions;

    StatementReader(ExpressionReader expressions) {
        this.expressions = expressions;
    }

    Statement read(JsonPlace place) {
        if (place.isString()) {
            return written(place.text());
        }
        Map.Entry<String, JsonPlace> only = place.only();
        return read(only.getKey(), only.getValue(), place);
    }

    /** What nft prints as text: the update of a map, before nft 1.0.7, and a chain in braces. */
    private static Statement written(String text) {
        Matcher update = MAP_UPDATE.matcher(text);
        if (!update.matches()) {
            return new Statement.AnonymousChain(text);
        }
        return new Statement.UpdateSet(
                update.group("operation"), update.group("map"), writtenExpression(update.group("key")),
                Optional.of(writtenExpression(update.group("data"))), List.of());
    }

    /** Header fields and constants; everything else is kept without being understood. */
    private static Expression writtenExpression(String text) {
        List<Expression> parts = new ArrayList<>();
        for (String part : text.split(" \\. ", -1)) {
            Matcher field = HEADER_FIELD.matcher(part);
            if (field.matches()) {
                parts.add(new Expression.Payload(field.group(1), field.group(2), Optional.empty()));
            } else {
                parts.add(part.contains(" ") ? new Expression.Unknown(part) : new Expression.Text(part));
            }
        }
        return parts.size() == 1 ? parts.get(0) : new Expression.Concat(parts);
    }

    /** Reads the statement of this kind. */
    Statement read(String kind, JsonPlace body, JsonPlace whole) {
        Optional<Statement> known =
                deciding(kind, body).or(() -> metering(kind, body)).or(() -> changing(kind, body)).or(() -> leaving(kind, body));
        return known.orElseGet(() -> new Statement.Unknown(whole.json()));
    }

    private Optional<Statement> deciding(String kind, JsonPlace body) {
        return switch (kind) {
            case "match" -> when(body.hasOnly("op", "left", "right"), () -> new Statement.Match(
                    body.get("op").text(), expression(body, "left"), expression(body, "right")));
            case "accept", "drop", "continue", "return", "jump", "goto" ->
                Optional.of(new Statement.Decide(ExpressionReader.verdict(kind, body)));
            case "vmap" -> when(body.hasOnly("key", "data"), () -> new Statement.VerdictMap(
                    expression(body, "key"), expression(body, "data")));
            case "reject" -> when(body.isNull() || body.hasOnly("type", "expr"), () -> new Statement.Reject(
                    body.find("type").map(JsonPlace::text), body.find("expr").map(expressions::read)));
            default -> Optional.empty();
        };
    }

    private Optional<Statement> metering(String kind, JsonPlace body) {
        return switch (kind) {
            case "counter" -> Optional.of(anonymousCounter(body)
                    ? new Statement.Observe(kind, body.json())
                    : new Statement.UseObject(kind, expressions.read(body)));
            case "limit" -> Optional.of(body.has("rate") ? new Statement.Limit(body.json()) : use(kind, body));
            case "quota" -> Optional.of(body.has("val") ? new Statement.Quota(body.json()) : use(kind, body));
            case "synproxy" -> Optional.of(body.isNull() || body.has("mss") || body.has("wscale") || body.has("flags")
                    ? new Statement.Synproxy(body.json())
                    : use(kind, body));
            case "ct count" -> Optional.of(new Statement.CtCount(body.json()));
            case "log", "last", "audit" -> Optional.of(new Statement.Observe(kind, body.json()));
            case "ct helper", "ct timeout", "ct expectation", "secmark", "tunnel" -> Optional.of(use(kind, body));
            default -> Optional.empty();
        };
    }

    private static boolean anonymousCounter(JsonPlace body) {
        return body.isNull() || body.hasOnly("packets", "bytes");
    }

    private Statement use(String kind, JsonPlace body) {
        return new Statement.UseObject(kind, expressions.read(body));
    }

    private Optional<Statement> changing(String kind, JsonPlace body) {
        return switch (kind) {
            case "mangle" -> when(body.hasOnly("key", "value"), () -> new Statement.Mangle(
                    expression(body, "key"), expression(body, "value")));
            case "notrack" -> Optional.of(new Statement.Notrack());
            case "snat", "dnat", "masquerade", "redirect" ->
                when(body.isNull() || body.hasOnly("family", "addr", "port", "flags", "type_flags"), () -> nat(kind, body));
            case "set" -> when(body.hasOnly("op", "elem", "set", "stmt"), () -> update(body, "set"));
            case "map" -> when(body.hasOnly("op", "elem", "data", "map", "stmt"), () -> update(body, "map"));
            case "meter" -> when(body.hasOnly("key", "stmt", "size", "name"), () -> new Statement.UpdateSet(
                    "update", body.get("name").text(), expression(body, "key"), Optional.empty(), statements(body)));
            case "reset" -> Optional.of(new Statement.Reset(expressions.read(body)));
            case "flow" -> when(body.hasOnly("op", "flowtable"), () -> new Statement.Flow(
                    body.get("op").text(), body.get("flowtable").text().replaceFirst("^@", "")));
            default -> Optional.empty();
        };
    }

    private static Optional<Statement> leaving(String kind, JsonPlace body) {
        return switch (kind) {
            case "queue" -> Optional.of(new Statement.Queue(body.json()));
            case "dup" -> Optional.of(new Statement.Duplicate(body.json()));
            case "fwd" -> Optional.of(new Statement.Forward(body.json()));
            case "tproxy" -> Optional.of(new Statement.Tproxy(body.json()));
            case "xt" -> Optional.of(new Statement.Xt(
                    body.find("type").map(JsonPlace::text).orElse("?"),
                    body.find("name").map(JsonPlace::text).orElse("?")));
            default -> Optional.empty();
        };
    }

    private Statement nat(String kind, JsonPlace body) {
        Optional<Family> family = body.find("family").map(place -> Family.named(place.text())
                .orElseThrow(() -> place.wrong("no such family")));
        return new Statement.Nat(
                kind,
                family,
                body.find("addr").map(expressions::read),
                body.find("port").map(expressions::read),
                body.find("flags").map(JsonPlace::words).orElse(Set.of()),
                body.find("type_flags").map(JsonPlace::words).orElse(Set.of()));
    }

    private Statement update(JsonPlace body, String nameKey) {
        String reference = body.get(nameKey).text();
        String name = reference.startsWith("@") ? reference.substring(1) : reference;
        JsonPlace element = body.get("elem");
        boolean timed = element.has("elem") && element.get("elem").has("val");
        Expression key = timed ? expressions.read(element.get("elem").get("val")) : expressions.read(element);
        return new Statement.UpdateSet(
                body.get("op").text(), name, key, body.find("data").map(expressions::read), statements(body));
    }

    private List<Statement> statements(JsonPlace body) {
        return body.find("stmt").map(JsonPlace::items).orElse(List.of()).stream().map(this::read).toList();
    }

    private Expression expression(JsonPlace body, String key) {
        return expressions.read(body.get(key));
    }

    private static Optional<Statement> when(boolean known, Supplier<Statement> reading) {
        return known ? Optional.of(reading.get()) : Optional.empty();
    }
}
