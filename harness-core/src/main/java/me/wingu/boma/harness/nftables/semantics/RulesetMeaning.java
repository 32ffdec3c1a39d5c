package me.wingu.boma.harness.nftables.semantics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import me.wingu.boma.harness.nftables.Chain;
import me.wingu.boma.harness.nftables.Family;
import me.wingu.boma.harness.nftables.HostNetwork;
import me.wingu.boma.harness.nftables.Ruleset;
import me.wingu.boma.harness.nftables.Table;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** What a whole ruleset means: every rule of every chain, interpreted once. */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class RulesetMeaning {

    private record Key(Family family, String table, String chain) {}

    private final Ruleset ruleset;
    private final HostNetwork network;
    private final Map<Key, ChainMeaning> chains = new LinkedHashMap<>();

    private RulesetMeaning(Ruleset ruleset, HostNetwork network, SetContents contents) {
        this.ruleset = ruleset;
        this.network = network;
        boolean zones = ruleset.tables().stream().anyMatch(Mangles::setZones);
        for (Table table : ruleset.tables()) {
            TableContext context = new TableContext(table, network, contents, zones);
            table.chains().forEach(chain ->
                    chains.put(new Key(chain.family(), chain.table(), chain.name()), interpret(context, table, chain)));
        }
    }

    /**
     * Interprets a ruleset.
     *
     * @param ruleset the ruleset
     * @param network what is known of the host; needed for {@code fib} and for interfaces given by number
     * @param contents what to think of sets that packets or time can change
     */
    public static RulesetMeaning of(Ruleset ruleset, HostNetwork network, SetContents contents) {
        return new RulesetMeaning(ruleset, network, contents);
    }

    private ChainMeaning interpret(TableContext context, Table table, Chain chain) {
        List<RuleMeaning> rules = new ArrayList<>(chain.rules().size());
        for (int i = 0; i < chain.rules().size(); i++) {
            RuleId id = new RuleId(
                    chain.family(), chain.table(), chain.name(), i, chain.rules().get(i).handle());
            rules.add(RuleInterpreter.interpret(context, id, chain.rules().get(i)));
        }
        return new ChainMeaning(chain, rules, ListingGaps.in(ruleset, table, chain));
    }

    /** Returns the ruleset that was interpreted. */
    public Ruleset ruleset() {
        return ruleset;
    }

    /** Returns what was known of the host. */
    public HostNetwork network() {
        return network;
    }

    /** Returns every chain, in the order of the listing. */
    public Stream<ChainMeaning> chains() {
        return chains.values().stream();
    }

    /** Returns every rule, in the order of the listing. */
    public Stream<RuleMeaning> rules() {
        return chains().flatMap(chain -> chain.rules().stream());
    }

    /** Returns the chain of this name. */
    public Optional<ChainMeaning> chain(Family family, String table, String chain) {
        return Optional.ofNullable(chains.get(new Key(family, table, chain)));
    }
}
