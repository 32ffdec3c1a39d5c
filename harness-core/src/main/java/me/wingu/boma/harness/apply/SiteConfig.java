package me.wingu.boma.harness.apply;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a site's own {@code ansible.cfg} may say: where its roles, collections and plugins for templates lie, how its
 * vault opens, how it becomes root. All else is the harness's to decide.
 */
final class SiteConfig {

    /** A setting's place in the file. */
    record Entry(int line, String section, String key, String value) {}

    private static final String DEFAULTS = "defaults";

    private static final Set<String> PATHS = Set.of(
            "roles_path", "collections_path", "collections_paths", "library", "module_utils", "filter_plugins",
            "test_plugins", "lookup_plugins", "action_plugins", "vault_password_file");

    private static final Map<String, Set<String>> SAFE = Map.of(
            DEFAULTS,
            Set.of("vault_identity", "hash_behaviour", "jinja2_extensions", "jinja2_native", "interpreter_python",
                    "gathering", "gather_subset", "gather_timeout", "error_on_undefined_vars", "ansible_managed",
                    "any_errors_fatal", "force_handlers"),
            "privilege_escalation",
            Set.of("become", "become_method", "become_user"));

    private static final Set<String> INVENTORY = Set.of("inventory", "hostfile");

    private final Path directory;
    private final List<Entry> entries;

    private SiteConfig(Path directory, List<Entry> entries) {
        this.directory = directory;
        this.entries = entries;
    }

    static SiteConfig read(Path directory) {
        Path file = directory.resolve("ansible.cfg");
        if (!Files.isRegularFile(file)) {
            return new SiteConfig(directory, List.of());
        }
        try {
            return new SiteConfig(directory, parse(Files.readAllLines(file)));
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + file, e);
        }
    }

    /** Returns where the file names an inventory. */
    Optional<Entry> inventory() {
        return entries.stream()
                .filter(entry -> entry.section().equals(DEFAULTS) && INVENTORY.contains(entry.key()))
                .findFirst();
    }

    /** Returns the settings that the harness takes over, by section; relative paths start at the site. */
    Map<String, Map<String, String>> safe() {
        Map<String, Map<String, String>> safe = new TreeMap<>();
        for (Entry entry : entries) {
            if (entry.section().equals(DEFAULTS) && PATHS.contains(entry.key())) {
                section(safe, DEFAULTS).put(entry.key(), absolute(entry.value()));
            } else if (SAFE.getOrDefault(entry.section(), Set.of()).contains(entry.key())) {
                section(safe, entry.section()).put(entry.key(), entry.value());
            }
        }
        return safe;
    }

    /** Returns the directories that roles are looked for in, the site's {@code roles/} first. */
    List<Path> rolePaths() {
        List<Path> paths = new ArrayList<>(List.of(directory.resolve("roles")));
        Optional.ofNullable(section(safe(), DEFAULTS).get("roles_path"))
                .ifPresent(value -> Arrays.stream(value.split(":")).map(Path::of).forEach(paths::add));
        return paths;
    }

    /** Returns the files and directories outside the site that the file names. */
    List<Path> outside() {
        return entries.stream()
                .filter(entry -> entry.section().equals(DEFAULTS) && PATHS.contains(entry.key()))
                .flatMap(entry -> Arrays.stream(absolute(entry.value()).split(":")))
                .map(Path::of)
                .filter(path -> !path.startsWith(directory))
                .collect(Collectors.toList());
    }

    private String absolute(String value) {
        return Arrays.stream(value.split(":"))
                .filter(part -> !part.isBlank())
                .map(String::strip)
                .map(part -> part.startsWith("~") ? System.getProperty("user.home") + part.substring(1) : part)
                .map(part -> directory.resolve(part).normalize().toString())
                .collect(Collectors.joining(":"));
    }

    private static Map<String, String> section(Map<String, Map<String, String>> sections, String name) {
        return sections.computeIfAbsent(name, unused -> new TreeMap<>());
    }

    private static List<Entry> parse(List<String> lines) {
        List<Entry> entries = new ArrayList<>();
        String section = "";
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).replaceFirst("\\s[;#].*", "").strip();
            if (line.startsWith("[") && line.endsWith("]")) {
                section = line.substring(1, line.length() - 1).strip();
            } else {
                Entry entry = entry(i + 1, section, line);
                if (entry != null) {
                    entries.add(entry);
                }
            }
        }
        return entries;
    }

    private static @Nullable Entry entry(int number, String section, String line) {
        int end = line.replace(':', '=').indexOf('=');
        if (end < 1 || line.startsWith("#") || line.startsWith(";")) {
            return null;
        }
        String key = line.substring(0, end).strip().toLowerCase(Locale.ROOT);
        return new Entry(number, section, key, line.substring(end + 1).strip());
    }
}
