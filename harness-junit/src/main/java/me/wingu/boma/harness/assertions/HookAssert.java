package me.wingu.boma.harness.assertions;

import java.util.Comparator;
import java.util.List;
import me.wingu.boma.harness.nftables.BaseChain;
import me.wingu.boma.harness.nftables.Chain;
import me.wingu.boma.harness.nftables.Ruleset;
import me.wingu.boma.harness.nftables.Verdict;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.assertj.core.api.AbstractAssert;

/** Assertions on the base chains of one hook, whatever their tables. */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public class HookAssert extends AbstractAssert<HookAssert, Ruleset> {

    private final String hook;

    /** Creates the assertions on one hook. */
    public HookAssert(Ruleset actual, String hook) {
        super(actual, HookAssert.class);
        this.hook = hook;
    }

    /**
     * Verifies that exactly these base chains hang on it, in any order.
     *
     * <pre>{@code
     * assertThat(firewall).hook("input").hasOnlyChains("inet filter input");   // passes when no other hooks in
     * assertThat(firewall).hook("input").hasOnlyChains("inet filter input");   // fails when "ip filter INPUT" does
     * }</pre>
     */
    public HookAssert hasOnlyChains(String... names) {
        List<String> wanted = FirewallAssert.required(names, "chains").stream().sorted().toList();
        List<String> present = chains().stream().map(Chain::toString).sorted().toList();
        return check(present.equals(wanted), "have only the chains " + wanted, "it has " + present);
    }

    /**
     * Verifies that a packet which no rule decides is dropped: some filter chain for both IP versions has the policy drop.
     *
     * <pre>{@code
     * assertThat(firewall).hook("input").dropsByDefault();     // passes for "inet filter input" with policy drop
     * assertThat(firewall).hook("forward").dropsByDefault();   // fails when all policies are accept
     * }</pre>
     */
    public HookAssert dropsByDefault() {
        boolean four = chains().stream().anyMatch(chain -> drops(chain, "ip"));
        boolean six = chains().stream().anyMatch(chain -> drops(chain, "ip6"));
        String but = four == six ? "every policy is accept" : "the policy is drop for " + (four ? "IPv4" : "IPv6") + " only";
        return check(
                four && six, "drop by default", chains().isEmpty() ? "no base chain hangs on it" : but + ": " + chains());
    }

    private static boolean drops(Chain chain, String family) {
        String own = chain.family().keyword();
        return base(chain).policy() == Verdict.Kind.DROP && (own.equals("inet") || own.equals(family));
    }

    private List<Chain> chains() {
        isNotNull();
        return actual.chains()
                .filter(chain -> chain.base().filter(base -> base.hook().equals(hook)).isPresent())
                .sorted(Comparator.comparingInt(chain -> base(chain).priority()))
                .toList();
    }

    private static BaseChain base(Chain chain) {
        return chain.base().orElseThrow();
    }

    private HookAssert check(boolean holds, String expectation, String but) {
        if (!holds) {
            failWithMessage("%s", Message.of("the hook " + hook, expectation) + "\nbut " + but);
        }
        return this;
    }
}
