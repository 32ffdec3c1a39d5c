package me.wingu.boma.harness.cli.nft;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.nftables.Ruleset;
import me.wingu.boma.harness.nftables.RulesetReader;
import me.wingu.boma.harness.nftables.collection.IptablesExtensions;
import me.wingu.boma.harness.nftables.collection.ListedText;

/**
 * Reads a ruleset given as nft's text: loads it in a network namespace of its own, which dies with the process.
 *
 * <p>Interfaces that the text names by number ({@code iif}) or hooks on must exist when it is loaded; stand-ins do.
 */
final class ScratchNamespace {

    private static final long DEADLINE_SECONDS = 60;
    private static final Pattern DEVICES = Pattern.compile("\\b(?:iif|oif|device|devices\\s*=)\\s+(?<names>\\{[^}]*}|\\S+)");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.@-]{1,15}");
    /** What nft would list without the version of IP that the rule asks for, and quoted text, which stays. */
    private static final Pattern RESET = Pattern.compile("\"[^\"\\n]*\"|\\breject\\s+with\\s+tcp\\s+reset\\b");
    /** What stands in files that somebody wrote, and in no listing. */
    private static final Pattern WRITTEN = Pattern.compile("(?m)^(?:#!|\\s*(?:flush|define|include|add|delete|destroy)\\s)");
    private static final String AS_TEXT = "=== as text";
    private static final String SCRIPT =
            """
            ip link set lo up
            for name in $DEVICES; do
                ip link add "$name" type dummy || ip link add "$name" type bridge # not every kernel has the first
            done 2>/dev/null
            nft -f /dev/stdin && nft -j list ruleset && echo '%s' && nft list ruleset
            """
                    .formatted(AS_TEXT);

    private final String place;

    /**
     * Prepares the translation; nothing is loaded yet.
     *
     * @param place where the text is from, for the failure's words: {@code in firewall.nft}
     */
    ScratchNamespace(String place) {
        this.place = place;
    }

    /**
     * Returns a ruleset given as text. Chains without a name get one, because nft lists their rules as text only. In a file
     * that is no listing, resets get a counter, before which nft leaves out nothing.
     */
    Ruleset ruleset(String text) {
        return loaded(WRITTEN.matcher(text).find() ? countingResets(text) : text);
    }

    private static String countingResets(String text) {
        return RESET.matcher(text).replaceAll(found ->
                Matcher.quoteReplacement((found.group().startsWith("\"") ? "" : "counter ") + found.group()));
    }

    private Ruleset loaded(String text) {
        try {
            String[] listed = run(IptablesExtensions.standIns(text)).split("(?m)^" + AS_TEXT + "$", 2);
            ListedText asText = new ListedText(listed[1]);
            return asText.hasChainsInBraces()
                    ? loaded(asText.withNamedChains())
                    : IptablesExtensions.restore(asText.complete(new RulesetReader().read(listed[0])));
        } catch (IOException e) {
            throw new HarnessException(
                    HarnessException.Kind.MACHINE,
                    "The ruleset " + place + " is text, and this machine cannot load it to translate it.",
                    String.valueOf(e.getMessage()),
                    "install nftables and util-linux, or give what \"nft -j list ruleset\" prints",
                    e);
        }
    }

    private String run(String text) throws IOException {
        Path out = Files.createTempFile("ruleset", ".json");
        Path err = Files.createTempFile("ruleset", ".err");
        try {
            boolean root = "root".equals(System.getProperty("user.name"));
            ProcessBuilder command = new ProcessBuilder(
                            root
                                    ? List.of("unshare", "--net", "sh", "-c", SCRIPT)
                                    : List.of("unshare", "--user", "--map-root-user", "--net", "sh", "-c", SCRIPT))
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            command.environment().put("DEVICES", String.join(" ", devices(text)));
            command.environment().merge("PATH", "/usr/sbin:/sbin", (path, sbin) -> path + ":" + sbin);
            Process process = command.start();
            try (OutputStream input = process.getOutputStream()) {
                input.write(text.getBytes(StandardCharsets.UTF_8));
            }
            await(process);
            if (process.exitValue() != 0) {
                throw refused(process.exitValue(), Files.readString(err));
            }
            return Files.readString(out);
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    private static void await(Process process) throws IOException {
        try {
            if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("nft did not end within " + DEADLINE_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while nft ran", e);
        }
    }

    private HarnessException refused(int status, String seen) {
        boolean machine = seen.contains("unshare:") || seen.contains("Operation not permitted") || status == 127;
        return machine
                ? new HarnessException(
                        HarnessException.Kind.MACHINE,
                        "The ruleset " + place + " is text, and this machine cannot load it to translate it.",
                        seen,
                        "allow unprivileged user namespaces or run as root; or give what \"nft -j list ruleset\" prints")
                : new HarnessException(
                        HarnessException.Kind.USAGE, "nft does not load the ruleset " + place + ".", seen, "correct the ruleset");
    }

    private static Set<String> devices(String text) {
        Set<String> names = new LinkedHashSet<>();
        Matcher mention = DEVICES.matcher(text);
        while (mention.find()) {
            Matcher name = NAME.matcher(mention.group("names"));
            while (name.find()) {
                names.add(name.group());
            }
        }
        names.remove("lo");
        return names;
    }
}
