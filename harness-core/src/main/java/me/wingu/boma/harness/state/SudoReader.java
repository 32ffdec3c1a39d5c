package me.wingu.boma.harness.state;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads {@code sudo -ll -U} for several accounts. */
final class SudoReader {

    private SudoReader() {}

    static SudoRights read(String host, Map<String, String> text) {
        Map<String, List<SudoRule>> rights = new LinkedHashMap<>();
        Map<String, List<String>> withoutPassword = new LinkedHashMap<>();
        for (Parts.Part part : Parts.of(text.getOrDefault("sudo", "")).named("user")) {
            List<String> defaults = paragraph(part.text(), "Matching Defaults").flatMap(SudoReader::words).toList();
            rights.put(part.argument(), rules(part.text(), !defaults.contains("!authenticate")));
            withoutPassword.put(part.argument(), withoutPassword(part.text(), defaults));
        }
        return new SudoRights(host, rights, withoutPassword);
    }

    /** A group that is spared, and the settings for some commands or users alone, which stand on one line. */
    private static List<String> withoutPassword(String text, List<String> defaults) {
        Stream<String> groups = defaults.stream().filter(word -> word.startsWith("exempt_group="));
        Stream<String> settings = paragraph(text, "Runas and Command-specific")
                .flatMap(line -> Stream.of(line.strip().split("\\s+(?=Defaults[>!])")))
                .filter(setting -> words(setting.replaceFirst("^\\S+ ", "")).anyMatch("!authenticate"::equals));
        return Stream.concat(groups, settings).toList();
    }

    /** The lines below a title, up to the next empty one. */
    private static Stream<String> paragraph(String text, String title) {
        return text.lines().dropWhile(line -> !line.startsWith(title)).skip(1).takeWhile(line -> !line.isBlank());
    }

    private static Stream<String> words(String line) {
        return Stream.of(line.strip().split(",\\s*", -1));
    }

    private static List<SudoRule> rules(String text, boolean passwordByDefault) {
        List<SudoRule> rules = new ArrayList<>();
        String[] entries = text.split("(?m)^(?:Sudoers entry|LDAP Role|SSSD Role):?", -1);
        for (int i = 1; i < entries.length; i++) {
            rules.add(rule(entries[i], passwordByDefault));
        }
        return rules;
    }

    private static SudoRule rule(String entry, boolean passwordByDefault) {
        String source = entry.lines().findFirst().orElse("").strip();
        List<String> runAs = new ArrayList<>();
        List<String> commands = new ArrayList<>();
        boolean password = passwordByDefault;
        boolean inCommands = false;
        for (String line : entry.lines().skip(1).toList()) {
            String value = line.substring(line.indexOf(':') + 1).strip();
            if (line.strip().startsWith("RunAsUsers:")) {
                runAs.addAll(List.of(value.split(",\\s*", -1)));
            } else if (line.strip().startsWith("Options:")) {
                List<String> options = List.of(value.split(",\\s*", -1));
                password = options.contains("authenticate") || (password && !options.contains("!authenticate"));
            } else if (line.strip().startsWith("Commands:")) {
                inCommands = true;
            } else if (inCommands && !line.isBlank()) {
                commands.add(line.strip());
            }
        }
        return new SudoRule(runAs.isEmpty() ? List.of("root") : runAs, password, commands, source);
    }
}
