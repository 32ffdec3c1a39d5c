package me.wingu.boma.harness.nftables.collection;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import me.wingu.boma.harness.nftables.Chain;
import me.wingu.boma.harness.nftables.Rule;
import me.wingu.boma.harness.nftables.Ruleset;
import me.wingu.boma.harness.nftables.Table;

/**
 * Gives translated rules the handles that they have on the host, so that an answer can be looked up there, and puts the
 * rules that could not be translated back in their places. Flags of tables and hooks of chains are the host's, too: nft
 * 1.0.6 lists neither a flag nor a device as JSON, and the host's listing is completed by its text.
 */
final class Handles {

    /** The comment of the rule that the script puts in the place of one that nft cannot translate. */
    private static final String UNTRANSLATED = "untranslated";

    private Handles() {}

    static Ruleset of(Ruleset original, Ruleset translated) {
        List<Table> tables = new ArrayList<>();
        for (Table table : translated.tables()) {
            Optional<Table> host = original.table(table.family(), table.name());
            tables.add(new Table(
                    table.family(), table.name(), host.map(Table::handle).orElse(table.handle()),
                    host.map(Table::flags).orElse(table.flags()),
                    table.chains().stream().map(chain -> of(host, chain)).toList(),
                    table.sets(), table.flowtables(), table.objects()));
        }
        return original.withTables(tables);
    }

    private static Chain of(Optional<Table> table, Chain chain) {
        Optional<Chain> original = table.flatMap(each -> each.chain(chain.name()));
        if (original.isEmpty()) {
            return chain;
        } else if (original.get().rules().size() != chain.rules().size()) {
            return new Chain(
                    chain.family(), chain.table(), chain.name(), chain.handle(), original.get().base(), chain.rules());
        }
        List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < chain.rules().size(); i++) {
            Rule rule = chain.rules().get(i);
            Rule host = original.get().rules().get(i);
            boolean placeholder = rule.comment().filter(UNTRANSLATED::equals).isPresent();
            rules.add(placeholder ? host : new Rule(rule.family(), rule.table(), rule.chain(), host.handle(),
                    rule.comment(), rule.statements()));
        }
        return new Chain(
                chain.family(), chain.table(), chain.name(), original.get().handle(), original.get().base(), rules);
    }
}
