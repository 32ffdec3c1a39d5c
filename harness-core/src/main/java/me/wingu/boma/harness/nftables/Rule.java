package me.wingu.boma.harness.nftables;

import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * One rule.
 *
 * @param family its table's family
 * @param table its table's name
 * @param chain its chain's name
 * @param handle the kernel's handle, unique within the table; 0 when the listing shows none
 * @param comment the comment
 * @param statements what it consists of, in order
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record Rule(
        Family family,
        String table,
        String chain,
        long handle,
        Optional<String> comment,
        List<Statement> statements) {

    /** Takes a copy of the statements. */
    public Rule {
        statements = List.copyOf(statements);
    }

    /** Returns the same rule with other statements. */
    public Rule withStatements(List<Statement> others) {
        return new Rule(family, table, chain, handle, comment, others);
    }

    /** Returns the rule in nft's words, such as {@code tcp dport 22 accept}; for reading, not for loading. */
    public String text() {
        return RuleText.of(this);
    }

    /** Returns where it stands, such as {@code inet filter input handle 12}. */
    public String place() {
        return family.keyword() + " " + table + " " + chain + " handle " + handle;
    }
}
