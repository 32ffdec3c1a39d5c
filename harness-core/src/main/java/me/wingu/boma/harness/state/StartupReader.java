package me.wingu.boma.harness.state;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads the properties of many units, as D-Bus knows them: {@code key=value} lines, a blank line between units, structures as
 * {@code { a ; b }}; and the units that D-Bus would start, by one of their names.
 */
final class StartupReader {

    private static final Pattern OF_DBUS = Pattern.compile("(?m)^SystemdService=(\\S+)$");
    private static final Pattern STREAM = Pattern.compile("\\{ Stream ; (\\S+:\\d+) }");
    private static final Pattern SCHEDULE = Pattern.compile("\\{ (\\w+) ; ([^;{}]+) ; \\d+ }");

    private StartupReader() {}

    static Startup read(String host, Map<String, String> text) {
        List<UnitStart> units = new ArrayList<>();
        String all = text.getOrDefault("startup", "");
        Set<String> ofDbus = OF_DBUS.matcher(all).results().map(match -> match.group(1)).collect(Collectors.toSet());
        for (String block : OF_DBUS.matcher(all).replaceAll("").strip().split("\n\n+", -1)) {
            Properties properties = Properties.of(block);
            if (properties.get("Id").isEmpty()) {
                throw new SectionReader.Unreadable("the properties of a unit", block);
            }
            units.add(unit(properties, ofDbus));
        }
        units.sort(Comparator.comparing(UnitStart::name));
        return new Startup(host, units);
    }

    /** {@code { Stream ; [::]:22 }}, and so on; unless its unit says otherwise, a socket for every IPv6 address takes IPv4, too. */
    private static List<String> listens(Properties unit) {
        boolean both = !unit.get("BindIPv6Only").equals("ipv6-only");
        return STREAM.matcher(unit.get("Listen")).results()
                .map(match -> match.group(1))
                .flatMap(address -> both && address.startsWith("[::]:")
                        ? Stream.of("0.0.0.0:" + address.substring("[::]:".length()), address)
                        : Stream.of(address))
                .distinct()
                .toList();
    }

    /** {@code OnCalendar=Mon *-*-* 00:00:00}; a time span comes in microseconds and leaves as {@code OnBootUSec=15min}. */
    private static String rule(String name, String value) {
        return name + "=" + (name.endsWith("USec") ? Timespan.text(Long.parseLong(value)) : value);
    }

    private static UnitStart unit(Properties unit, Set<String> ofDbus) {
        int pid = unit.number("MainPID");
        List<String> schedule = Stream.of("TimersCalendar", "TimersMonotonic")
                .flatMap(key -> SCHEDULE.matcher(unit.get(key)).results())
                .map(match -> rule(match.group(1), match.group(2)))
                .toList();
        return new UnitStart(
                unit.get("Id"),
                unit.get("Type"),
                unit.get("Result"),
                unit.number("ExecMainStatus"),
                unit.number("NRestarts"),
                pid > 0 ? OptionalInt.of(pid) : OptionalInt.empty(),
                unit.sinceBoot("InactiveExitTimestampMonotonic"),
                unit.sinceBoot("ActiveEnterTimestampMonotonic"),
                unit.words("After"),
                unit.words("Requires"),
                unit.words("Wants"),
                unit.words("WantedBy"),
                unit.words("TriggeredBy"),
                unit.words("Triggers"),
                listens(unit),
                unit.words("Names").stream().anyMatch(ofDbus::contains),
                unit.get("NeedDaemonReload").equals("1"),
                schedule,
                unit.sinceEpoch("NextElapseUSecRealtime"));
    }
}
