package me.wingu.boma.harness.nftables.proof;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import me.wingu.boma.harness.nftables.IpPrefix;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** Reads {@link Traffic} as people write it: {@code 80,443/tcp}, {@code 22/tcp from 198.51.100.10}, {@code ping}. */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class TrafficParser {

    private static final Pattern WHOLE =
            Pattern.compile("(?<what>.+?)(\\s+from\\s+(?<from>\\S+))?(\\s+through\\s+(?<through>\\S+))?");
    private static final Pattern PORTS = Pattern.compile("(?<ports>\\d[\\d,-]*)/(?<protocol>[a-z0-9]+)");
    private static final Pattern TYPED = Pattern.compile("(?<protocol>icmp|icmpv6)(\\s+type\\s+(?<types>[\\d,-]+))?");

    private TrafficParser() {}

    /**
     * Reads one description of traffic.
     *
     * @throws IllegalArgumentException when the text is none; the message shows how to write it
     */
    public static Traffic parse(String text) {
        Matcher whole = WHOLE.matcher(text.strip());
        if (!whole.matches()) {
            throw unreadable(text);
        }
        List<IpPrefix> sources = list(whole.group("from")).stream().map(IpPrefix::of).toList();
        return new Traffic(protocols(whole.group("what"), text), sources, list(whole.group("through")));
    }

    private static List<Traffic.Protocol> protocols(String what, String text) {
        Matcher ports = PORTS.matcher(what);
        Matcher typed = TYPED.matcher(what);
        if (what.equals("ping")) {
            return Traffic.ping().protocols();
        } else if (ports.matches()) {
            return numbers(ports.group("protocol"), ports.group("ports"), text);
        } else if (typed.matches()) {
            String types = typed.group("types");
            return numbers(typed.group("protocol"), types == null ? "0-255" : types, text);
        } else if (List.of("tcp", "udp", "sctp").contains(what)) {
            return numbers(what, "0-65535", text);
        }
        throw unreadable(text);
    }

    private static List<Traffic.Protocol> numbers(String protocol, String numbers, String text) {
        List<Traffic.Protocol> all = new ArrayList<>();
        for (String part : numbers.split(",", -1)) {
            String[] ends = part.split("-", -1);
            if (ends.length > 2 || !Arrays.stream(ends).allMatch(end -> end.matches("\\d{1,5}"))) {
                throw unreadable(text);
            }
            all.add(new Traffic.Protocol(protocol, Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1])));
        }
        return all;
    }

    private static List<String> list(String group) {
        return group == null ? List.of() : List.of(group.split(",", -1));
    }

    private static IllegalArgumentException unreadable(String text) {
        return new IllegalArgumentException("\"" + text + "\" is no traffic: write 443/tcp, 80,443/tcp, 6000-6010/udp, "
                + "ping, icmp type 8 or icmpv6, with \"from 198.51.100.0/24\" or \"through eth0\" behind it");
    }
}
