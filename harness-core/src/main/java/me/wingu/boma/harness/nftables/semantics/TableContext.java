package me.wingu.boma.harness.nftables.semantics;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import me.wingu.boma.harness.nftables.Expression;
import me.wingu.boma.harness.nftables.HostNetwork;
import me.wingu.boma.harness.nftables.NamedSet;
import me.wingu.boma.harness.nftables.SetElement;
import me.wingu.boma.harness.nftables.Statement;
import me.wingu.boma.harness.nftables.Table;

/** What the rules of one table refer to: its sets and chains, and how to read packets in its family. */
final class TableContext {

    private final Table table;
    private final SetContents contents;
    private final boolean zones;
    private final Set<String> updated;
    private final Set<String> changed = new HashSet<>();
    private final Set<String> asked = new HashSet<>();
    final Readings readings;
    final Lookups lookups;

    TableContext(Table table, HostNetwork network, SetContents contents, boolean zones) {
        this.table = table;
        this.contents = contents;
        this.zones = zones;
        this.readings = new Readings(table.family(), network, zones);
        this.lookups = new Lookups(readings);
        this.updated = table.chains().stream()
                .flatMap(chain -> chain.rules().stream())
                .flatMap(rule -> rule.statements().stream())
                .filter(Statement.UpdateSet.class::isInstance)
                .map(statement -> ((Statement.UpdateSet) statement).set())
                .collect(Collectors.toUnmodifiableSet());
    }

    private TableContext(TableContext table, Set<String> changed) {
        this.table = table.table;
        this.contents = table.contents;
        this.zones = table.zones;
        this.readings = table.readings;
        this.lookups = table.lookups;
        this.updated = table.updated;
        this.changed.addAll(changed);
    }

    /** Returns the context of one rule, for a packet that has changed no set yet. */
    TableContext forRule() {
        return new TableContext(this, Set.of());
    }

    /** Returns the context of one rule, for a packet that has changed every set that rules change. */
    TableContext afterChange() {
        return new TableContext(this, updated);
    }

    /** Notes that the packet changes a set. */
    void change(String set) {
        changed.add(set);
    }

    /** Returns the sets that were asked for so far, and taken as listed, although rules change them. */
    Set<String> asked() {
        return Set.copyOf(asked);
    }

    Table table() {
        return table;
    }

    /** Returns whether any rule sets the zone of connections, so that no rule's reading of them but the state is known. */
    boolean zones() {
        return zones;
    }

    /** Returns whether sets that packets or time can change may hold anything. */
    boolean mayChange() {
        return contents == SetContents.MAY_CHANGE;
    }

    boolean hasChain(String name) {
        return table.chain(name).isPresent();
    }

    /**
     * Returns the elements of an anonymous or a named set or map.
     *
     * @throws NotModelled when they cannot be relied on
     */
    List<SetElement> elements(Expression data) {
        if (data instanceof Expression.SetLiteral literal) {
            return literal.elements();
        } else if (!(data instanceof Expression.SetReference reference)) {
            throw new NotModelled("a set written as " + data);
        } else {
            return elements(reference.name());
        }
    }

    private List<SetElement> elements(String name) {
        Optional<NamedSet> set = table.set(name);
        if (set.isEmpty()) {
            throw new NotModelled("the set @" + name + ", which is not in the input");
        } else if (!set.get().unrecognised().isEmpty()) {
            throw new NotModelled("the set @" + name + " with " + set.get().unrecognised());
        } else if (contents == SetContents.MAY_CHANGE && (set.get().volatileContents() || updated.contains(name))) {
            throw new NotModelled("the set @" + name + ", which packets or time can change");
        } else if (changed.contains(name)) {
            throw new NotModelled("the set @" + name + ", which this packet itself has changed");
        } else if (updated.contains(name)) {
            asked.add(name);
        }
        return set.get().elements();
    }
}
