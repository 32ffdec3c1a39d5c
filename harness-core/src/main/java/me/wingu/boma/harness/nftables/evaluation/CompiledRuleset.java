package me.wingu.boma.harness.nftables.evaluation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import me.wingu.boma.harness.nftables.Chain;
import me.wingu.boma.harness.nftables.Family;
import me.wingu.boma.harness.nftables.Table;
import me.wingu.boma.harness.nftables.semantics.ChainMeaning;
import me.wingu.boma.harness.nftables.semantics.RulesetMeaning;
import me.wingu.boma.harness.nftables.semantics.Ruling;

/** A ruleset made ready to run: compiled rules, and the base chains of every hook in order. */
final class CompiledRuleset {

    /** For each hook: IPv4 and IPv6 in the order of the listing, then both with equal priorities reversed. */
    private final Map<Hook, List<List<HookChains.Station>>> stations = new EnumMap<>(Hook.class);
    private final ChainRunner runner = new ChainRunner();
    private final boolean tracks4;
    private final boolean tracks6;

    CompiledRuleset(RulesetMeaning meaning) {
        RuleCompiler compiler = new RuleCompiler(new Translator(meaning.network()));
        List<CompiledChain> bases = new ArrayList<>();
        for (Table table : meaning.ruleset().tables()) {
            Map<String, CompiledChain> byName = new HashMap<>();
            for (Chain chain : table.chains()) {
                CompiledChain compiled = new CompiledChain(chain, meaningOf(meaning, chain).doubt(), byName);
                byName.put(chain.name(), compiled);
                if (chain.base().isPresent() && !table.dormant()) {
                    bases.add(compiled);
                }
            }
            byName.values().forEach(chain -> chain.fill(compiled(compiler, meaning, chain.chain)));
        }
        for (Hook hook : Hook.values()) {
            List<Family> four = families(hook, Family.IP);
            List<Family> six = families(hook, Family.IP6);
            stations.put(hook, List.of(
                    HookChains.order(bases, hook, four, false), HookChains.order(bases, hook, six, false),
                    HookChains.order(bases, hook, four, true), HookChains.order(bases, hook, six, true)));
        }
        tracks4 = ConntrackUse.in(meaning, false);
        tracks6 = ConntrackUse.in(meaning, true);
    }

    private static List<CompiledRule> compiled(RuleCompiler compiler, RulesetMeaning meaning, Chain chain) {
        return meaningOf(meaning, chain).rules().stream().map(compiler::compile).toList();
    }

    private static ChainMeaning meaningOf(RulesetMeaning meaning, Chain chain) {
        return meaning.chain(chain.family(), chain.table(), chain.name()).orElseThrow();
    }

    private static List<Family> families(Hook hook, Family family) {
        return hook == Hook.INGRESS || hook == Hook.EGRESS
                ? List.of(Family.NETDEV, Family.INET)
                : List.of(family, Family.INET);
    }

    List<HookChains.Station> stations(Hook hook, boolean v6, boolean lastFirst) {
        return stations.get(hook).get((v6 ? 1 : 0) + (lastFirst ? 2 : 0));
    }

    /** Returns whether some order of chains is left open by equal priorities. */
    boolean ambiguous() {
        for (Hook hook : Hook.values()) {
            if (!stations(hook, false, false).equals(stations(hook, false, true))
                    || !stations(hook, true, false).equals(stations(hook, true, true))) {
                return true;
            }
        }
        return false;
    }

    boolean tracks(boolean v6) {
        return v6 ? tracks6 : tracks4;
    }

    /** Runs a base chain; one that does not run lets the packet pass. */
    Ruling run(CompiledChain chain, PacketState packet) {
        return chain.runs(packet) ? runner.run(chain, packet) : Ruling.of(Ruling.Kind.ACCEPT);
    }
}
