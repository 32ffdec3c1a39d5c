package me.wingu.boma.harness.assertions;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import me.wingu.boma.harness.nftables.Chain;
import me.wingu.boma.harness.nftables.NamedSet;
import me.wingu.boma.harness.nftables.Table;
import me.wingu.boma.harness.nftables.evaluation.Answer;
import me.wingu.boma.harness.nftables.evaluation.Evaluation;
import me.wingu.boma.harness.nftables.evaluation.Packet;
import me.wingu.boma.harness.nftables.proof.Arrivals;
import me.wingu.boma.harness.nftables.proof.Finding;
import me.wingu.boma.harness.nftables.proof.Firewall;
import me.wingu.boma.harness.nftables.semantics.RuleMeaning;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.assertj.core.api.AbstractAssert;

/** Assertions on a host's firewall: its tables, and what it does with one packet or with all of them. */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public class FirewallAssert extends AbstractAssert<FirewallAssert, Firewall> {

    /** Creates the assertions on one firewall. */
    public FirewallAssert(Firewall actual) {
        super(actual, FirewallAssert.class);
    }

    /**
     * Starts assertions on packets that arrive at the host.
     *
     * <pre>{@code
     * assertThat(vm.nftables()).inbound(from("wan").newConnections()).acceptsOnly(tcp(80), tcp(443));
     * }</pre>
     */
    public InboundAssert inbound(Arrivals arrivals) {
        isNotNull();
        return new InboundAssert(actual, arrivals);
    }

    /**
     * Starts assertions on a table.
     *
     * <pre>{@code
     * assertThat(firewall).table("inet filter").hasChains("input", "forward");   // passes when it has both
     * assertThat(firewall).table("inet fitler").hasChains("input");              // fails: there is no such table
     * }</pre>
     *
     * @param name family and name
     */
    public TableAssert table(String name) {
        isNotNull();
        return new TableAssert(find(name));
    }

    /**
     * Starts assertions on a chain.
     *
     * <pre>{@code
     * assertThat(firewall).chain("inet filter input").hasPolicy("drop");   // passes for a default-deny chain
     * assertThat(firewall).chain("inet filter inptu").hasPolicy("drop");   // fails: there is no such chain
     * }</pre>
     *
     * @param name family, table and chain
     */
    public ChainAssert chain(String name) {
        isNotNull();
        List<Chain> chains = actual.ruleset().chains().toList();
        return new ChainAssert(chains.stream()
                .filter(chain -> chain.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> missing("the chain " + name, "chains", chains)));
    }

    /**
     * Starts assertions on a named set or map.
     *
     * <pre>{@code
     * assertThat(firewall).set("inet filter admin4").contains("198.51.100.10");   // passes when it does
     * assertThat(firewall).set("inet filter admin5").contains("198.51.100.10");   // fails: there is no such set
     * }</pre>
     *
     * @param name family, table and set
     */
    public SetAssert set(String name) {
        isNotNull();
        List<NamedSet> sets = actual.ruleset().tables().stream()
                .flatMap(table -> table.sets().stream())
                .toList();
        return new SetAssert(sets.stream()
                .filter(set -> SetAssert.name(set).equals(name))
                .findFirst()
                .orElseThrow(() -> missing(
                        "the set " + name, "sets", sets.stream().map(SetAssert::name).toList())));
    }

    /**
     * Starts assertions on the base chains of a hook.
     *
     * <pre>{@code
     * assertThat(firewall).hook("input").hasOnlyChains("inet filter input");   // passes when no other table hooks in
     * assertThat(firewall).hook("input").hasOnlyChains("inet filter input");   // fails when Docker's does, too
     * }</pre>
     *
     * @param name such as {@code prerouting}, {@code input}, {@code forward}
     */
    public HookAssert hook(String name) {
        isNotNull();
        return new HookAssert(actual.ruleset(), name);
    }

    /**
     * Verifies that the host takes the packet or passes it on, for certain.
     *
     * <pre>{@code
     * Packet https = Packet.tcp(client, server, 443).withInput("eth0");
     * assertThat(firewall).accepts(https);   // passes when no chain drops it
     * assertThat(firewall).accepts(ssh);     // fails, naming the rule or policy that drops it
     * }</pre>
     */
    public FirewallAssert accepts(Packet packet) {
        return verify(packet, Answer.ACCEPT, "accept");
    }

    /**
     * Verifies that the packet is dropped in silence.
     *
     * <pre>{@code
     * assertThat(firewall).drops(ssh);     // passes when a rule or policy drops it
     * assertThat(firewall).drops(https);   // fails, naming the rule that accepts it
     * }</pre>
     */
    public FirewallAssert drops(Packet packet) {
        return verify(packet, Answer.DROP, "drop");
    }

    /**
     * Verifies that the packet is refused and its sender told.
     *
     * <pre>{@code
     * assertThat(firewall).rejects(ident);   // passes for "tcp dport 113 reject"
     * assertThat(firewall).rejects(https);   // fails, naming the rule that accepts it
     * }</pre>
     */
    public FirewallAssert rejects(Packet packet) {
        return verify(packet, Answer.REJECT, "reject");
    }

    /**
     * Verifies, by proof, that another firewall accepts the same packets and leads them to the same place.
     *
     * <pre>{@code
     * assertThat(after.nftables()).acceptsTheSameAs(before.nftables());   // passes when no packet tells them apart
     * assertThat(after.nftables()).acceptsTheSameAs(before.nftables());   // fails with one packet that does
     * }</pre>
     */
    public FirewallAssert acceptsTheSameAs(Firewall other) {
        isNotNull();
        Finding finding = actual.prover().acceptsTheSameAs(other.prover(), Arrivals.fromAnywhere());
        if (!finding.proved()) {
            String there = finding.example()
                    .map(example -> "\nwhile the other one says:\n"
                            + Message.indent(other.evaluate(example.packet()).explain()))
                    .orElse("");
            failWithMessage("%s", Message.of(describe(), "accept the same packets as the other", finding) + there);
        }
        return this;
    }

    /**
     * Verifies, by proof, that some packet can match each rule, those of {@code arp} and {@code bridge} tables aside.
     *
     * <pre>{@code
     * assertThat(firewall).hasNoDeadRules();   // passes when every rule is good for something
     * assertThat(firewall).hasNoDeadRules();   // fails for a rule behind one that takes all its packets
     * }</pre>
     */
    public FirewallAssert hasNoDeadRules() {
        isNotNull();
        List<RuleMeaning> dead = actual.prover().deadRules();
        if (!dead.isEmpty()) {
            failWithMessage(
                    "%s",
                    Message.of(describe(), "have no rule that never matches")
                            + "\nbut no packet can ever match:\n"
                            + dead.stream()
                                    .map(rule -> "  " + rule.id() + ": " + rule.rule().text())
                                    .collect(Collectors.joining("\n")));
        }
        return this;
    }

    private FirewallAssert verify(Packet packet, Answer expected, String word) {
        isNotNull();
        Evaluation evaluation = actual.evaluate(packet);
        if (evaluation.verdict() != expected || evaluation.otherOrder().isPresent()) {
            failWithMessage(
                    "%s",
                    Message.of(describe(), word + ":\n  " + packet)
                            + "\nbut the verdict is " + evaluation.verdict() + ":\n"
                            + Message.indent(evaluation.explain()));
        }
        return this;
    }

    private Table find(String name) {
        Optional<Table> found = actual.ruleset().tables().stream()
                .filter(table -> TableAssert.name(table).equals(name))
                .findFirst();
        return found.orElseThrow(() -> missing(
                "the table " + name,
                "tables",
                actual.ruleset().tables().stream().map(TableAssert::name).toList()));
    }

    private AssertionError missing(String what, String kind, List<?> present) {
        String names = present.isEmpty()
                ? "it has none"
                : "its " + kind + " are:\n"
                        + present.stream().map(each -> "  " + each).collect(Collectors.joining("\n"));
        return failure("%s", Message.of(describe(), "have " + what) + "\nbut " + names);
    }

    private String describe() {
        return describe(actual);
    }

    static String describe(Firewall firewall) {
        String tables = firewall.ruleset().tables().stream().map(TableAssert::name).collect(Collectors.joining(", "));
        return "the firewall with the tables " + (tables.isEmpty() ? "(none)" : tables);
    }

    static List<String> required(String[] values, String what) {
        if (values.length == 0) {
            throw new IllegalArgumentException("no " + what + " given: that would assert nothing");
        }
        return Arrays.asList(values);
    }
}
