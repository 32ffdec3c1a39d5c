package me.wingu.boma.harness.state;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code sudo -ll -U} for several accounts. */
final class SudoReader {

    private SudoReader() {}

    static SudoRights read(String host, Map<String, String> text) {
        Map<String, List<SudoRule>> rights = new LinkedHashMap<>();
        for (Parts.Part part : Parts.of(text.getOrDefault("sudo", "")).named("user")) {
            rights.put(part.argument(), rules(part.text()));
        }
        return new SudoRights(host, rights);
    }

    private static List<SudoRule> rules(String text) {
        boolean passwordByDefault = !text.lines()
                .dropWhile(line -> !line.startsWith("Matching Defaults"))
                .takeWhile(line -> !line.isBlank())
                .anyMatch(line -> List.of(line.strip().split(",\\s*", -1)).contains("!authenticate"));
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
