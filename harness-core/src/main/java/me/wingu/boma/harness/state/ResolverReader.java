package me.wingu.boma.harness.state;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Reads {@code /etc/resolv.conf}, {@code /etc/hosts} and the addresses that the name service answered, a line each. */
final class ResolverReader {

    /** Where systemd-resolved waits for the host's own questions (systemd-resolved.service(8)). */
    private static final Set<String> STUB = Set.of("127.0.0.53", "127.0.0.54");

    private ResolverReader() {}

    static Resolver read(String host, Map<String, String> text) {
        Parts parts = Parts.of(text.getOrDefault("resolver", ""));
        List<String> nameservers = nameservers(parts, "resolv").toList();
        if (nameservers.stream().anyMatch(STUB::contains)) { // router advertisements bring and take those of IPv6
            nameservers = Stream.concat(
                            nameservers.stream(),
                            nameservers(parts, "upstream").filter(server -> server.indexOf(':') < 0))
                    .distinct()
                    .toList();
        }
        List<Resolver.HostsEntry> hosts = parts.lines("hosts").stream()
                .map(line -> line.replaceFirst("#.*", "").strip())
                .filter(line -> !line.isEmpty())
                .map(line -> List.of(line.split("\\s+", -1)))
                .map(words -> new Resolver.HostsEntry(words.get(0), words.subList(1, words.size())))
                .toList();
        Map<String, List<String>> answers = new LinkedHashMap<>();
        for (Parts.Part part : parts.named("answer")) {
            answers.put(part.argument(), part.text().lines().filter(line -> !line.isBlank()).distinct().toList());
        }
        List<String> search = words(parts, "search").reduce((first, last) -> last)
                .or(() -> words(parts, "domain").reduce((first, last) -> last))
                .orElse(List.of());
        List<String> options = words(parts, "options").flatMap(List::stream).toList();
        return new Resolver(host, nameservers, search, options, hosts, answers);
    }

    /** The words of each line of a keyword; of {@code search} the last line counts (resolv.conf(5)). */
    private static Stream<List<String>> words(Parts parts, String keyword) {
        return parts.lines("resolv").stream()
                .map(line -> List.of(line.strip().split("\\s+", -1)))
                .filter(words -> words.get(0).equals(keyword))
                .map(words -> words.subList(1, words.size()));
    }

    private static Stream<String> nameservers(Parts parts, String part) {
        return parts.lines(part).stream()
                .map(line -> line.strip().split("\\s+", -1))
                .filter(word -> word.length > 1 && word[0].equals("nameserver"))
                .map(word -> word[1]);
    }
}
