package me.wingu.boma.harness.nftables.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Counts what a check finds. */
final class Tally {

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

    void ruleset(long all, long exact) {
        rulesets++;
        rules += (int) all;
        exactRules += (int) exact;
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
        skipped++;
        skips.merge(name + ": " + reason, 1, Integer::sum);
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
        skips.forEach((reason, count) -> all.add("skipped " + count + " packets of " + reason));
        return new KernelCheckResult(
                rulesets, notLoadable, rules, exactRules, packets, disagreements, unknowns, skipped, all);
    }
}
