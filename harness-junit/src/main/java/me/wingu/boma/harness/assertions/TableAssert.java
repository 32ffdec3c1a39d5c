package me.wingu.boma.harness.assertions;

import java.util.List;
import me.wingu.boma.harness.nftables.Chain;
import me.wingu.boma.harness.nftables.NamedSet;
import me.wingu.boma.harness.nftables.Table;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.assertj.core.api.AbstractAssert;

/** Assertions on one table. */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public class TableAssert extends AbstractAssert<TableAssert, Table> {

    /** Creates the assertions on one table. */
    public TableAssert(Table actual) {
        super(actual, TableAssert.class);
    }

    /**
     * Verifies that it has these chains, and perhaps others.
     *
     * <pre>{@code
     * assertThat(firewall).table("inet filter").hasChains("input", "forward");   // passes when it has both
     * assertThat(firewall).table("inet filter").hasChains("inptu");              // fails
     * }</pre>
     */
    public TableAssert hasChains(String... names) {
        return contains("chains", actual.chains().stream().map(Chain::name).toList(), names);
    }

    /**
     * Verifies that it has these named sets or maps, and perhaps others.
     *
     * <pre>{@code
     * assertThat(firewall).table("inet filter").hasSets("admin4");   // passes when it has
     * assertThat(firewall).table("inet filter").hasSets("admin5");   // fails
     * }</pre>
     */
    public TableAssert hasSets(String... names) {
        return contains("sets", actual.sets().stream().map(NamedSet::name).toList(), names);
    }

    /**
     * Verifies that its base chains are registered: it is not dormant.
     *
     * <pre>{@code
     * assertThat(firewall).table("inet filter").isActive();   // passes
     * assertThat(firewall).table("inet spare").isActive();    // fails for "flags dormant"
     * }</pre>
     */
    public TableAssert isActive() {
        isNotNull();
        if (actual.dormant()) {
            failWithMessage("%s", Message.of("table " + name(actual), "be active") + "\nbut it is dormant");
        }
        return this;
    }

    private TableAssert contains(String kind, List<String> present, String... names) {
        isNotNull();
        List<String> missing = FirewallAssert.required(names, kind).stream()
                .filter(name -> !present.contains(name))
                .toList();
        if (!missing.isEmpty()) {
            failWithMessage(
                    "%s",
                    Message.of("table " + name(actual), "have the " + kind + " " + List.of(names))
                            + "\nbut it lacks " + missing + ", and has " + present);
        }
        return this;
    }

    static String name(Table table) {
        return table.family().keyword() + " " + table.name();
    }
}
