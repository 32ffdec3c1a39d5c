package me.wingu.boma.harness.profile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads which site configures a host, and sees that what it names is there. */
final class SiteReader {

    private static final Pattern PATH = Pattern.compile("[^\\x00]+");
    private static final Pattern ROLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");
    private static final Pattern GROUP = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final Path profile;

    SiteReader(Path profile) {
        this.profile = profile;
    }

    Site read(Fields fields) {
        Fields site = fields.object("site").orElseGet(() -> new Fields(new SourceNode(profile, 1, "site", Map.of())));
        Path directory = directory(site);
        Path playbook = playbook(site, directory);
        boolean ignoreInventory = site.truth("ignoreInventory", false);
        site.refuseOthers();
        List<String> roles = fields.texts("roles", ROLE, "a role's name");
        List<String> groups = fields.texts("groups", GROUP, "a group's name: letters, digits and _");
        if (roles.isEmpty() && groups.isEmpty()) {
            throw fields.missing("roles", "the roles to apply, such as [\"base\"]; known: " + known(directory));
        }
        fields.list("roles", "").stream().filter(role -> unknown(role, directory)).findFirst().ifPresent(role -> {
            throw Fields.fault(
                    role,
                    "names an unknown role",
                    role.shown() + " is not in " + directory.resolve("roles"),
                    Suggestion.among(role.text().orElse(""), known(directory)));
        });
        return new Site(directory, playbook, roles, groups, ignoreInventory);
    }

    /** A relative path starts at the profile's directory or, failing that, where {@code profiles/} lies. */
    private Path directory(Fields site) {
        String expected = "the directory of an Ansible site";
        String path = site.text("path", PATH, expected).orElse("../site");
        Path fromProfile = profile.resolve(path).normalize();
        Path fromProject = profile.resolve("../..").resolve(path).normalize();
        return Stream.of(fromProfile, fromProject).filter(Files::isDirectory).findFirst().orElseThrow(() -> site
                .field("path")
                .map(node -> Fields.fault(
                        node, "names no directory", "tried " + fromProfile + " and " + fromProject,
                        "expected: " + expected))
                .orElseGet(() -> site.missing("path", expected + "; there is no " + fromProfile)));
    }

    private static Path playbook(Fields site, Path directory) {
        String expected = "a playbook inside the site";
        String name = site.text("playbook", PATH, expected).orElse("site.yml");
        Path playbook = directory.resolve(name).normalize();
        if (playbook.startsWith(directory) && Files.isRegularFile(playbook)) {
            return playbook;
        }
        throw site.field("playbook")
                .map(node -> Fields.fault(node, "names no playbook", "there is no " + playbook, "expected: " + expected))
                .orElseGet(() -> site.missing("playbook", expected + "; there is no " + playbook));
    }

    private static boolean unknown(SourceNode role, Path directory) {
        return role.text().map(name -> !Files.isDirectory(directory.resolve("roles").resolve(name))).orElse(true);
    }

    private static List<String> known(Path directory) {
        Path roles = directory.resolve("roles");
        if (!Files.isDirectory(roles)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(roles)) {
            return entries.filter(Files::isDirectory)
                    .map(role -> role.getFileName().toString())
                    .sorted()
                    .collect(Collectors.toList());
        } catch (IOException e) {
            throw new UncheckedIOException("listing " + roles, e);
        }
    }
}
