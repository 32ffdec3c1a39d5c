package me.wingu.boma.harness.state;

import java.util.Map;
import me.wingu.boma.harness.nftables.Ruleset;
import me.wingu.boma.harness.nftables.RulesetFormatException;
import me.wingu.boma.harness.nftables.RulesetReader;

/** Reads {@code nft -j list ruleset}. */
final class NftablesReader {

    private NftablesReader() {}

    static Ruleset read(String host, Map<String, String> text) {
        String json = Parts.of(String.join("\n", text.values())).text("json");
        try {
            return new RulesetReader().read(json);
        } catch (RulesetFormatException e) {
            throw new SectionReader.Unreadable("a ruleset", String.valueOf(e.getMessage()));
        }
    }
}
