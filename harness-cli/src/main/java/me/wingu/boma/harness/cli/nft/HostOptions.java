package me.wingu.boma.harness.cli.nft;

import me.wingu.boma.harness.nftables.HostNetwork;
import me.wingu.boma.harness.nftables.Ruleset;
import me.wingu.boma.harness.nftables.RulesetReader;
import me.wingu.boma.harness.nftables.proof.Firewall;

/** What is told of the host besides its ruleset. */
final class HostOptions {

    Firewall firewall(String file) {
        String text = new RulesetText(System.in).of(file);
        String json = text.stripLeading().startsWith("{") ? text : new ScratchNamespace().json(text);
        Ruleset ruleset = new RulesetReader().read(json);
        return new Firewall(ruleset, HostNetwork.unknown());
    }
}
