package me.wingu.boma.harness.apply;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import me.wingu.boma.harness.profile.SourceNode;
import me.wingu.boma.harness.profile.SourceTree;

/**
 * Walks a playbook and everything it is known to lead to, play by play and task by task.
 *
 * <p>Names that are templates cannot be followed; of a role, all its task files are walked, whether included or not.
 */
final class PlaybookScan {

    private static final List<String> TASK_LISTS =
            List.of("pre_tasks", "tasks", "post_tasks", "handlers", "block", "rescue", "always");
    private static final List<String> TASK_FILES = List.of("include_tasks", "import_tasks", "include");
    private static final List<String> ROLES = List.of("include_role", "import_role");

    private final List<Path> rolePaths;
    private final Rules rules;
    private final Set<Path> seen = new HashSet<>();

    /** Judges plays, tasks and directories as the walk comes to them. */
    interface Rules {

        void play(SourceNode play);

        void task(SourceNode task);

        void directory(Path directory);
    }

    PlaybookScan(List<Path> rolePaths, Rules rules) {
        this.rolePaths = rolePaths;
        this.rules = rules;
    }

    void playbook(Path file) {
        if (!seen.add(file)) {
            return;
        }
        directory(file.resolveSibling(""));
        for (SourceNode play : documents(file)) {
            rules.play(play);
            member(play, "import_playbook").flatMap(SourceNode::text).filter(PlaybookScan::literal).ifPresent(name -> {
                Path imported = file.resolveSibling(name).normalize();
                if (Files.isRegularFile(imported)) {
                    playbook(imported);
                }
            });
            play.members().getOrDefault("roles", play).elements().forEach(this::role);
            tasksBelow(play);
        }
    }

    private void tasksBelow(SourceNode node) {
        for (String list : TASK_LISTS) {
            Optional.ofNullable(node.members().get(list)).ifPresent(tasks -> tasks.elements().forEach(this::task));
        }
    }

    private void task(SourceNode task) {
        rules.task(task);
        TASK_FILES.forEach(action -> member(task, action)
                .flatMap(arguments -> name(arguments, "file"))
                .ifPresent(name -> taskFile(task.file().resolveSibling(name).normalize())));
        ROLES.forEach(action -> member(task, action).ifPresent(this::role));
        tasksBelow(task);
    }

    private void taskFile(Path file) {
        if (Files.isRegularFile(file) && seen.add(file)) {
            documents(file).forEach(this::task);
        }
    }

    private void role(SourceNode role) {
        name(role, "role").or(() -> name(role, "name")).ifPresent(name -> rolePaths.stream()
                .map(path -> path.resolve(name))
                .filter(Files::isDirectory)
                .findFirst()
                .ifPresent(this::roleDirectory));
    }

    private void roleDirectory(Path role) {
        if (!seen.add(role)) {
            return;
        }
        directory(role);
        Stream.of("tasks", "handlers").map(role::resolve).flatMap(dir -> yamlBelow(dir).stream())
                .forEach(this::taskFile);
        yamlBelow(role.resolve("meta")).forEach(file -> documents(file, false).forEach(
                meta -> meta.members().getOrDefault("dependencies", meta).elements().forEach(this::role)));
    }

    private void directory(Path directory) {
        try (Stream<Path> entries = Files.list(directory)) {
            entries.filter(Files::isDirectory).sorted().forEach(rules::directory);
        } catch (IOException e) {
            throw new UncheckedIOException("listing " + directory, e);
        }
    }

    /** Returns an action's arguments, whether it is called by its short or by its full name. */
    static Optional<SourceNode> member(SourceNode node, String action) {
        Map<String, SourceNode> members = node.members();
        return Stream.of(action, "ansible.builtin." + action, "ansible.legacy." + action)
                .filter(members::containsKey)
                .findFirst()
                .map(members::get);
    }

    static boolean literal(String text) {
        return !text.contains("{{") && !text.contains("{%");
    }

    private static Optional<String> name(SourceNode node, String argument) {
        SourceNode name = node.members().getOrDefault(argument, node);
        return name.text().filter(PlaybookScan::literal);
    }

    private static List<SourceNode> documents(Path file) {
        return documents(file, true);
    }

    private static List<SourceNode> documents(Path file, boolean elements) {
        List<SourceNode> documents = SourceTree.yaml(file);
        return elements
                ? documents.stream().flatMap(document -> document.elements().stream()).collect(Collectors.toList())
                : new ArrayList<>(documents);
    }

    private static List<Path> yamlBelow(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().matches(".*\\.ya?ml"))
                    .sorted()
                    .collect(Collectors.toList());
        } catch (IOException e) {
            throw new UncheckedIOException("listing " + directory, e);
        }
    }
}
