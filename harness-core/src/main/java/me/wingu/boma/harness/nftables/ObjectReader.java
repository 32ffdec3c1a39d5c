package me.wingu.boma.harness.nftables;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Collects the objects of one listing; rules may come before, after or among the chains. */
final class ObjectReader {

    private static final Set<String> NAMED_OBJECTS = Set.of(
            "counter", "quota", "limit", "ct helper", "ct timeout", "ct expectation", "secmark", "synproxy", "tunnel");

    /** The format of nft's JSON since it has one (libnftables-json(5), metainfo). */
    private static final int SCHEMA = 1;

    private record TableKey(Family family, String name) {}

    private record ChainKey(TableKey table, String name) {}

    private final ExpressionReader expressions = new ExpressionReader();
    private final StatementReader statements = new StatementReader(expressions);
    private final Map<TableKey, TableParts> tables = new LinkedHashMap<>();
    private final Map<ChainKey, List<Rule>> rules = new LinkedHashMap<>();
    private final Map<ChainKey, JsonPlace> rulePlaces = new LinkedHashMap<>();
    private final List<Ruleset.Unrecognised> unrecognised = new ArrayList<>();
    private Optional<String> version = Optional.empty();

    /** The parts of a table as they come in. */
    private static final class TableParts {
        private final List<Chain> chains = new ArrayList<>();
        private final List<NamedSet> sets = new ArrayList<>();
        private final List<Flowtable> flowtables = new ArrayList<>();
        private final List<NamedObject> objects = new ArrayList<>();
        private long handle;
        private Set<String> flags = Set.of();
        private boolean declared;
    }

    void add(JsonPlace item) {
        Map.Entry<String, JsonPlace> only = item.only();
        String kind = only.getKey();
        JsonPlace body = only.getValue();
        if (kind.equals("metainfo")) {
            version = body.find("version").map(JsonPlace::text);
            if (body.find("json_schema_version").filter(schema -> schema.integer() != SCHEMA).isPresent()) {
                unrecognised.add(new Ruleset.Unrecognised(item.path(), item.json()));
            }
        } else if (kind.equals("table")) {
            table(body);
        } else if (kind.equals("chain")) {
            chain(body);
        } else if (kind.equals("rule")) {
            rule(body);
        } else if (kind.equals("set") || kind.equals("map") || kind.equals("meter")) {
            of(body).sets.add(set(body));
        } else if (kind.equals("flowtable")) {
            flowtable(body);
        } else if (NAMED_OBJECTS.contains(kind)) {
            of(body).objects.add(new NamedObject(
                    kind, family(body), body.get("table").text(), body.get("name").text(), handle(body), body.json()));
        } else {
            unrecognised.add(new Ruleset.Unrecognised(item.path(), item.json()));
        }
    }

    Ruleset ruleset() {
        List<Table> built = new ArrayList<>();
        tables.forEach((key, parts) -> built.add(new Table(
                key.family(), key.name(), parts.handle, parts.flags,
                parts.chains.stream().map(chain -> withRules(key, chain)).toList(),
                parts.sets, parts.flowtables, parts.objects)));
        if (!rules.isEmpty()) {
            ChainKey orphan = rules.keySet().iterator().next();
            throw rulePlaces.get(orphan).wrong("a rule of the chain \"" + orphan.name() + "\", which is not in the input");
        }
        return new Ruleset(version, built, unrecognised);
    }

    private Chain withRules(TableKey table, Chain chain) {
        List<Rule> own = rules.remove(new ChainKey(table, chain.name()));
        return own == null ? chain : chain.withRules(own);
    }

    private void table(JsonPlace body) {
        TableParts parts =
                tables.computeIfAbsent(new TableKey(family(body), body.get("name").text()), key -> new TableParts());
        if (parts.declared) {
            throw body.wrong("the table is in the input twice");
        }
        parts.declared = true;
        parts.handle = handle(body);
        parts.flags = body.find("flags").map(JsonPlace::words).orElse(Set.of());
        note(body, "family", "name", "handle", "flags", "comment");
    }

    private void chain(JsonPlace body) {
        Optional<BaseChain> base = body.has("hook") ? Optional.of(baseChain(body)) : Optional.empty();
        TableParts table = of(body);
        String name = body.get("name").text();
        if (table.chains.stream().anyMatch(each -> each.name().equals(name))) {
            throw body.wrong("the chain is in the input twice");
        }
        table.chains.add(new Chain(family(body), body.get("table").text(), name, handle(body), base, List.of()));
        note(body, "family", "table", "name", "handle", "comment", "type", "hook", "prio", "policy", "dev");
    }

    private static BaseChain baseChain(JsonPlace body) {
        Verdict.Kind policy = body.find("policy").map(place -> switch (place.text()) {
            case "accept" -> Verdict.Kind.ACCEPT;
            case "drop" -> Verdict.Kind.DROP;
            default -> throw place.wrong("a policy is accept or drop");
        }).orElse(Verdict.Kind.ACCEPT);
        List<String> devices = body.find("dev").map(place -> List.copyOf(place.words())).orElse(List.of());
        return new BaseChain(
                body.get("type").text(), body.get("hook").text(), body.get("prio").integer(), policy, devices);
    }

    private void rule(JsonPlace body) {
        List<Statement> parts = new ArrayList<>();
        if (!body.hasOnly("family", "table", "chain", "handle", "comment", "expr", "index")) {
            parts.add(new Statement.Unknown(body.json()));
        }
        body.find("expr").map(JsonPlace::items).orElse(List.of()).forEach(item -> parts.add(statements.read(item)));
        ChainKey chain = new ChainKey(tableKey(body), body.get("chain").text());
        rulePlaces.putIfAbsent(chain, body);
        rules.computeIfAbsent(chain, key -> new ArrayList<>()).add(new Rule(
                chain.table().family(), chain.table().name(), chain.name(), handle(body),
                body.find("comment").map(JsonPlace::text), parts));
    }

    private NamedSet set(JsonPlace body) {
        Set<String> known = Set.of("family", "name", "table", "type", "handle", "flags", "elem", "size", "stmt",
                "auto-merge", "timeout", "gc-interval", "comment", "map", "policy", "count");
        List<String> unknown = body.node().propertyNames().stream()
                .filter(key -> !known.contains(key))
                .map(key -> "\"" + key + "\": " + body.get(key).json())
                .toList();
        return new NamedSet(
                family(body), body.get("table").text(), body.get("name").text(), handle(body),
                type(body.get("type")), body.find("map").map(this::type),
                body.find("flags").map(JsonPlace::words).orElse(Set.of()),
                body.has("timeout"),
                body.find("elem").map(expressions::elements).orElse(List.of()),
                unknown);
    }

    private SetType type(JsonPlace place) {
        if (place.isObject()) {
            JsonPlace typeof = place.find("typeof").orElse(place);
            return new SetType(List.of(), Optional.of(expressions.read(typeof)));
        }
        List<String> components = new ArrayList<>();
        place.items().forEach(item -> components.addAll(List.of(item.text().split(" \\. ", -1))));
        return new SetType(components, Optional.empty());
    }

    private void flowtable(JsonPlace body) {
        of(body).flowtables.add(new Flowtable(
                family(body), body.get("table").text(), body.get("name").text(), handle(body),
                body.find("prio").map(JsonPlace::integer).orElse(0),
                body.find("dev").map(place -> List.copyOf(place.words())).orElse(List.of())));
        note(body, "family", "table", "name", "handle", "hook", "prio", "dev", "flags");
    }

    private void note(JsonPlace body, String... known) {
        if (!body.hasOnly(known)) {
            unrecognised.add(new Ruleset.Unrecognised(body.path(), body.json()));
        }
    }

    private TableParts of(JsonPlace body) {
        return tables.computeIfAbsent(tableKey(body), key -> new TableParts());
    }

    private static TableKey tableKey(JsonPlace body) {
        return new TableKey(family(body), body.get("table").text());
    }

    private static Family family(JsonPlace body) {
        JsonPlace place = body.get("family");
        return Family.named(place.text()).orElseThrow(() -> place.wrong("no such family"));
    }

    private static long handle(JsonPlace body) {
        return body.find("handle").map(JsonPlace::longInteger).orElse(0L);
    }
}
