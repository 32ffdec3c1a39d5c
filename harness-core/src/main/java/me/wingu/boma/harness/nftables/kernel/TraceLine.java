package me.wingu.boma.harness.nftables.kernel;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import me.wingu.boma.harness.nftables.NftablesException;

/**
 * One line of {@code nft -a monitor trace}.
 *
 * @param id the kernel's number for the packet
 * @param chain the chain, as family, table and name
 * @param kind what the line tells
 * @param handle the rule's handle, 0 for other kinds than RULE
 * @param text the verdict, or for PACKET the headers
 */
record TraceLine(String id, String chain, Kind kind, long handle, String text) {

    enum Kind {
        PACKET,
        RULE,
        RETURN,
        POLICY
    }

    private static final Pattern LINE = Pattern.compile(
            "trace id ([0-9a-f]+) (\\S+ \\S+ \\S+) (packet: |rule |unknown rule |verdict |policy )(.*)", Pattern.DOTALL);
    private static final Pattern RULE = Pattern.compile(".*# handle (\\d+) \\(verdict ([^)]*)\\)\\s*", Pattern.DOTALL);

    private static final Pattern RULE_BEGUN = Pattern.compile("trace id [0-9a-f]+ \\S+ \\S+ \\S+ (?:unknown )?rule ");
    private static final Pattern RULE_ENDED = Pattern.compile("handle \\d+ \\(verdict [^)]*\\)\\s*$");

    /** A rule that was added after the monitor had read the ruleset. */
    private static final Pattern UNKNOWN_RULE = Pattern.compile("handle (\\d+) \\(verdict ([^)]*)\\)\\s*");

    /** Returns whether this is all of an event: nft writes a rule with a chain in braces over several lines. */
    static boolean complete(CharSequence text) {
        return !RULE_BEGUN.matcher(text).lookingAt() || RULE_ENDED.matcher(text).find();
    }

    /**
     * Reads a line; empty for a blank one.
     *
     * @throws NftablesException for a line that it cannot read: to overlook one could hide a disagreement
     */
    static Optional<TraceLine> parse(String line) {
        if (line.isBlank()) {
            return Optional.empty();
        }
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw unreadable(line);
        }
        String id = matcher.group(1);
        String chain = matcher.group(2);
        String rest = matcher.group(4);
        return Optional.of(switch (matcher.group(3)) {
            case "packet: " -> new TraceLine(id, chain, Kind.PACKET, 0, rest);
            case "rule " -> rule(id, chain, rest, line, RULE);
            case "unknown rule " -> rule(id, chain, rest, line, UNKNOWN_RULE);
            case "verdict " -> new TraceLine(id, chain, Kind.RETURN, 0, firstWord(rest));
            case "policy " -> new TraceLine(id, chain, Kind.POLICY, 0, firstWord(rest));
            default -> throw unreadable(line);
        });
    }

    private static TraceLine rule(String id, String chain, String rest, String line, Pattern pattern) {
        Matcher matcher = pattern.matcher(rest);
        if (!matcher.matches()) {
            throw unreadable(line);
        }
        return new TraceLine(id, chain, Kind.RULE, Long.parseLong(matcher.group(1)), matcher.group(2).strip());
    }

    private static String firstWord(String text) {
        int space = text.indexOf(' ');
        return space < 0 ? text.strip() : text.substring(0, space);
    }

    private static NftablesException unreadable(String line) {
        return new NftablesException("`nft -a monitor trace` printed a line that cannot be read: " + line);
    }
}
