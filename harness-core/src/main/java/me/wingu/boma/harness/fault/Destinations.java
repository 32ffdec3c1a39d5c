package me.wingu.boma.harness.fault;

import java.util.List;
import java.util.regex.Pattern;
import me.wingu.boma.harness.HarnessException;

/** Checks what a caller names as other hosts, before the hypervisor sees it. */
final class Destinations {

    private static final Pattern LITERAL = Pattern.compile(
            "(?:\\d{1,3}\\.){3}\\d{1,3}(?:/(?:[0-9]|[12][0-9]|3[0-2]))?"
                    + "|(?=[^/]*:)[0-9A-Fa-f:.]{2,45}(?:/(?:[0-9]{1,2}|1[01][0-9]|12[0-8]))?");

    private Destinations() {}

    static List<String> check(String... destinations) {
        List<String> checked = List.of(destinations);
        if (checked.isEmpty() || !checked.stream().allMatch(d -> LITERAL.matcher(d).matches())) {
            throw new HarnessException(
                    HarnessException.Kind.USAGE,
                    "A destination cannot be made unreachable: it is no address.",
                    checked.toString(),
                    "give IPv4 or IPv6 addresses or networks, such as 203.0.113.7 or 2001:db8::/32");
        }
        return checked;
    }
}
