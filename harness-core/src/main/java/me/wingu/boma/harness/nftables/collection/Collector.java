package me.wingu.boma.harness.nftables.collection;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import me.wingu.boma.harness.nftables.HostNetwork;
import me.wingu.boma.harness.nftables.NftablesException;
import me.wingu.boma.harness.nftables.Ruleset;
import me.wingu.boma.harness.nftables.RulesetFormatException;
import me.wingu.boma.harness.nftables.RulesetReader;
import me.wingu.boma.harness.nftables.Statement;
import me.wingu.boma.harness.nftables.Table;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * The script that collects a host's firewall, and the reader of its output.
 *
 * <p>Run {@link #script()} as root with {@code /bin/sh} on the host, in one go, and hand its standard output to
 * {@link #read}. It changes nothing on the host; it needs {@code nft} and {@code ip}, and {@code unshare} to recover
 * the rules of iptables-nft.
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class Collector {

    private static final String MARK = "=== ";

    /** Creates a collector. */
    public Collector() {}

    /** Returns the POSIX shell script. */
    public String script() {
        try (InputStream script = Collector.class.getResourceAsStream("collect.sh")) {
            return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new NftablesException("The collector's script is not in the program's archive.", e);
        }
    }

    /**
     * Reads what the script printed.
     *
     * @throws NftablesException when the output is incomplete, or a part of it is not what it should be
     */
    public CollectedFirewall read(String output) {
        Map<String, String> sections = sections(output);
        if (!sections.containsKey("end")) {
            throw new NftablesException("The firewall's collection is incomplete: the script did not reach its end. "
                    + "Run it as root on a host with nft and ip.");
        }
        List<String> warnings = new ArrayList<>();
        Ruleset ruleset = withLegacyTables(ruleset(sections, warnings), sections, warnings);
        HostNetwork network = new NetworkReader().read(
                sections.get("addresses"), sections.get("routes4"), sections.get("routes6"), sections.get("rules4"),
                sections.get("rules6"), sysctls(sections.get("sysctls")));
        return new CollectedFirewall(ruleset, network, warnings);
    }

    private static Ruleset withLegacyTables(Ruleset ruleset, Map<String, String> sections, List<String> warnings) {
        List<Table> legacy = LegacyTables.of(sections.get("legacy-tables"), sections.getOrDefault("legacy-rules", ""));
        if (legacy.isEmpty()) {
            return ruleset;
        }
        String names = legacy.stream()
                .map(table -> table.family().keyword() + " " + table.name())
                .collect(Collectors.joining(", "));
        warnings.add("The host has rules of the old iptables, which nft does not list: " + names
                + ". Whatever passes them is unknown.");
        return ruleset.withTables(Stream.concat(ruleset.tables().stream(), legacy.stream()).toList());
    }

    private static Ruleset ruleset(Map<String, String> sections, List<String> warnings) {
        RulesetReader reader = new RulesetReader();
        Ruleset plain = new ListedText(sections.getOrDefault("text", "")).complete(reader.read(sections.get("ruleset")));
        if (untranslated(plain) == 0) {
            return plain;
        }
        try {
            Ruleset translated = reader.read(sections.get("translated"));
            if (translated.rules().count() != plain.rules().count()) {
                warnings.add("The translation of the iptables rules lost rules; the untranslated listing is used.");
                return plain;
            }
            Ruleset merged = Handles.of(plain, translated);
            if (untranslated(merged) > 0) {
                warnings.add(untranslated(merged) + " rules of iptables have parts that nft cannot translate; they are "
                        + "unknowns.");
            }
            return merged;
        } catch (RulesetFormatException e) {
            warnings.add("The iptables rules could not be translated, and are unknowns: "
                    + sections.get("translated").lines().limit(3).toList());
            return plain;
        }
    }

    private static long untranslated(Ruleset ruleset) {
        return ruleset.rules()
                .filter(rule -> rule.statements().stream().anyMatch(Statement.Xt.class::isInstance))
                .count();
    }

    private static Map<String, String> sysctls(String text) {
        Map<String, String> sysctls = new LinkedHashMap<>();
        text.lines().filter(line -> line.contains("=")).forEach(line ->
                sysctls.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
        return sysctls;
    }

    private static Map<String, String> sections(String output) {
        Map<String, String> sections = new LinkedHashMap<>();
        String current = "";
        StringBuilder text = new StringBuilder();
        for (String line : output.lines().toList()) {
            if (line.startsWith(MARK)) {
                sections.put(current, text.toString());
                current = line.substring(MARK.length());
                text.setLength(0);
            } else {
                text.append(line).append('\n');
            }
        }
        sections.put(current, text.toString());
        return sections;
    }
}
