package me.wingu.boma.harness.state;

import java.util.Map;
import me.wingu.boma.harness.nftables.NftablesException;
import me.wingu.boma.harness.nftables.Ruleset;
import me.wingu.boma.harness.nftables.RulesetFormatException;
import me.wingu.boma.harness.nftables.RulesetReader;
import me.wingu.boma.harness.nftables.collection.Collector;

/** Reads rulesets. */
final class NftablesReader {

    private NftablesReader() {}

    /** Reads what the firewall's own collector printed. */
    static Ruleset collected(String host, Map<String, String> text) {
        try {
            return new Collector().read(String.join("\n", text.values())).ruleset();
        } catch (NftablesException e) {
            throw new SectionReader.Unreadable("a ruleset", String.valueOf(e.getMessage()));
        }
    }

    /** Reads what {@code nft -j list ruleset} printed. */
    static Ruleset listed(String host, Map<String, String> text) {
        String json = Parts.of(String.join("\n", text.values())).text("json");
        try {
            return new RulesetReader().read(json);
        } catch (RulesetFormatException e) {
            throw new SectionReader.Unreadable("a ruleset", String.valueOf(e.getMessage()));
        }
    }
}
