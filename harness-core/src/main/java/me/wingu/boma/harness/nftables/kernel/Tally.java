package me.wingu.boma.harness.nftables.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import me.wingu.boma.harness.nftables.Ruleset;
import me.wingu.boma.harness.nftables.semantics.Condition;
import me.wingu.boma.harness.nftables.semantics.RuleMeaning;
import me.wingu.boma.harness.nftables.semantics.RulesetMeaning;

/** Counts what a check finds. */
final class Tally {

    private static final int MOST_INEXACT = 25;

    private final List<String> details = new ArrayList<>();
    private final Map<String, Integer> skips = new TreeMap<>();
    private int rulesets;
    private int notLoadable;
    private int rules;
    private int exactRules;
    private int packets;
    private int disagreements;
    private int unknowns;
    private int skipped;

    void ruleset(String name, Ruleset ruleset, RulesetMeaning meaning) {
        rulesets++;
        List<RuleMeaning> inexact = meaning.rules().filter(rule -> !rule.exact()).toList();
        int all = (int) meaning.rules().count();
        rules += all;
        exactRules += all - inexact.size();
        inexact.stream().limit(MOST_INEXACT).forEach(rule -> details.add(name + ": not modelled exactly: " + rule.id()
                + ": " + rule.rule().text() + " — " + rule.unknowns().stream()
                        .map(Condition.Unknown::reason)
                        .distinct()
                        .collect(Collectors.joining("; "))));
        if (inexact.size() > MOST_INEXACT) {
            details.add(name + ": not modelled exactly: " + (inexact.size() - MOST_INEXACT) + " more rules");
        }
        ruleset.unrecognised().forEach(object -> skip("objects", name, "an attribute that is not known: " + object.json()));
    }

    /** A rule that nft or the kernel refuses here counts as a rule, and as one that is not modelled exactly. */
    void leftOut(String name, String rule) {
        if (!rule.startsWith("flowtable ")) {
            rules++;
        }
        skip("rules", name, "cannot be loaded here, and the others were compared without it: " + rule);
    }

    void notLoadable(String name, String reason) {
        notLoadable++;
        details.add(name + " cannot be loaded here: " + reason.strip());
    }

    void packet() {
        packets++;
    }

    void unknown() {
        unknowns++;
    }

    void skip(String name, String reason) {
        skip("packets", name, reason);
    }

    void skipRule(String name, String reason) {
        skip("rules", name, reason);
    }

    private void skip(String what, String name, String reason) {
        skipped++;
        skips.merge(what + " of " + name + ": " + reason, 1, Integer::sum);
    }

    void disagreement(String name, String what) {
        disagreements++;
        details.add(name + ": " + what);
    }

    void disagreement(String name, Probe probe, Optional<List<Event>> kernel, Expectation expected) {
        disagreement(name, "the kernel and the model differ on " + probe.packet() + " (" + probe.mode() + " "
                + probe.output() + ")\n  kernel: " + kernel.map(List::toString).orElse("nothing at all")
                + "\n  model:  " + expected.ways() + (expected.prefix() ? " and more" : ""));
    }

    KernelCheckResult result() {
        List<String> all = new ArrayList<>(details);
        skips.forEach((reason, count) -> all.add("skipped " + count + " " + reason));
        return new KernelCheckResult(
                rulesets, notLoadable, rules, exactRules, packets, disagreements, unknowns, skipped, all);
    }
}
