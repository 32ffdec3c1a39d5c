package me.wingu.boma.harness.nftables.collection;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import me.wingu.boma.harness.nftables.Chain;
import me.wingu.boma.harness.nftables.Rule;
import me.wingu.boma.harness.nftables.Ruleset;
import me.wingu.boma.harness.nftables.Statement;
import me.wingu.boma.harness.nftables.Table;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Extensions of iptables that {@code nft list ruleset} prints without their parameters, as {@code xt match recent}. nft
 * loads no such text: while it does, a log statement stands in the place of each, and keeps what is known of it.
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class IptablesExtensions {

    private static final String PREFIX = "extension of iptables: ";
    /** A quoted text, which is to stay; or an extension, whose name newer versions of nft quote. */
    private static final Pattern LISTED = Pattern.compile(
            "\"[^\"\\n]*\"|\\bxt (match|target|watcher) \"?([\\w.-]+)\"?");
    private static final Pattern STAND_IN =
            Pattern.compile("\"prefix\"\\s*:\\s*\"" + PREFIX + "(\\w+) ([\\w.-]+)\"");

    private IptablesExtensions() {}

    /** Returns a listing that nft loads. */
    public static String standIns(String listing) {
        return LISTED.matcher(listing).replaceAll(found -> Matcher.quoteReplacement(standIn(found)));
    }

    private static String standIn(MatchResult found) {
        return found.group(1) == null
                ? found.group()
                : "log prefix \"" + PREFIX + found.group(1) + " " + found.group(2) + '"';
    }

    /** Returns the ruleset that was listed, of the one that was loaded. */
    public static Ruleset restore(Ruleset loaded) {
        return loaded.withTables(
                loaded.tables().stream().map(IptablesExtensions::restore).toList());
    }

    private static Table restore(Table table) {
        return table.withChains(
                table.chains().stream().map(IptablesExtensions::restore).toList());
    }

    private static Chain restore(Chain chain) {
        return chain.withRules(
                chain.rules().stream().map(IptablesExtensions::restore).toList());
    }

    private static Rule restore(Rule rule) {
        return rule.withStatements(
                rule.statements().stream().map(IptablesExtensions::restore).toList());
    }

    private static Statement restore(Statement statement) {
        if (statement instanceof Statement.Observe log) {
            Matcher standIn = STAND_IN.matcher(log.json());
            if (standIn.find()) {
                return new Statement.Xt(standIn.group(1), standIn.group(2));
            }
        }
        return statement;
    }
}
