package me.wingu.boma.harness.cli.bench;

import java.util.Random;
import java.util.StringJoiner;

/**
 * A ruleset of any length in the words of {@code nft -j list ruleset}, for measurements.
 *
 * <p>Its rules look like what a busy host collects over the years: single clients and networks of both families, with
 * and without a port or a port range, some of them accepted, some refused, and sets of ports here and there.
 */
final class SyntheticRuleset {

    private static final String CHAIN = "\"family\":\"inet\",\"table\":\"filter\",\"chain\":\"input\"";

    private final Random random;

    private SyntheticRuleset(long seed) {
        random = new Random(seed);
    }

    /** Returns a ruleset with that many rules; the same seed gives the same text. */
    static String json(int rules, long seed) {
        return new SyntheticRuleset(seed).write(rules);
    }

    private String write(int rules) {
        StringJoiner objects = new StringJoiner(",\n", "{\"nftables\":[", "]}");
        objects.add("{\"metainfo\":{\"version\":\"1.1.3\",\"release_name\":\"Synthetic\",\"json_schema_version\":1}}");
        objects.add("{\"table\":{\"family\":\"inet\",\"name\":\"filter\",\"handle\":1}}");
        objects.add("{\"chain\":{\"family\":\"inet\",\"table\":\"filter\",\"name\":\"input\",\"handle\":1,"
                + "\"type\":\"filter\",\"hook\":\"input\",\"prio\":0,\"policy\":\"drop\"}}");
        for (int rule = 0; rule < rules; rule++) {
            objects.add("{\"rule\":{" + CHAIN + ",\"handle\":" + (rule + 2) + ",\"expr\":[" + statements() + "]}}");
        }
        return objects.toString();
    }

    private String statements() {
        String conditions =
                switch (random.nextInt(8)) {
                    case 0 -> client() + "," + transport("[" + port() + "," + port() + "," + port() + "]", "set");
                    case 1 -> client() + "," + transport("[" + range() + "]", "range");
                    case 2 -> network();
                    case 3, 4 -> network() + "," + transport(String.valueOf(port()), "");
                    default -> client() + "," + transport(String.valueOf(port()), "");
                };
        return conditions + ",{\"" + (random.nextInt(4) == 0 ? "drop" : "accept") + "\":null}";
    }

    private String client() {
        return random.nextInt(3) == 0
                ? address("ip6", "\"2001:db8:" + hex() + ":" + hex() + "::" + hex() + "\"")
                : address("ip", "\"" + (1 + random.nextInt(220)) + "." + octet() + "." + octet() + "." + octet() + "\"");
    }

    private String network() {
        return random.nextInt(3) == 0
                ? address("ip6", prefix("2001:db8:" + hex() + "::", 48))
                : address("ip", prefix((1 + random.nextInt(220)) + "." + octet() + "." + octet() + ".0", 24));
    }

    private static String address(String protocol, String value) {
        return "{\"match\":{\"op\":\"==\",\"left\":{\"payload\":{\"protocol\":\"" + protocol
                + "\",\"field\":\"saddr\"}},\"right\":" + value + "}}";
    }

    private String transport(String value, String wrapper) {
        String protocol = random.nextInt(4) == 0 ? "udp" : "tcp";
        String right = wrapper.isEmpty() ? value : "{\"" + wrapper + "\":" + value + "}";
        return "{\"match\":{\"op\":\"==\",\"left\":{\"payload\":{\"protocol\":\"" + protocol
                + "\",\"field\":\"dport\"}},\"right\":" + right + "}}";
    }

    private String range() {
        int low = port();
        return low + "," + Math.min(65_535, low + 1 + random.nextInt(500));
    }

    private static String prefix(String address, int length) {
        return "{\"prefix\":{\"addr\":\"" + address + "\",\"len\":" + length + "}}";
    }

    private int port() {
        return 1 + random.nextInt(65_000);
    }

    private int octet() {
        return random.nextInt(256);
    }

    private String hex() {
        return Integer.toHexString(random.nextInt(0x10000));
    }
}
