package me.wingu.boma.harness.state;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code /etc/resolv.conf}, {@code /etc/hosts} and the answers of {@code getent ahosts}. */
final class ResolverReader {

    private ResolverReader() {}

    static Resolver read(String host, Map<String, String> text) {
        Parts parts = Parts.of(text.getOrDefault("resolver", ""));
        List<String> nameservers = parts.lines("resolv").stream()
                .map(line -> line.strip().split("\\s+", -1))
                .filter(word -> word.length > 1 && word[0].equals("nameserver"))
                .map(word -> word[1])
                .toList();
        List<Resolver.HostsEntry> hosts = parts.lines("hosts").stream()
                .map(line -> line.replaceFirst("#.*", "").strip())
                .filter(line -> !line.isEmpty())
                .map(line -> List.of(line.split("\\s+", -1)))
                .map(words -> new Resolver.HostsEntry(words.get(0), words.subList(1, words.size())))
                .toList();
        Map<String, List<String>> answers = new LinkedHashMap<>();
        for (Parts.Part part : parts.named("answer")) {
            List<String> addresses = part.text()
                    .lines()
                    .filter(line -> line.contains(" STREAM"))
                    .map(line -> line.split("\\s+", 2)[0])
                    .distinct()
                    .toList();
            answers.put(part.argument(), addresses);
        }
        return new Resolver(host, nameservers, hosts, answers);
    }
}
