package me.wingu.boma.harness.nftables.evaluation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import me.wingu.boma.harness.nftables.Chain;
import me.wingu.boma.harness.nftables.Family;
import me.wingu.boma.harness.nftables.Table;
import me.wingu.boma.harness.nftables.semantics.ChainMeaning;
import me.wingu.boma.harness.nftables.semantics.RulesetMeaning;
import me.wingu.boma.harness.nftables.semantics.Ruling;

/** A ruleset made ready to run: compiled rules, and the base chains of every hook in order. */
final class CompiledRuleset {

    /** For each hook and each order that the priorities leave open, that of the listing first: IPv4 and IPv6. */
    private final Map<Hook, List<List<HookChains.Station>>> stations = new EnumMap<>(Hook.class);
    private final ChainRunner runner = new ChainRunner();
    private final int orders;
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
            stations.put(hook, HookChains.orders(bases).stream()
                    .flatMap(order -> Stream.of(
                            HookChains.order(bases, hook, four, order), HookChains.order(bases, hook, six, order)))
                    .toList());
        }
        int all = HookChains.orders(bases).size();
        orders = IntStream.range(1, all).anyMatch(this::differs) ? all : 1;
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

    List<HookChains.Station> stations(Hook hook, boolean v6, int order) {
        return stations.get(hook).get((v6 ? 1 : 0) + 2 * order);
    }

    /** Returns how many orders of chains are left open by equal priorities; number 0 is that of the listing. */
    int orders() {
        return orders;
    }

    private boolean differs(int order) {
        return stations.values().stream().anyMatch(each ->
                !each.subList(2 * order, 2 * order + 2).equals(each.subList(0, 2)));
    }

    boolean tracks(boolean v6) {
        return v6 ? tracks6 : tracks4;
    }

    /** Runs a base chain; one that does not run lets the packet pass. */
    Ruling run(CompiledChain chain, PacketState packet) {
        return chain.runs(packet) ? runner.run(chain, packet) : Ruling.of(Ruling.Kind.ACCEPT);
    }
}
