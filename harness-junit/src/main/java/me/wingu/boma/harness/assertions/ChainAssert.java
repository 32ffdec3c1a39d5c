package me.wingu.boma.harness.assertions;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import me.wingu.boma.harness.nftables.BaseChain;
import me.wingu.boma.harness.nftables.Chain;
import me.wingu.boma.harness.nftables.Rule;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.assertj.core.api.AbstractAssert;

/** Assertions on one chain as it is written; what it does to packets is asked of the whole firewall. */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public class ChainAssert extends AbstractAssert<ChainAssert, Chain> {

    /** Creates the assertions on one chain. */
    public ChainAssert(Chain actual) {
        super(actual, ChainAssert.class);
    }

    /**
     * Verifies what happens to packets that no rule decides.
     *
     * <pre>{@code
     * assertThat(firewall).chain("inet filter input").hasPolicy("drop");     // passes for a default-deny chain
     * assertThat(firewall).chain("inet filter input").hasPolicy("accept");   // fails for it
     * }</pre>
     *
     * @param policy {@code accept} or {@code drop}
     */
    public ChainAssert hasPolicy(String policy) {
        String own = base().policy().name().toLowerCase(Locale.ROOT);
        return check(own.equals(policy), "have the policy " + policy, "its policy is " + own);
    }

    /**
     * Verifies where it hangs.
     *
     * <pre>{@code
     * assertThat(firewall).chain("inet filter input").isOnHook("input");     // passes
     * assertThat(firewall).chain("inet filter input").isOnHook("forward");   // fails
     * }</pre>
     */
    public ChainAssert isOnHook(String hook) {
        return check(base().hook().equals(hook), "be on the hook " + hook, "it is on the hook " + base().hook());
    }

    /**
     * Verifies its priority as a number: 0 for {@code filter}, −100 for {@code dstnat}, 100 for {@code srcnat}.
     *
     * <pre>{@code
     * assertThat(firewall).chain("inet filter input").hasPriority(0);    // passes for "priority filter"
     * assertThat(firewall).chain("inet filter input").hasPriority(10);   // fails for it
     * }</pre>
     */
    public ChainAssert hasPriority(int priority) {
        return check(
                base().priority() == priority,
                "have the priority " + priority,
                "its priority is " + base().priority());
    }

    /**
     * Verifies that it has these rules, in this order, whatever stands between them.
     *
     * <pre>{@code
     * assertThat(firewall).chain("inet filter input").hasRules("ct state invalid drop", "tcp dport 22 accept");
     * // passes when both are there in this order, and fails when they are swapped
     * }</pre>
     *
     * @param rules the rules in nft's words, without counters
     */
    public ChainAssert hasRules(String... rules) {
        List<String> wanted = FirewallAssert.required(rules, "rules");
        int next = 0;
        for (String text : texts()) {
            if (next < wanted.size() && text.equals(wanted.get(next))) {
                next++;
            }
        }
        return check(
                next == wanted.size(),
                "have, in this order:\n" + Message.indent(String.join("\n", wanted)),
                next == wanted.size() ? "" : "there is no \"" + wanted.get(next) + "\" in its place");
    }

    /**
     * Verifies that it has no rule at all.
     *
     * <pre>{@code
     * assertThat(firewall).chain("ip filter DOCKER-USER").hasNoRules();   // passes for Docker's default
     * assertThat(firewall).chain("inet filter input").hasNoRules();       // fails
     * }</pre>
     */
    public ChainAssert hasNoRules() {
        return check(actual.rules().isEmpty(), "have no rules", "it has " + actual.rules().size());
    }

    private BaseChain base() {
        isNotNull();
        if (actual.base().isEmpty()) {
            failWithMessage("%s", Message.of(text(), "be a base chain") + "\nbut it hangs on no hook");
        }
        return actual.base().orElseThrow();
    }

    private ChainAssert check(boolean holds, String expectation, String but) {
        isNotNull();
        if (!holds) {
            failWithMessage("%s", Message.of(text(), expectation) + "\nbut " + but);
        }
        return this;
    }

    private String text() {
        String base = actual.base()
                .map(each -> " (type " + each.type() + " hook " + each.hook() + " priority " + each.priority()
                        + " policy " + each.policy().name().toLowerCase(Locale.ROOT) + ")")
                .orElse("");
        String rules = texts().stream().map(rule -> "\n  " + rule).collect(Collectors.joining());
        return "chain " + actual + base + rules;
    }

    private List<String> texts() {
        return actual.rules().stream().map(Rule::text).map(ChainAssert::plain).toList();
    }

    private static String plain(String text) {
        return text.replaceAll("\\bcounter( packets \\d+ bytes \\d+)? ?", "").strip();
    }
}
